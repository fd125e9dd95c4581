import fc from 'fast-check';
import { type DirectiveReport, noCounts } from './directive-report.js';
import { attachment } from '../export/attachment.js';
import { cellsOf, computed, hostileNames, separators } from '../../../test/support/spreadsheet.js';
import { reportCsv } from './report-csv.js';

const report = (change: { number?: string; unitName?: string; campaign?: string } = {}): DirectiveReport => {
  const counts = { ...noCounts(), planned: 4, aired: 3, missed: 1, grades: { A: 0, B: 2, C: 1, D: 0 } };
  const number = change.number ?? '1871/UBND-VHTT';
  return {
    directive: { id: 'd', number, issuedOn: '2020-08-05', issuer: 'UBND', subject: null },
    generatedAt: 0,
    campaigns: [{ id: 'c', name: change.campaign ?? 'Đợt 1', from: '2020-08-06', until: '2020-08-15' }],
    counts,
    obligations: [
      {
        obligationId: 'o',
        assignment: 2,
        channelKind: 'ward-loudspeaker',
        addressees: [],
        from: '2020-08-06',
        until: null,
        reportDue: null,
        measured: true,
        counts,
        units: [
          {
            unitCode: 'a',
            unitName: change.unitName ?? 'Phường Bắc Hà',
            channelCode: 'a',
            channelName: 'Truyền thanh; "phường" Bắc Hà',
            counts,
            fulfilment: { minimumPerDay: 3, firstDay: '2026-11-24', daysRequired: 1, daysMet: 1, daysInPeriod: 1 },
            days: [{ date: '2020-08-06', campaignId: 'c', counts }],
          },
        ],
      },
    ],
  };
};

describe('the report for Excel', () => {
  it('begins with a byte order mark and has Vietnamese titles, semicolons and CRLF', () => {
    const csv = reportCsv(report(), 'unit');
    expect(Buffer.from(csv, 'utf8').subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = csv.slice(1).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]?.split(';').slice(0, 7)).toEqual([
      'Số văn bản',
      'Nhiệm vụ',
      'Loại kênh',
      'Đơn vị',
      'Kênh',
      'Đã xếp lịch',
      'Đã phát',
    ]);
    expect(lines[1]).toBe(
      '1871/UBND-VHTT;2;Truyền thanh cơ sở;Phường Bắc Hà;"Truyền thanh; ""phường"" Bắc Hà";4;3;1;0;0;0;0;0;0;2;1;0;06/08/2020;;3;1;1',
    );
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('has one line a day when asked', () => {
    const [, line] = reportCsv(report(), 'day').slice(1).split('\r\n');
    expect(line).toContain(';Đợt 1;06/08/2020;4;3;1;');
  });

  it.each(hostileNames)('does not let %j compute in any country', (evil) => {
    for (const grain of ['unit', 'day'] as const) {
      const csv = reportCsv(report({ number: evil, unitName: evil, campaign: evil }), grain);
      for (const separator of separators) expect(computed(cellsOf(csv, separator))).toEqual([]);
    }
  });
});

describe('the name of the file', () => {
  it('is plain for old browsers and whole for new ones', () => {
    expect(attachment('1871/UBND-VHTT')).toBe(
      `attachment; filename="bao-cao-1871-UBND-VHTT.csv"; filename*=UTF-8''b%C3%A1o%20c%C3%A1o%201871-UBND-VHTT.csv`,
    );
    expect(attachment('25/QĐ-TTg')).toContain('filename="bao-cao-25-QD-TTg.csv"');
  });

  it('cannot break out of the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (number) => {
        expect(attachment(number)).toMatch(
          /^attachment; filename="bao-cao-[A-Za-z0-9._-]+\.csv"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/,
        );
      }),
    );
  });
});
