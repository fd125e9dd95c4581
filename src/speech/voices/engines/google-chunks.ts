/**
 * The service takes 200 characters, counted in UTF-16 units, and google-tts-api throws above that. This leaves a
 * margin.
 */
export const CHUNK = 190;

/**
 * Splits a sentence into pieces of at most CHUNK characters: after a comma when one is in the second half of the piece,
 * else between words, and inside a word only when the word alone is too long (between graphemes, never inside one).
 */
export function textChunks(sentence: string): string[] {
  const chunks: string[] = [];
  let rest = sentence.normalize('NFC').replace(/\s+/g, ' ').trim();
  while (rest.length > CHUNK) {
    const to = cut(rest);
    chunks.push(rest.slice(0, to).trimEnd());
    rest = rest.slice(to).trimStart();
  }
  if (rest) chunks.push(rest);
  return chunks;
}

function cut(text: string): number {
  const window = text.slice(0, CHUNK + 1);
  const space = window.lastIndexOf(' ');
  const comma = Math.max(...[', ', '; ', ': '].map((mark) => window.lastIndexOf(mark)));
  if (comma > CHUNK / 2) return comma + 1;
  if (space > 0) return space;
  let to = 0;
  // Segment the whole text: in a window, a grapheme cut at the edge would look like a shorter one.
  for (const { segment, index } of new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(text)) {
    if (index + segment.length > CHUNK) break;
    to = index + segment.length;
  }
  // A grapheme of more than 190 units is no real letter; cut it anyway, so that the loop ends.
  return to || CHUNK;
}
