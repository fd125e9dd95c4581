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

/** Silence between two sentences, and between two paragraphs. */
export const SENTENCE_GAP_SECONDS = 0.35;
export const PARAGRAPH_GAP_SECONDS = 0.8;
/** Gaps with a cut in them are filled up to a whole mp3 frame. */
export const FILL_SECONDS = 0.013;

/** Of espeak-ng "vi" at 160 words a minute, measured on announcements: a syllable, and a pause within the sentence, seconds. */
const SYLLABLE_SECONDS = 0.234;
const PAUSE_SECONDS = 0.3;
/** The least that any utterance takes. */
const LEAST_SECONDS = 0.1;
/** No Vietnamese syllable has more letters; a longer word is a foreign one, of syllables of about four. */
const LONGEST_SYLLABLE = 7;

/**
 * About how long `text` takes to read aloud at `rate` words a minute, seconds, without the gaps between sentences: within a tenth
 * on whole announcements, a third on one sentence. Vietnamese is counted in syllables, which stand apart. Spoken text has no digits,
 * signs or abbreviations left, but one that slipped through is read out in full, so it counts for more.
 */
export function estimateSeconds(text: string, rate = 160): number {
  const said = text.normalize('NFC');
  let syllables = 0;
  for (const [word] of said.matchAll(/[\p{L}\p{M}]+/gu)) {
    if (/^\p{Lu}{2,}$/u.test(word)) syllables += 1.4 * word.length;
    else syllables += word.length > LONGEST_SYLLABLE ? word.length / 4 : 1;
  }
  syllables += said.match(/\p{N}/gu)?.length ?? 0;
  syllables += 1.7 * (said.match(/[%&+=@#/*<>$€₫²³°]/gu)?.length ?? 0);
  const pauses = said.match(/[,;:](?!\d)/g)?.length ?? 0;
  return LEAST_SECONDS + (syllables * SYLLABLE_SECONDS + pauses * PAUSE_SECONDS) * (160 / rate);
}

/** The same with the gaps between sentences and paragraphs: a clip without its chimes. */
export function estimateReadingSeconds(spoken: string, rate = 160): number {
  const paragraphs = splitSpoken(spoken);
  const sentences = paragraphs.flat();
  const breaks = Math.max(0, paragraphs.length - 1);
  const gaps = Math.max(0, sentences.length - 1 - breaks) * SENTENCE_GAP_SECONDS + breaks * PARAGRAPH_GAP_SECONDS;
  const said = sentences.reduce((sum, sentence) => sum + estimateSeconds(sentence, rate), 0);
  return said + gaps + FILL_SECONDS * (sentences.length / 3);
}
