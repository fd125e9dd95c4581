import fc from 'fast-check';
import { type Known, weaknessOf } from './password-strength.js';

const known: Known = {
  person: ['an.nguyen', 'Nguyễn Văn An'],
  offices: ['Phường Bắc Hà', 'Thành phố Hà Tĩnh', 'Trung tâm Văn hóa - Truyền thông thành phố'],
};
const { dictionary } = await import('@zxcvbn-ts/language-common');
const ranks = new Map(dictionary['passwords-common'].map((password, n) => [password, n + 1]));
const of = (password: string) => weaknessOf(password, known, ranks);

describe('a password', () => {
  it.each([
    ['short', ['mười một ký', 'xK9$mQ2!vR7']],
    ['long', ['bốn từ dễ nhớ lắm '.repeat(12)]],
    [
      'names',
      [
        'NguyenVanAn2026',
        'nguyenvanan123',
        'An.Nguyen@1234',
        'nguyễn văn an!',
        'NVA-nguyenvanan',
        'UBNDBacHa@2026',
        'PhuongBacHa2026',
        'phường bắc hà 1',
        'H@Tinh123456789',
        'Trung tâm văn hóa',
      ],
    ],
    [
      'common',
      [
        'password1234',
        'P@ssw0rd2026!!',
        'iloveyou2026',
        'matkhau123456',
        'Mật khẩu 2026',
        'Anhyeuem12345',
        'mật khẩu của tôi',
        'Truyenthanh2026',
        'UBND@2026@2026',
        'administrator1',
        'letmein12345!',
        '111111111111',
      ],
    ],
    ['pattern', ['abcdefghijkl', 'zxcvbnmasdfghjkl', 'abcabcabcabc', '01/01/1990 01', '30041975 1975', 'qpwoqpwoqpwo']],
  ] as const)('is refused as %s', (weakness, passwords) => {
    expect(passwords.map((one) => [one, of(one)])).toEqual(passwords.map((one) => [one, weakness]));
  });

  it('of words that have nothing to do with each other is taken, and one of a machine', () => {
    const good = [
      'bốn từ dễ nhớ lắm',
      'mật khẩu dài của thử nghiệm',
      'con mèo trèo cây cau',
      'correct horse battery staple',
      'xK9$mQ2!vR7z',
      'mười hai ký!',
      'An thích ăn phở ở Bắc Hà lúc 5 giờ',
    ];
    expect(good.map((one) => [one, of(one)])).toEqual(good.map((one) => [one, null]));
  });

  it('is as weak in NFD, in capitals, with tone marks and with spaces', () => {
    const weak = fc.constantFrom('nguyễn văn an 1', 'phường bắc hà 1', 'mật khẩu 2026 !', 'truyền thanh 2026');
    const dress = fc.constantFrom(
      (text: string) => text.normalize('NFD'),
      (text: string) => text.toUpperCase(),
      (text: string) => [...text].join(' '),
      (text: string) => ` ${text} `,
    );
    fc.assert(fc.property(weak, dress, (text, how) => of(how(text)) === of(text)));
  });

  it('with anything added to a good one stays good', () => {
    const more = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(more, (text) => of(`xK9$mQ2!vR7z${text}`) === null),
      { numRuns: 300 },
    );
  });

  it('costs work in the measure of its length, whatever it repeats', () => {
    const asked = (text: string) => {
      let steps = 0;
      const counting = { get: () => void steps++ } as unknown as ReadonlyMap<string, number>;
      weaknessOf(text, known, counting);
      return steps;
    };
    const unit = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() === text && text !== '');
    fc.assert(
      fc.property(unit, (one) => {
        const [short, long] = [asked(one.repeat(200).slice(0, 50)), asked(one.repeat(200).slice(0, 200))];
        return long <= 6 * short + 200;
      }),
    );
  });
});
