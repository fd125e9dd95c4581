/**
 * A text for one line of a file that other programs parse: breaks and tabs become spaces; characters that XML 1.0 or a
 * line-based format cannot hold are removed.
 */
export function plainLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .trim();
}
