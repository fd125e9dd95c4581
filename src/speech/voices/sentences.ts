/** A paragraph of spoken text as the sentences that voices read one by one. */
export type Paragraph = readonly string[];

const says = /[\p{L}\p{N}]/u;
/** An end mark, closing quotes or brackets, then space: a point inside "3.5" or "xa.gov.vn" ends nothing. */
const end = /[.!?…]+["'”’»)\]]*(?=\s)/gu;
/** "T. 5", "ông A. B.": one letter and a point is an abbreviation. */
const initial = /(^|[\s("“])\p{Lu}\.$/u;

/**
 * Paragraphs are separated by line breaks; sentences end with . ! ? or …, and not before a small letter.
 * Pieces without a letter or a digit are dropped, because no voice can read them; all else is kept, in order.
 */
export function splitSpoken(text: string): Paragraph[] {
  return text
    .normalize('NFC')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => sentencesOf(line.replace(/[\s\p{Cc}]+/gu, ' ').trim()))
    .filter((paragraph) => paragraph.length > 0);
}

function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of line.matchAll(end)) {
    const to = match.index + match[0].length;
    const next = line.slice(to).trimStart();
    if (initial.test(line.slice(from, to)) || /^\p{Ll}/u.test(next)) continue;
    sentences.push(line.slice(from, to));
    from = to;
  }
  sentences.push(line.slice(from));
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => says.test(sentence));
}

/** Letters a second at 160 words a minute, and the least that any utterance takes; measured with espeak-ng "vi". */
const LETTERS_PER_SECOND = 14;
const LEAST_SECONDS = 0.25;

/**
 * About how long `text` takes to read aloud at `rate` words a minute, seconds; good to a factor of two, not more. Spoken text
 * has no digits, signs or abbreviations left, but one that slipped through is read out in full, so it counts for more.
 */
export function estimateSeconds(text: string, rate = 160): number {
  const spelled = text.normalize('NFC').replace(/\p{Lu}{2,}/gu, (letters) => letters.replace(/./gu, 'bốn..'));
  let letters = 0;
  for (const character of spelled)
    letters += /\p{N}/u.test(character) ? 4 : /[%&+=@#/*<>$€₫²³°]/u.test(character) ? 7 : 1;
  return LEAST_SECONDS + (letters / LETTERS_PER_SECOND) * (160 / rate);
}
