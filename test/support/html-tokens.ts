/** A tag with its attributes, or a piece of text; values are decoded as a browser would read them. */
export type Token =
  { kind: 'tag'; name: string; attributes: Map<string, string>; at: number } | { kind: 'text'; text: string };

const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', apos: "'", nbsp: '\u00a0' };

export function decode(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex?: string, dec?: string, name?: string) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (dec) return String.fromCodePoint(Number(dec));
    return named[name ?? ''] ?? whole;
  });
}

/**
 * Tokenises HTML as a browser does, as far as it matters for text that people write (WHATWG HTML, 13.2.5): a `<` before
 * a letter, `/` or `!` begins markup, a quoted value ends at its quote and nowhere else, an unquoted one at a space or
 * `>`. The content of script, style, textarea and title is text up to their end tag.
 */
export function tokens(html: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const text = (until: number) => {
    if (until > at) found.push({ kind: 'text', text: decode(html.slice(at, until)) });
    at = until;
  };
  while (at < html.length) {
    const open = html.slice(at).search(/<[a-z/!]/i);
    if (open < 0) {
      text(html.length);
      break;
    }
    text(at + open);
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const { name, attributes, end } = tag(html, at);
    found.push({ kind: 'tag', name, attributes, at });
    at = end;
    if (['script', 'style', 'textarea', 'title'].includes(name)) {
      const close = html.slice(at).search(new RegExp(`</${name}[\\s/>]`, 'i'));
      text(close < 0 ? html.length : at + close);
    }
  }
  return found;
}

function tag(html: string, from: number): { name: string; attributes: Map<string, string>; end: number } {
  const [head = '', name = ''] = /^<([/!]?[^\s/>]+)/.exec(html.slice(from)) ?? ['<'];
  const attributes = new Map<string, string>();
  const attribute = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?|[\s/]*>/y;
  attribute.lastIndex = from + head.length;
  for (let match = attribute.exec(html); match; match = attribute.exec(html)) {
    const [, key, double, single, bare] = match;
    if (key === undefined) return { name: name.toLowerCase(), attributes, end: attribute.lastIndex };
    attributes.set(key.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  }
  return { name: name.toLowerCase(), attributes, end: html.length };
}
