import Handlebars from 'handlebars';
import { currentLanguage, wording } from './language.js';

type Options = Handlebars.HelperOptions;
const { SafeString, escapeExpression } = Handlebars;

/**
 * `{{t "Bản {n} của {who}" n=n who=(vi author)}}`: our own words in the reader's language, escaped, the braces filled.
 * The sentence may also come from the view-model, when it is one of a known list of words. In a template it may go over
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

/** `{{vi title}}`: what people wrote, which is Vietnamese on an English page too and says so to a screen reader. */
export function vi(content: unknown): Handlebars.SafeString | string {
  if (content === null || content === undefined || content === '') return '';
  const text = escapeExpression(content as string);
  return currentLanguage() === 'vi' ? new SafeString(text) : new SafeString(`<span lang="vi">${text}</span>`);
}
