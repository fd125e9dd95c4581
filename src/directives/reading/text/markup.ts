/** Named entities that Vietnamese web editors write; the rest of the alphabet comes as numeric references. */
const latin: ReadonlyArray<[string, string]> = [
  ['grave', '\u0300'],
  ['acute', '\u0301'],
  ['circ', '\u0302'],
  ['tilde', '\u0303'],
  ['uml', '\u0308'],
];
const named = new Map<string, string>([
  ['nbsp', ' '],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['bull', '•'],
  ['middot', '·'],
  ['shy', ''],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', ' '],
  ['zwnj', ''],
  ['zwj', ''],
  ['ETH', 'Đ'],
  ['Dstrok', 'Đ'],
  ['dstrok', 'đ'],
]);
for (const base of 'aeiouyAEIOUY') {
  for (const [suffix, mark] of latin) named.set(base + suffix, (base + mark).normalize('NFC'));
}

/** Decodes character references, named and numeric; an unknown one stays unchanged. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi,
    (whole, hex?: string, dec?: string, name?: string) => {
      if (name !== undefined) return named.get(name) ?? whole;
      const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Whether the text is a web page or a part of one, rather than text that contains a "<". */
export function looksLikeMarkup(text: string): boolean {
  const start = text.slice(0, 4000);
  if (/<!doctype html|<html[\s>]|<\/?body[\s>]|<\?xml\s/i.test(start)) return true;
  const tags = text
    .slice(0, 200_000)
    .match(
      /<\/?(?:p|div|span|br|table|tr|td|h[1-6]|ul|li|strong|em|b|i|a|font|section|article)(?:\s[^<>]{0,300})?\/?>/gi,
    );
  return (tags?.length ?? 0) >= 3;
}

const dropped = ['script', 'style', 'head', 'nav', 'noscript', 'template', 'svg'];
const breaking =
  /^<\/?(?:p|div|br|tr|h[1-6]|li|ul|ol|table|section|article|header|footer|blockquote|hr|figure|figcaption|main|aside|dd|dt)(?![a-z0-9])/i;

/** The text of a page: blocks on lines of their own, table cells separated by tabs, without scripts and navigation. */
export function textOfMarkup(html: string): string {
  let out = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    out += html.slice(at, open);
    const isTag = /[a-z/!?]/i.test(html[open + 1] ?? '');
    const close = isTag ? html.indexOf('>', open) : -1;
    if (close < 0) {
      out += '<';
      at = open + 1;
      if (isTag) {
        out += html.slice(at);
        at = html.length;
      }
      continue;
    }
    const tag = html.slice(open, Math.min(close + 1, open + 40));
    at = close + 1;
    const name = /^<([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase();
    if (name !== undefined && dropped.includes(name)) at = endOf(html, name, at);
    else if (tag.startsWith('<!--')) at = (html.indexOf('-->', open) + 3 || html.length + 3) - 0;
    else if (/^<t[dh]/i.test(tag)) out += '\t';
    else if (breaking.test(tag)) out += '\n';
  }
  return decodeEntities(out + html.slice(Math.min(at, html.length)));
}

function endOf(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}\\s*>`, 'gi');
  close.lastIndex = from;
  const match = close.exec(html);
  return match === null ? html.length : match.index + match[0].length;
}
