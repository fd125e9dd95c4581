import fc from 'fast-check';
import { appNameIn, hotlineIn, issuerName, matterOf, placeInLetter, webAddressIn } from './letter-words.js';
import { suggestVariables, type LetterFacts } from './suggest.js';
import { parseTemplate } from './template-file.js';

describe('The name of an app in a letter', () => {
  const named: [string, string | null][] = [
    ['V/v triển khai tuyên truyền cài đặt ứng dụng Bluezone', 'Bluezone'],
    ['V/v triển khai tuyên truyền cài đặt ứng dụng Bluezone'.normalize('NFD'), 'Bluezone'],
    ['cài đặt ứng dụng VNeID cho người dân', 'VNeID'],
    ['ứng dụng eTax Mobile, nộp thuế', 'eTax Mobile'],
    ['sử dụng ứng dụng di động VssID.', 'VssID'],
    ['Ứng dụng Hue-S phục vụ người dân', 'Hue-S'],
    ['ứng dụng “Công dân số Hà Tĩnh” trên điện thoại', 'Công dân số Hà Tĩnh'],
    ['ứng dụng Bluezone; ứng dụng Bluezone', 'Bluezone'],
    ['ứng dụng công nghệ thông tin trong cải cách hành chính', null],
    ['ứng dụng Công dân số', null],
    ['ứng dụng Smart Hà Tĩnh', null],
    ['ứng dụng Thanh toán', null],
    ['cài đặt ứng dụng VNeID, ứng dụng VssID', null],
    ['cài đặt ứng dụng', null],
    ['', null],
  ];
  it.each(named)('in %j is %j', (text, name) => expect(appNameIn(text)).toBe(name));

  it('comes from the subject line before the body', () => {
    expect(appNameIn('cài đặt ứng dụng Bluezone', 'về ứng dụng Bluezon; ứng dụng Zalo')).toBe('Bluezone');
    expect(appNameIn('về chuyển đổi số', 'cài ứng dụng VNeID')).toBe('VNeID');
    expect(appNameIn(null, undefined)).toBeNull();
  });
});

describe('What else a letter says', () => {
  it.each([
    ['đăng trên Web: https://www.bluezone.gov.vn\nNhận được', 'https://www.bluezone.gov.vn'],
    ['xem (https://a.vn/b?c=1).', 'https://a.vn/b?c=1'],
    ['https://a.vn và lại https://a.vn.', 'https://a.vn'],
    ['https://a.vn hoặc https://b.vn', null],
    ['không có', null],
  ])('the address in %j is %j', (text, address) => expect(webAddressIn(text)).toBe(address));

  it.each([
    ['Đường dây nóng: 0239 3855 555.', '0239 3855 555'],
    ['hotline của Sở 1900 9095, số khác 0912345678', '1900 9095'],
    ['đường dây nóng 115; hotline 114', null],
    ['Điện thoại 0912345678', null],
  ])('the hotline in %j is %j', (text, number) => expect(hotlineIn(text)).toBe(number));

  it.each([
    ['V/v triển khai tuyên truyền', 'triển khai tuyên truyền'],
    ['Về việc Tăng cường phòng, chống dịch./.', 'tăng cường phòng, chống dịch'],
    ['Phòng, chống sốt xuất huyết', 'phòng, chống sốt xuất huyết'],
    ['Ủy ban nhân dân phường họp', 'Ủy ban nhân dân phường họp'],
    ['VNeID: cài đặt', 'VNeID: cài đặt'],
    ['Bluezone và người dân', 'Bluezone và người dân'],
    ['Hà Tĩnh phòng dịch', 'Hà Tĩnh phòng dịch'],
    [' ', null],
    [null, null],
  ])('the matter of %j is %j', (subject, matter) => expect(matterOf(subject)).toBe(matter));

  it.each([
    ['Phường Bắc Hà', 'phường Bắc Hà'],
    ['Ủy ban nhân dân phường Hà Huy Tập', 'phường Hà Huy Tập'],
    ['UBND xã Đồng Môn', 'xã Đồng Môn'],
    ['Phường 7', 'phường 7'],
    ['Trung tâm Văn hóa - Truyền thông thành phố Hà Tĩnh', 'thành phố Hà Tĩnh'],
    ['Phòng Y tế thành phố', null],
    ['Hội Phụ nữ', null],
  ])('the place of %j is %j', (unit, place) => expect(placeInLetter(unit)).toBe(place));

  it.each([
    ['ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH', 'Ủy ban nhân dân thành phố Hà Tĩnh'],
    ['UỶ BAN NHÂN DÂN XÃ ĐỒNG MÔN', 'Ủy ban nhân dân xã Đồng Môn'],
    ['UỶ BAN NHÂN DÂN\n  PHƯỜNG BẮC HÀ', 'Ủy ban nhân dân phường Bắc Hà'],
    ['SỞ THÔNG TIN VÀ TRUYỀN THÔNG', 'Sở Thông tin và Truyền thông'],
    ['SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH', 'Sở Văn hóa, Thể thao và Du lịch'],
    ['TRUNG TÂM Y TẾ THÀNH PHỐ HÀ TĨNH', 'Trung tâm Y tế thành phố Hà Tĩnh'],
    ['BỘ Y TẾ', 'Bộ Y tế'],
    ['Ủy ban nhân dân tỉnh', 'Ủy ban nhân dân tỉnh'],
    ['CÔNG TY ABC', 'CÔNG TY ABC'],
    ['', null],
  ])('the issuer %j is written %j', (printed, written) => expect(issuerName(printed)).toBe(written));

  it('is read from any text without throwing, and only from what is there', () => {
    const words = fc.constantFrom(
      'ứng dụng ',
      'hotline ',
      '"',
      'https://',
      '0912',
      'phường ',
      'Bắc ',
      'ỦY BAN ',
      '.',
      'VNeID ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        for (const read of [appNameIn, webAddressIn, hotlineIn]) {
          const found = read(any);
          if (found !== null) expect(any.normalize('NFC')).toContain(found.normalize('NFC'));
        }
        for (const read of [matterOf, placeInLetter, issuerName]) expect(read(any)).not.toBe('');
      }),
    );
  });
});

