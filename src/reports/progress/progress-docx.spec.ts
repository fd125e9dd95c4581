import { Packer } from 'docx';
import { zipEntries } from '../../../test/support/zip-entries.js';
import { agencyOf, markOf } from './agency.js';
import { dayInWords, progressDocument } from './progress-docx.js';
import type { DirectiveProgress } from './progress.js';

const unit = (id: string, kind: 'office' | 'centre' | 'committee', name: string, shortName: string) => ({
  id,
  code: id,
  kind,
  name,
  shortName,
  parentId: id === 'ubnd' ? null : 'ubnd',
  aliases: [],
  search: '',
  active: true,
});
const units = [
  unit('ubnd', 'committee', 'Ủy ban nhân dân thành phố Hà Tĩnh', 'UBND thành phố'),
  unit('yte', 'office', 'Phòng Y tế thành phố Hà Tĩnh', 'Phòng Y tế'),
  unit('vhtt', 'office', 'Phòng Văn hóa - Thông tin thành phố Hà Tĩnh', 'Phòng VH-TT'),
  unit('tt', 'centre', 'Trung tâm Văn hóa - Truyền thông', 'Trung tâm VH-TT'),
];
const letter = { issuer: 'Ủy ban nhân dân thành phố Hà Tĩnh', place: 'Hà Tĩnh' };

describe('the paper', () => {
  it.each([
    ['2026-02-05', 'ngày 05 tháng 02 năm 2026'],
    ['2026-11-24', 'ngày 24 tháng 11 năm 2026'],
    ['2026-03-01', 'ngày 01 tháng 3 năm 2026'],
  ])('writes %s as papers do', (date, words) => {
    expect(dayInWords(date)).toBe(words);
  });

  it('is signed by the own unit, else the office of culture, else the centre, else the issuer', () => {
    expect(agencyOf(units, ['yte'], letter)).toMatchObject({ name: 'Phòng Y tế thành phố Hà Tĩnh', mark: 'PYT' });
    expect(agencyOf(units, [], letter)).toEqual({
      parent: 'Ủy ban nhân dân thành phố Hà Tĩnh',
      name: 'Phòng Văn hóa - Thông tin thành phố Hà Tĩnh',
      mark: 'PVHTT',
      place: 'Hà Tĩnh',
    });
    expect(agencyOf([units[3]!], [], letter)).toMatchObject({ mark: 'TTVHTT', parent: '' });
    expect(agencyOf([], [], letter)).toMatchObject({ name: letter.issuer, parent: '' });
  });

  it('abbreviates a name to its first letters', () => {
    expect([markOf('UBND thành phố'), markOf('Đài Phát thanh'), markOf('')]).toEqual(['UBNDTP', 'DPT', 'VP']);
  });
});

describe('the layout of the paper', () => {
  const states = { met: 1, late: 0, missed: 0, pending: 0, unmeasured: 0 };
  const counts = {
    planned: 2,
    played: 2,
    missed: 0,
    waiting: 0,
    lateReported: 0,
    playedInTime: 2,
    playedDue: 2,
    waitingDue: 0,
    daysMet: 1,
    daysOpen: 0,
  };
  const asked = { obligationId: 'o', required: 2, short: 0, daysRequired: 1 };
  const progress: DirectiveProgress = {
    directive: {
      kind: 'letter',
      id: 'd',
      number: '1/UBND',
      issuedOn: '2026-11-19',
      issuer: 'UBND',
      place: 'Hà Tĩnh',
      subject: null,
    },
    generatedAt: 0,
    columns: [
      {
        obligationId: 'o',
        assignment: 2,
        text: '',
        channelKind: 'ward-loudspeaker',
        addressees: [],
        minPlaysPerDay: 2,
      },
    ].map((column) => ({
      ...column,
      channelKind: 'ward-loudspeaker',
      from: null,
      until: null,
      firstPlanned: null,
      reportDue: null,
      measured: true,
      states,
    })),
    rows: [
      {
        unitId: 'u',
        unitCode: 'u',
        unitName: 'Phường',
        state: 'met',
        cells: [{ ...asked, ...counts, state: 'met', channels: [] }],
      },
    ],
    states,
  };
  let xml = '';
  beforeAll(async () => {
    const document = progressDocument(progress, agencyOf(units, [], letter), '2026-12-01');
    xml = zipEntries(await Packer.toBuffer(document))
      .get('word/document.xml')!
      .toString('utf8');
  });
  const tables = () => xml.match(/<w:tbl>.*?<\/w:tbl>/gs)!;
  const paragraphWith = (words: string) => xml.match(/<w:p>.*?<\/w:p>/gs)!.find((one) => one.includes(words))!;

  it('gives quốc hiệu 60 hundredths of the text without margins, where it fits on one line', () => {
    const [head] = tables();
    const [left, right] = [...head!.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map(([, width]) => Number(width));
    expect(right! / (left! + right!)).toBeCloseTo(0.6, 2);
    expect(head).toContain('<w:tblLayout w:type="fixed"/>');
    for (const side of ['left', 'right']) expect(head).toMatch(new RegExp(`<w:${side} w:type="dxa" w:w="0"/>`));
  });

  it('keeps the signature whole and with the last sentence', () => {
    const foot = tables().at(-1)!;
    expect(foot).toContain('Nơi nhận:');
    expect(foot).toContain('<w:cantSplit/>');
    expect(paragraphWith('Trên đây là báo cáo')).toContain('<w:keepNext/>');
  });

  it('keeps a heading with its table, and a table away from the next heading', () => {
    for (const words of ['II. KẾT QUẢ', '1. Điểm 2', 'Yêu cầu:'])
      expect(paragraphWith(words)).toContain('<w:keepNext/>');
    for (const words of ['1. Điểm 2', 'III. CĂN CỨ']) expect(paragraphWith(words)).toContain('w:before="240"');
  });
});
