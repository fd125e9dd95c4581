import fc from 'fast-check';
import { cleanText, composed, decomposed, isClean, requireStorable, showHidden } from './clean-text.js';
import { csvLines } from './csv.js';
import { DomainError } from './domain-error.js';

const refusal = (text: string): DomainError | string => {
  try {
    return cleanText(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
};

describe('One cleaning of text', () => {
  it.each([
    ['To\u0302\u0309 da\u0302n pho\u0302\u0301', 'Tổ dân phố'],
    ['một\r\nhai\rba\u2028bốn\u000bnăm', 'một\nhai\nba\nbốn\nnăm'],
    ['\ufeffHà\u200b Tĩ\u00adnh\u200e', 'Hà Tĩnh'],
    ['ba\u001ebốn\u001f', 'ba-bốn'],
    ['cột\tcột', 'cột\tcột'],
    // Emoji sequences stay whole; joiners and selectors elsewhere are dropped.
    ['👨‍👩‍👧 ❤️ 1️⃣ 👍🏽 🏳️‍🌈', '👨‍👩‍👧 ❤️ 1️⃣ 👍🏽 🏳️‍🌈'],
    ['a\u200db\ufe0f\u200d👧', 'ab👧'],
    ['giá 1\ufe0f000', 'giá 1000'],
  ])('%j becomes %j', (written, kept) => {
    expect(cleanText(written)).toBe(kept);
  });

  it.each([
    ['\0', 'U+0000'],
    ['\u0007', 'U+0007'],
    ['\u001b', 'U+001B'],
    ['\u0080', 'U+0080'],
    ['\u202e', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u206a', 'U+206A'],
    ['\u{e0041}', 'U+E0041'],
    ['\u{e0001}', 'U+E0001'],
    ['\u034f', 'U+034F'],
    ['\u3164', 'U+3164'],
    ['\ud800', 'U+D800'],
    ['\udc00', 'U+DC00'],
    ['\uffff', 'U+FFFF'],
    ['\u{1fffe}', 'U+1FFFE'],
    ['\u{1d173}', 'U+1D173'],
    ['\u0301'.repeat(21), 'U+0301'],
  ])('refuses %j and says which and where', (sign, name) => {
    const said = refusal(`Kính gửi\nỦy ban${sign} phường`);
    if (!(said instanceof DomainError)) throw new Error(`taken: ${said}`);
    expect([said.kind, said.code, said.details['sign'], said.details['line']]).toEqual([
      'malformed',
      'hidden-sign',
      name,
      2,
    ]);
    expect(said.sentence.vi).toContain(`(${name}) ở dòng 2, sau “Ủy ban”`);
    const shown = showHidden(`Ủy ban${sign} phường`);
    if (!/\p{M}/u.test(sign)) expect(shown).toBe(`Ủy ban[${name}] phường`);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          'a',
          '👩',
          '\u200d',
          '\ufe0f',
          '\u20e3',
          '1',
          '🏽',
          '\u200b',
          '\r',
          '\n',
          '\u0301',
          '\u0316',
          'ê',
          ' ',
          '\u202e',
          '\ud83d',
        ),
        { maxLength: 30 },
      )
      .map((signs) => signs.join('')),
  );

  it('what is taken is clean, and cleaned again the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const kept = refusal(text);
        expect(isClean(text)).toBe(kept === text);
        if (kept instanceof DomainError) return;
        expect(cleanText(kept)).toBe(kept);
        expect(isClean(kept)).toBe(true);
        expect(kept).not.toMatch(/(?![\t\n])[\p{Cc}\p{Cs}\u200b\u200e\u00ad\u202e]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('what is shown hides nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = showHidden(text);
        expect(refusal(shown)).toBe(shown.normalize('NFC'));
      }),
      { numRuns: 2000 },
    );
  });

  it('a table for a spreadsheet hides nothing either', () => {
    expect(csvLines([['Hà\u202eTĩnh', 'a\0b', '\u200b=1+1']])).toBe('Hà[U+202E]Tĩnh;a[U+0000]b;[U+200B]=1+1\r\n');
  });

  it('a secret keeps what its owner typed, but for what no database keeps', () => {
    expect(() => requireStorable('mật\u200bkhẩu\u202e')).not.toThrow();
    for (const sign of ['\0', '\ud800', '\u0301'.repeat(21)])
      expect(() => requireStorable(`mật${sign}`)).toThrow(DomainError);
  });

  it('no run of marks is given to the sorting of Unicode, which takes its square', () => {
    const marks = '\u0301\u0316'.repeat(100_000);
    expect(composed(`e${marks}`).length).toBeLessThan(30);
    expect(decomposed(`e${marks}`).length).toBeLessThan(30);
    expect(refusal(`e${marks}`)).toBeInstanceOf(DomainError);
    expect(refusal(`e${marks.replaceAll('\u0301', '\u0301\u200b')}`)).toBeInstanceOf(DomainError);
  });
});
