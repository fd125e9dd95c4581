/** The service takes 200 characters; google-tts-api throws above that. Some room, in UTF-16 units as it counts. */
export const CHUNK = 190;

/**
 * A sentence as pieces of at most CHUNK characters, cut after a comma when one is in the second half of the piece, else between
 * words, and inside a word only when the word alone is too long (between letters, never inside one).
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
  // Of the whole text: in the window, a letter that is cut at its edge would look like a shorter one.
  for (const { segment, index } of new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(text)) {
    if (index + segment.length > CHUNK) break;
    to = index + segment.length;
  }
  // A "letter" of more than 190 marks is no letter; cut it anyway, so that this ends.
  return to || CHUNK;
}
