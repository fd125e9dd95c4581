import { decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Decodes character references, named and numeric, that end with a semicolon; an unknown one stays unchanged. */
export function decodeEntities(text: string): string {
  return withVietnameseD(decodeHTMLStrict(text));
}

/** Editors write &ETH;, the Icelandic Ð that looks the same, for Đ. */
function withVietnameseD(text: string): string {
  return text.replaceAll('\u00d0', 'Đ');
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

const hidden = new Set(['script', 'style', 'head', 'nav', 'noscript', 'template', 'svg']);
const breaking = new Set(
  (
    'p div br tr h1 h2 h3 h4 h5 h6 li ul ol table section article header footer blockquote hr figure figcaption main aside ' +
    'dd dt'
  ).split(' '),
);

/**
 * The text of a page: blocks on lines of their own, table cells separated by tabs, without scripts and navigation. Only the
 * tokens of the library are read: its parser searches an array of open elements at every tag, so 400 kB of `<b></i>` take it
 * half a minute.
 */
export function textOfMarkup(html: string): string {
  let out = '';
  /** The element that hides what is in it, and how many of its name are open. */
  let hiding: string | undefined;
  let depth = 0;
  const say = (words: string) => {
    if (hiding === undefined) out += words;
  };
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase();
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignored,
      ontext: (start, end) => say(html.slice(start, end)),
      ontextentity: (code) => say(String.fromCodePoint(code)),
      onopentagname(start, end) {
        const name = nameAt(start, end);
        if (hiding === undefined && hidden.has(name)) hiding = name;
        if (name === hiding) depth += 1;
        else if (name === 'td' || name === 'th') say('\t');
        else if (breaking.has(name)) say('\n');
      },
      onclosetag(start, end) {
        const name = nameAt(start, end);
        if (name === hiding) {
          depth -= 1;
          if (depth === 0) hiding = undefined;
        } else if (breaking.has(name)) say('\n');
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return withVietnameseD(out);
}

const nothing = () => undefined;
/** What of a page is no text. */
const ignored: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribend: nothing,
  onattribentity: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};
