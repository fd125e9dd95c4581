import { createReadStream } from 'node:fs';
import { DomainError } from '../shared/domain-error.js';
import { channelKindNames } from '../shared/channel-kind.js';
import { showDate } from '../shared/local-time.js';
import type { Letter } from '../directives/reading/text/letter.js';
import { decodeLetter, maxLetterBytes } from '../directives/letter-bytes.js';
import { readLetter } from '../directives/letter-reader.js';
import { print, printJson } from './output.js';

/** One byte more than a letter may have: enough to see that it is too long without reading a huge file into memory. */
const READ_AT_MOST = maxLetterBytes + 1;

export async function intakeCommand(file: string, options: { json?: boolean; partial?: boolean }): Promise<void> {
  const letter = read(await letterText(file), options.partial ?? false);
  if (options.json) await printJson(letter);
  else await print(describe(letter));
}

/** Only this command can read an excerpt, a page cannot: only here does the error mention the option. */
function read(text: string, partial: boolean): Letter {
  try {
    return readLetter(text, { partial });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not-a-letter' || partial) throw error;
    const sentence = {
      vi: `${error.sentence.vi} Nếu là trích đoạn, thêm --partial.`,
      en: `${error.sentence.en} If it is an excerpt, add --partial.`,
    };
    throw new DomainError(error.kind, error.code, sentence, error.details, { cause: error });
  }
}

/** The text of a letter file, `-` for standard input. Throws `no-file` (422) and what `decodeLetter` throws. */
export async function letterText(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const source = file === '-' ? process.stdin : createReadStream(file, { end: READ_AT_MOST - 1 });
    for await (const chunk of source) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= READ_AT_MOST) break;
    }
  } catch (cause) {
    const sentence = { vi: `Không mở được tệp ${file}.`, en: `Cannot open ${file}.` };
    throw new DomainError('invalid', 'no-file', sentence, {}, { cause });
  }
  return decodeLetter(Buffer.concat(chunks));
}

function describe({ directive, obligations, missing, warnings }: Letter): string {
  const unknown = '(không thấy)';
  const lines = [
    `Số, ký hiệu:   ${directive.number ?? unknown}`,
    `Ngày:          ${directive.issuedOn ? showDate(directive.issuedOn) : unknown}`,
    `Nơi ban hành:  ${directive.place ?? unknown}`,
    `Cơ quan:       ${directive.issuer ?? unknown}`,
    `Trích yếu:     ${directive.subject ?? unknown}`,
    `Căn cứ:        ${directive.references.map((one) => one.number + (one.date ? ` (${showDate(one.date)})` : '')).join('; ') || unknown}`,
    '',
    ...directive.assignments.map((one) => `${one.n}. ${one.addressees.join('; ') || unknown}: ${one.text}`),
    '',
    obligations.length ? 'Nhiệm vụ trên kênh:' : 'Không có điểm nào giao việc cho một kênh.',
    ...obligations.map((one) => {
      const plays = one.minPlaysPerDay === null && one.maxPlaysPerDay === null ? 'không nêu số lần' : playsOf(one);
      const until = one.until ? `, đến hết ${showDate(one.until)}` : '';
      return `  điểm ${one.assignment}: ${channelKindNames[one.channelKind]}, ${plays}${until}`;
    }),
    ...(missing.length ? ['', `Không thấy: ${missing.join(', ')}`] : []),
    ...warnings.map((warning) => `Lưu ý: ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}

function playsOf({
  minPlaysPerDay: min,
  maxPlaysPerDay: max,
}: {
  minPlaysPerDay: number | null;
  maxPlaysPerDay: number | null;
}) {
  if (min !== null && max !== null) return min === max ? `${min} lần/ngày` : `${min}–${max} lần/ngày`;
  return min !== null ? `ít nhất ${min} lần/ngày` : `nhiều nhất ${max} lần/ngày`;
}
