import Handlebars from 'handlebars';
import { currentLanguage, wording } from './language.js';

type Options = Handlebars.HelperOptions;
const { SafeString, escapeExpression } = Handlebars;

/**
 * `{{t "Bản {n} của {who}" n=n who=(vi author)}}`: a UI sentence in the reader's language, escaped, with its braces
 * filled. The sentence may also come from the view-model when a table of names lists it. In a template it may span
 * several lines.
 */
export function t(sentence: unknown, options: Options): Handlebars.SafeString {
  const words = typeof sentence === 'string' ? wording(sentence.replace(/\s*\n\s*/g, ' ')) : '';
  const hash = options.hash as Record<string, unknown>;
  return new SafeString(
    escapeExpression(words).replace(/\{(\w+)\}/g, (braces, name: string) =>
      name in hash ? escapeExpression(hash[name] as string) : braces,
    ),
  );
}

/**
 * `{{vi title}}`: user content, which stays Vietnamese on an English page and is marked `lang="vi"` for screen readers.
 */
export function vi(content: unknown): Handlebars.SafeString | string {
  if (content === null || content === undefined || content === '') return '';
  const text = escapeExpression(content as string);
  return currentLanguage() === 'vi' ? new SafeString(text) : new SafeString(`<span lang="vi">${text}</span>`);
}
