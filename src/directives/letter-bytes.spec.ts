import { DomainError } from '../shared/domain-error.js';
import { decodeLetter, maxLetterBytes } from './letter-bytes.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));

function refusal(input: Uint8Array): string {
  try {
    decodeLetter(input);
  } catch (error) {
    if (error instanceof DomainError) return `${error.kind} ${error.code}`;
    throw error;
  }
  return 'read';
}

describe('The bytes of a letter', () => {
  it.each([
    ['UTF-8', bytes('Số: 1/UBND')],
    ['UTF-8 with a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('Số: 1/UBND')])],
    ['UTF-16, little end first', new Uint8Array([0xff, 0xfe, ...Buffer.from('Số: 1/UBND', 'utf16le')])],
    ['UTF-16, big end first', new Uint8Array([0xfe, 0xff, ...Buffer.from('Số: 1/UBND', 'utf16le').swap16()])],
    ['letters and tone marks apart', bytes('Số: 1/UBND'.normalize('NFD'))],
  ])('are read as %s', (_encoding, input) => {
    expect(decodeLetter(input)).toBe('Số: 1/UBND');
  });

  it.each([
    ['nothing', new Uint8Array(0), 'invalid letter-empty'],
    ['white space', bytes(' \n\t\u00a0'), 'invalid letter-empty'],
    ['a byte order mark alone', new Uint8Array([0xef, 0xbb, 0xbf]), 'invalid letter-empty'],
    ['a PDF', bytes('%PDF-1.7\n…'), 'invalid letter-not-text'],
    ['a Word file', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), 'invalid letter-not-text'],
    ['an old Word file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'invalid letter-not-text'],
    ['an RTF', bytes('{\\rtf1 abc}'), 'invalid letter-not-text'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10]), 'invalid letter-not-text'],
    ['zero bytes in text', bytes('Số\u0000: 1'), 'invalid letter-not-text'],
    ['binary', new Uint8Array([0x80, 0, 0xff, 0]), 'invalid letter-not-text'],
    ['an old Vietnamese encoding', new Uint8Array([0x53, 0xe8, 0x20, 0xb5]), 'invalid letter-encoding'],
    ['half a UTF-16 letter', new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), 'invalid letter-encoding'],
    ['a byte above 1 MB', new Uint8Array(maxLetterBytes + 1).fill(0x61), 'invalid letter-too-large'],
    ['ten megabytes', new Uint8Array(10_000_000), 'invalid letter-too-large'],
  ])('%s: refused', (_what, input, expected) => {
    expect(refusal(input)).toBe(expected);
  });

  it('may be exactly 1 MB, and a refusal tells a person what to do', () => {
    expect(decodeLetter(new Uint8Array(maxLetterBytes).fill(0x61))).toHaveLength(maxLetterBytes);
    expect.assertions(2);
    try {
      decodeLetter(bytes('%PDF-1.4'));
    } catch (error) {
      expect(error instanceof DomainError && error.sentence.vi).toContain('lưu thành văn bản .txt');
    }
  });
});
