import fc from 'fast-check';
import { textChunks, CHUNK } from './engines/google-chunks.js';
import { estimateSeconds, splitSpoken } from './sentences.js';

describe('splitting spoken text', () => {
  it('ends sentences at marks and paragraphs at lines', () => {
    expect(splitSpoken('Kính thưa bà con. Trời mưa to!\r\n\nBà con cài chưa? “Rồi.” Xin cảm ơn…')).toEqual([
      ['Kính thưa bà con.', 'Trời mưa to!'],
      ['Bà con cài chưa?', '“Rồi.”', 'Xin cảm ơn…'],
    ]);
  });

  it.each([
    'Trang hatinh.gov.vn có bản 3.5 mới.',
    'Gặp ông A. B. ở tổ 5.',
    'Chờ… rồi hãy đi.',
    'Không có dấu chấm cuối câu',
  ])('keeps "%s" in one', (sentence) => {
    expect(splitSpoken(sentence)).toEqual([[sentence]]);
  });

  it('drops what no voice can read, and control characters', () => {
    expect(splitSpoken('… --- !\n\u0000\u0007\nMột.\u0001Hai.\n***')).toEqual([['Một.', 'Hai.']]);
    expect(splitSpoken(' \n ')).toEqual([]);
  });

  const wild = fc.array(fc.constantFrom('Một', 'hai', 'Ủy ban', '.', '!', '?', '…', ' ', '\n', '3.5', '"', ','));

  it('loses no word and changes no order', () => {
    fc.assert(
      fc.property(wild, (parts) => {
        const text = parts.join('');
        const words = (from: string) => from.match(/[\p{L}\p{N}]+/gu) ?? [];
        expect(words(splitSpoken(text).flat().join(' '))).toEqual(words(text));
      }),
    );
  });

  it('splits the same when done again', () => {
    fc.assert(
      fc.property(wild, (parts) => {
        const once = splitSpoken(parts.join(''));
        expect(splitSpoken(once.map((paragraph) => paragraph.join(' ')).join('\n'))).toEqual(once);
      }),
    );
  });
});

describe('the estimate', () => {
  it('counts syllables and pauses, and scales with the rate', () => {
    expect(estimateSeconds('Kính mời bà con')).toBeCloseTo(0.1 + 4 * 0.234, 5);
    expect(estimateSeconds('Kính mời, bà con')).toBeCloseTo(0.1 + 4 * 0.234 + 0.3, 5);
    expect(estimateSeconds('Kính mời bà con', 320)).toBeCloseTo(0.1 + 2 * 0.234, 5);
    expect(estimateSeconds('Kính mời'.normalize('NFD'))).toBe(estimateSeconds('Kính mời'));
    expect(estimateSeconds('Bluezone')).toBeCloseTo(estimateSeconds('bờ lu'), 1);
  });

  it('gives more to digits and abbreviations, which are read out in full', () => {
    expect(estimateSeconds('0239385567')).toBeGreaterThan(2);
    expect(estimateSeconds('UBND')).toBeGreaterThan(1.3);
    expect(estimateSeconds('Ủy ban')).toBeLessThan(0.8);
  });
});

describe('pieces for Google', () => {
  it('cuts after a comma in the second half, else between words', () => {
    const comma = `${'một '.repeat(35)}hai, ${'ba '.repeat(40)}`.trim();
    expect(textChunks(comma)[0]).toMatch(/hai,$/);
    expect(textChunks('từ '.repeat(100)).every((chunk) => /^(từ )*từ$/.test(chunk))).toBe(true);
  });

  it('cuts a word of more than 200 letters, between letters', () => {
    const word = 'ế'.normalize('NFD').repeat(450);
    const chunks = textChunks(word);
    expect(chunks.join('')).toBe(word.normalize('NFC'));
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBe(CHUNK);
    expect(textChunks('👩‍👩‍👧‍👦'.repeat(40)).every((chunk) => chunk.length % 11 === 0)).toBe(true);
  });

  it('no piece is empty or too long, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
        const chunks = textChunks(text);
        const bare = (from: string) => from.normalize('NFC').replace(/\s+/g, '');
        expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= CHUNK)).toBe(true);
        expect(bare(chunks.join(''))).toBe(bare(text));
      }),
    );
  });
});