describe('Suggested values', () => {
  const names = [
    'placeName',
    'unitName',
    'issuer',
    'directiveNumber',
    'matter',
    'appName',
    'assignment',
    'benefit',
    'vaccine',
  ];
  const template = parseTemplate(
    `---
code: demo.website
name: Mẫu thử
kind: website
subject: general
purpose: Để thử.
title: Thử
variables:
${names.map((name) => `  ${name}: { type: text, label: L, required: true, example: x, maxLength: 120 }`).join('\n')}
  directiveDate: { type: date, label: L, required: true, example: 2026-11-24 }
  untilDate: { type: date, label: L, required: true, example: 2026-11-24 }
  references: { type: list, label: L, required: true, example: [x] }
  websiteUrl: { type: url, label: L, required: true, example: https://a.vn }
  hotline: { type: phone, label: L, required: true, example: 115 }
---
${names.map((name) => `{{${name}}}`).join(' ')} {{directiveDate}} {{untilDate}} {{join references}} {{websiteUrl}} {{hotline}}
`,
    'demo.hbs',
  );
  const facts: LetterFacts = {
    directive: {
      number: '1871 /UBND-VHTT',
      issuedOn: '2020-08-05',
      issuer: 'ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH',
      subject: 'V/v triển khai tuyên truyền cài đặt ứng dụng Bluezone',
      references: [
        { number: '2841/BTTTT-THH', date: '2020-08-01' },
        { number: '893/STTTT-TTBCXB', date: null },
      ],
      body: 'đăng tải trên Web: https://www.bluezone.gov.vn',
    },
    unitName: 'Phường Bắc Hà',
    assignment: 'Tuyên truyền rộng rãi qua hệ thống truyền thanh cơ sở;',
  };

  it('are those that the letter and the unit give, and no others', () => {
    expect({ ...suggestVariables(template, facts) }).toEqual({
      placeName: 'phường Bắc Hà',
      unitName: 'Phường Bắc Hà',
      issuer: 'Ủy ban nhân dân thành phố Hà Tĩnh',
      directiveNumber: '1871/UBND-VHTT',
      directiveDate: '2020-08-05',
      matter: 'triển khai tuyên truyền cài đặt ứng dụng Bluezone',
      references: ['Văn bản số 2841/BTTTT-THH ngày 01/08/2020', 'Văn bản số 893/STTTT-TTBCXB'],
      appName: 'Bluezone',
      assignment: 'Tuyên truyền rộng rãi qua hệ thống truyền thanh cơ sở.',
      websiteUrl: 'https://www.bluezone.gov.vn',
    });
  });

  it('leave out what the letter lacks or what does not fit', () => {
    const { directive } = facts;
    const poor = { ...directive, number: null, issuer: '', subject: undefined, body: null, references: [] };
    expect(
      Object.keys(suggestVariables(template, { directive: poor, unitName: 'Hội Phụ nữ', assignment: 'x'.repeat(500) })),
    ).toEqual(['unitName', 'directiveDate']);
  });

  it('give way to what a person has recorded, and take only what the template declares', () => {
    const known = {
      appName: 'VNeID',
      benefit: 'làm thủ tục tại nhà',
      hotline: 'không rõ',
      colour: 'đỏ',
      constructor: 'x',
    };
    const values = suggestVariables(template, { ...facts, known, placeName: 'khối phố 3', until: '2020-08-31' });
    expect(values).toMatchObject({
      appName: 'VNeID',
      benefit: 'làm thủ tục tại nhà',
      placeName: 'khối phố 3',
      untilDate: '2020-08-31',
    });
    expect(Object.keys(values)).not.toEqual(expect.arrayContaining(['hotline']));
    expect(Object.keys(values)).not.toEqual(expect.arrayContaining(['colour']));
    expect(Object.hasOwn(values, 'constructor')).toBe(false);
  });
});
