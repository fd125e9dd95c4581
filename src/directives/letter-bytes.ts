import { composed } from '../shared/clean-text.js';
import { DomainError } from '../shared/domain-error.js';

export const maxLetterBytes = 1_000_000;

/**
 * The bytes of an uploaded letter as text in NFC: UTF-8 with or without BOM, or UTF-16 with BOM. Throws `too-large`
 * above 1 MB (before looking at the content), `letter-empty`, `letter-not-text` for PDF, Word, images and other binary
 * files, `letter-encoding` for anything that is not valid Unicode.
 */
export function decodeLetter(bytes: Uint8Array): string {
  if (bytes.byteLength > maxLetterBytes) throw letterTooLarge(bytes.byteLength);
  const known = signatures.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte));
  if (known !== undefined) throw notText(known.name);
  const text = composed(decode(bytes));
  if (text.trim() === '') {
    throw new DomainError('invalid', 'letter-empty', { vi: 'Tệp công văn trống.', en: 'The letter is empty.' });
  }
  return text;
}

export function letterTooLarge(size: number): DomainError {
  return new DomainError(
    'invalid',
    'letter-too-large',
    {
      vi: 'Tệp công văn lớn hơn 1 MB. Hãy chỉ giữ phần chữ của công văn và lưu thành văn bản .txt.',
      en: 'The letter is larger than 1 MB. Keep only its words and save them as plain text (.txt).',
    },
    { size, limit: maxLetterBytes },
  );
}

const ascii = (text: string) => [...text].map((ch) => ch.charCodeAt(0));
const signatures: ReadonlyArray<{ name: string; magic: readonly number[] }> = [
  { name: 'PDF', magic: ascii('%PDF') },
  { name: 'Word (.docx) / ZIP', magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'ZIP', magic: [0x50, 0x4b, 0x05, 0x06] },
  { name: 'Word (.doc)', magic: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: 'RTF', magic: ascii('{\\rtf') },
  { name: 'PNG', magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'JPEG', magic: [0xff, 0xd8, 0xff] },
  { name: 'GIF', magic: ascii('GIF8') },
  { name: 'gzip', magic: [0x1f, 0x8b] },
  { name: 'RAR', magic: ascii('Rar!') },
  { name: '7z', magic: [0x37, 0x7a, 0xbc, 0xaf] },
];

function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (encoding === 'utf-8' && bytes.includes(0)) throw notText('nhị phân');
    throw new DomainError(
      'invalid',
      'letter-encoding',
      {
        vi: 'Tệp không phải chữ Unicode (UTF-8). Hãy mở tệp và lưu lại thành văn bản .txt với mã UTF-8.',
        en: 'The file is not Unicode text. Open it and save it again as plain text (.txt) in UTF-8.',
      },
      {},
      { cause },
    );
  }
  if (text.includes('\u0000')) throw notText('nhị phân');
  return text;
}

function notText(format: string): DomainError {
  return new DomainError(
    'invalid',
    'letter-not-text',
    {
      vi: `Tệp là ${format}, chưa phải văn bản. Hãy mở công văn, chọn Lưu thành và lưu thành văn bản .txt.`,
      en: `The file is ${format === 'nhị phân' ? 'binary' : format}, not text. Open the letter and save it as plain text (.txt).`,
    },
    { format },
  );
}
