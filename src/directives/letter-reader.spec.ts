import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DomainError } from '../shared/domain-error.js';
import { decodeLetter } from './letter-bytes.js';
import type { Letter } from './reading/text/letter.js';
import { readLetter } from './letter-reader.js';

const letters = new URL('../../scripts-content/letters/', import.meta.url);
const model = new URL('../../../shared/directives/1871-UBND-VHTT-2020.txt', import.meta.url);

/** Excerpts are named web-….txt and read with `partial`. */
const read = (file: URL): Letter =>
  readLetter(decodeLetter(readFileSync(file)), { partial: /\/web-[^/]*$/.test(file.pathname) });

function refusal(text: string, partial = false): DomainError | null {
  try {
    readLetter(text, { partial });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

describe('Letters that ship with Loa', () => {
  const names = readdirSync(letters).filter((name) => name.endsWith('.txt'));

  it('are there, each with its reading beside it', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)('%s is read as written down beside it', (name) => {
    const expected: unknown = JSON.parse(readFileSync(new URL(name.replace(/txt$/, 'expected.json'), letters), 'utf8'));
    expect(read(new URL(name, letters))).toEqual(expected);
  });
});

(existsSync(model) ? describe : describe.skip)('The letter that Loa exists for', () => {
  const letter = existsSync(model) ? read(model) : null;
  const directive = letter?.directive;

  it('is read whole', () => {
    expect(directive).toMatchObject({
      number: '1871/UBND-VHTT',
      issuedOn: '2020-08-05',
      place: 'TP. Hà Tĩnh',
      issuer: 'Ủy ban nhân dân thành phố Hà Tĩnh',
      subject: 'triển khai tuyên truyền cài đặt ứng dụng Bluezone',
      urgency: null,
      to: ['Các phòng, ban, cơ quan, đơn vị, trường học thuộc TP', 'Ủy ban nhân dân các phường, xã'],
      references: [
        { number: '2841/BTTTT-THH', date: '2020-08-01' },
        { number: '893/STTTT-TTBCXB', date: '2020-08-03' },
      ],
      recipients: [
        'Như trên',
        'Chủ tịch, các Phó chủ tịch UBND TP',
        'Ban Tuyên giáo Thành ủy',
        'UBMTTQ thành phố và các đoàn thể',
        'Văn phòng HĐND - UBND thành phố',
        'Lưu: VT,VHTT',
      ],
    });
  });

  it('gives six tasks, and channels to the second and fourth', () => {
    expect(directive?.assignments.map(({ n, addressees, channels }) => ({ n, addressees, channels }))).toEqual([
      { n: 1, addressees: ['Các phòng, ban, cơ quan, đơn vị, trường học thuộc thành phố'], channels: [] },
      { n: 2, addressees: ['UBND các phường, xã'], channels: ['ward-loudspeaker', 'website', 'leaflet'] },
      { n: 3, addressees: ['Phòng Y tế thành phố'], channels: [] },
      { n: 4, addressees: ['Trung tâm Văn hóa – Truyền thông thành phố'], channels: ['city-loudspeaker', 'fanpage'] },
      { n: 5, addressees: ['UBMTTQ thành phố', 'các đoàn thể'], channels: [] },
      { n: 6, addressees: ['Phòng Văn hóa – Thông tin thành phố'], channels: [] },
    ]);
    expect(directive?.assignments.at(-1)?.text).toBe('Tổng hợp và báo cáo tình hình thực hiện về UBND thành phố.');
  });

  it('states neither how often nor until when, and that is said', () => {
    const open = letter?.obligations.map(({ assignment: _a, channelKind: _k, ...terms }) => Object.values(terms));
    expect(open).toEqual(Array.from({ length: 5 }, () => [null, null, null, null, null]));
    expect(letter?.missing).toEqual(['urgency', 'minPlaysPerDay', 'from', 'until', 'reportDue']);
  });
});

describe('What is not a letter', () => {
  const head =
    'ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 12/UBND-VX\nHà Tĩnh, ngày 05 tháng 8 năm 2020\nKính gửi: UBND các phường.\n';
  const body = '1. UBND các phường: phát trên loa truyền thanh.\n';

  it.each<[string, string, string[]]>([
    ['an empty text', '', ['number', 'issuedOn', 'issuer']],
    [
      'a novel',
      'Chiều xuống, gió nồm thổi dọc con đê. Lão Hạc ngồi im.\n'.repeat(400),
      ['number', 'issuedOn', 'issuer'],
    ],
    ['noise', 'a8f$%^ 0x 12/33 ### \u2603', ['number', 'issuedOn', 'issuer']],
    ['a letter without its number', head.replace(/Số.*\n/, '') + body, ['number']],
    ['a letter without its date', head.replace(/Hà Tĩnh, ngày.*\n/, '') + body, ['issuedOn']],
    ['a letter without its office', head.replace(/^ỦY BAN.*\n.*\n/, '') + body, ['issuer']],
    ['the middle of a letter', body, ['number', 'issuedOn', 'issuer']],
    ['a web page', `<!doctype html><html><body><p>${head + body}</p></body></html>`, ['number', 'issuedOn', 'issuer']],
  ])('%s', (_what, text, missing) => {
    const error = refusal(text);
    expect(error).toMatchObject({ kind: 'invalid', code: 'not-a-letter', details: { missing } });
    // A person who pastes a letter into the page has no such option; the command adds a hint of its own.
    expect(error?.sentence.vi).toContain('toàn văn');
    expect(error?.sentence.vi).not.toContain('--');
  });

  it.each([
    ['', 'an empty text'],
    ['Chiều xuống, gió nồm thổi dọc con đê.', 'prose'],
    ['<html><body><p>Không có gì</p></body></html>', 'an empty page'],
    ['\u0000\uffff\ud800', 'noise'],
  ])('even in part: %j', (text) => {
    expect(refusal(text, true)).toMatchObject({ code: 'not-a-letter' });
  });

  it('in part, one numbered point, one channel or a number is enough', () => {
    expect(refusal('3. UBND các phường: họp tổ dân phố.', true)).toBeNull();
    expect(refusal('Đề nghị phát trên loa truyền thanh.', true)).toBeNull();
    expect(refusal('UBND tỉnh vừa ban hành Công văn số 5/UBND-VX.', true)).toBeNull();
  });

  it('a letter above 1 MB is refused before it is read', () => {
    expect(refusal(head + 'a'.repeat(1_000_000))).toMatchObject({ kind: 'invalid', code: 'letter-too-large' });
  });
});

describe('What is missing is said, not guessed', () => {
  it('names the empty fields', () => {
    const { directive, missing, obligations } = readLetter(
      'UBND PHƯỜNG BẮC HÀ\nSố: /TB-UBND\nNgày 30/02/2026\n\nTHÔNG BÁO\n\nUBND phường thông báo nghỉ lễ.\n',
    );
    expect(directive).toMatchObject({ number: null, issuedOn: null, place: null, to: [], recipients: [] });
    expect(missing).toEqual(
      expect.arrayContaining(['number', 'issuedOn', 'place', 'to', 'references', 'recipients', 'obligations']),
    );
    expect(obligations).toEqual([]);
  });
});
