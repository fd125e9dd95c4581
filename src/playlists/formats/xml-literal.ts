/**
 * xmlbuilder2 leaves text that looks like an entity as it is; in our texts it is plain characters and must be escaped.
 */
export function xmlLiteral(text: string): string {
  return text.replaceAll('&', '&amp;');
}
