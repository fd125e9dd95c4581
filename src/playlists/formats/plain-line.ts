/**
 * A text for one line of a file that others parse: breaks and tabs are spaces; characters that XML 1.0 or a line-based format
 * cannot hold are gone.
 */
export function plainLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .trim();
}
