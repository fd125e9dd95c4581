/** xmlbuilder2 takes what looks like an entity for one and leaves it as it is; in our texts it is just characters. */
export function xmlLiteral(text: string): string {
  return text.replaceAll('&', '&amp;');
}
