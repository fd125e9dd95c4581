import type { PlacedPolicy } from '../../channels/policies.service.js';
import { policyBody, type PolicyPreset } from '../../channels/rules.dto.js';
import { parseForm } from '../forms/parse-form.js';
import { parseHours, policyForm, parsePolicyForm, policyRows } from './law.view.js';

const preset: PolicyPreset = {
  code: 'mau',
  name: 'Mẫu',
  source: 'Quy chế',
  permitted: [{ from: '05:00', until: '21:00' }],
  quiet: [{ from: '11:30', until: '13:30' }],
  weekdays: [1, 2],
  sessionsPerDay: 2,
  minutesPerSession: 15,
  holidays: 'open',
};

describe('the law on the screen', () => {
  it('a preset that nobody touched means the preset', () => {
    const { code: _code, ...rules } = preset;
    expect(parseForm(policyBody, parsePolicyForm(policyForm('ward', '', preset)))).toEqual(rules);
  });

  it('hours are written as people write them, and what is none is refused at its field', () => {
    expect(parseHours('05:00 – 06:00; 17:00-18:00')).toEqual([
      { from: '05:00', until: '06:00' },
      { from: '17:00', until: '18:00' },
    ]);
    const wrong = { ...policyForm('ward', '', preset), quiet: 'trưa' };
    expect(() => parseForm(policyBody, parsePolicyForm(wrong))).toThrow(
      expect.objectContaining({ details: { field: 'quiet' } }),
    );
  });

  it('a policy says in words what it permits, from when, and whether it can still be taken back', () => {
    const { code: _code, ...rules } = preset;
    const place = { code: 'thanh-pho-ha-tinh', name: 'Thành phố Hà Tĩnh' };
    const row = { id: 'p', unitKind: 'ward', effectiveFrom: '2026-12-01', ...rules, inForce: false, place };
    expect(policyRows([row as PlacedPolicy], '2026-11-24')[0]).toMatchObject({
      kind: 'phường',
      from: 'từ 01/12/2026',
      coming: true,
      days: 'T2, T3',
      sessions: '2 lần mỗi ngày',
      minutes: 'mỗi lần không quá 15 phút',
    });
  });
});
