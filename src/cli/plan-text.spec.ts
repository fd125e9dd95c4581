import type { PlanExplanation } from '../schedule/calendar/plan-explanation.js';
import { planText } from './plan-text.js';

const plan: PlanExplanation = {
  from: '2026-11-24',
  until: '2026-11-30',
  slots: 1,
  shortfalls: 1,
  campaigns: [
    {
      campaignId: 'k',
      campaign: 'Đợt Bluezone',
      bulletinClass: 'normal',
      directive: '1871/UBND-VHTT',
      channels: [
        {
          code: 'bac-ha',
          name: 'Truyền thanh phường Bắc Hà',
          days: [
            {
              date: '2026-11-24',
              weekday: 'Thứ Ba',
              slots: [
                {
                  id: 's',
                  startsAt: 0,
                  endsAt: 1,
                  start: '17:00',
                  end: '17:02',
                  title: 'Cài\u001b[2J Bluezone',
                  state: 'missed',
                  stateName: 'Không phát được',
                  reason: 'mất điện',
                  why: 'Lượt 1/3 ngày 24/11/2026, buổi 17:00.',
                  obligationId: null,
                },
              ],
              shortfalls: [
                {
                  title: 'Cài Bluezone',
                  wanted: 3,
                  placed: 1,
                  code: 'full',
                  message: 'Ngày 24/11/2026 cần 3 lượt, xếp được 1: các buổi phát không còn đủ chỗ trống.',
                  messageEn: '',
                  wouldFree: ['Kéo dài buổi phát 17:00 thêm 4 phút.'],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};

describe('the plan on a terminal', () => {
  it('says of each slot why it stands there, and of each shortfall what would free it', () => {
    expect(planText(plan, { explain: true }))
      .toBe(`Kế hoạch phát từ 24/11/2026 đến 30/11/2026: 1 lượt, 1 chỗ chưa đủ mức tối thiểu.

Đợt Bluezone (tin thông thường, thực hiện văn bản số 1871/UBND-VHTT)
  Truyền thanh phường Bắc Hà (bac-ha)
    Thứ Ba 24/11/2026
      17:00–17:02 “Cài [2J Bluezone” [Không phát được: mất điện]
        Lượt 1/3 ngày 24/11/2026, buổi 17:00.
      ⚠ “Cài Bluezone”: Ngày 24/11/2026 cần 3 lượt, xếp được 1: các buổi phát không còn đủ chỗ trống.
        Mỗi cách sau đây đủ để hết thiếu:
        – Kéo dài buổi phát 17:00 thêm 4 phút.
`);
  });

  it('takes one line a day when no reasons are asked for', () => {
    const text = planText(plan, { explain: false });
    expect(text).toContain('    Thứ Ba 24/11/2026: 17:00  ⚠ thiếu 2 lượt\n');
    expect(text).not.toContain('Kéo dài');
  });

  it('says that nothing is planned', () => {
    const empty = { ...plan, campaigns: [], slots: 0, shortfalls: 0 };
    expect(planText(empty, { explain: true })).toContain('Chưa xếp lượt phát nào');
  });
});
