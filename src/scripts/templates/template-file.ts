import { cleanText } from '../../shared/clean-text.js';
import { checkBody } from './body-check.js';
import { readFrontMatter, splitFrontMatter, type FrontMatter } from './front-matter.js';
import type { Template, TemplatePartial, TemplatePartials, Variable } from './template.js';
import { badTemplate, type TemplateProblem } from './template-problem.js';
import { isMissing, readValue } from './variable-values.js';

/** Characters. The longest shipped template has a tenth of this. */
const MAX_SOURCE = 64_000;
const DEFAULT_MAX_LENGTH = 300;

export const noPartials: TemplatePartials = new Map();

/**
 * Parses a template: YAML front matter between --- lines, then a Handlebars body of plain text (see README.md here).
 * Throws `bad-template` with every problem and its 1-based line of the file in `details.problems`.
 */
export function parseTemplate(source: string, fileName: string, partials: TemplatePartials = noPartials): Template {
  const problem = (line: number, code: string, vi: string, en: string) => ({ file: fileName, line, code, vi, en });
  const text = evenLines(source);
  if (text.length > MAX_SOURCE) {
    throw badTemplate([problem(1, 'too-large', `Mẫu dài quá ${MAX_SOURCE} ký tự.`, `Longer than ${MAX_SOURCE}.`)]);
  }
  const split = splitFrontMatter(text);
  if (!split) {
    const vi = 'Mẫu phải bắt đầu bằng phần đầu nằm giữa hai dòng "---".';
    throw badTemplate([
      problem(1, 'no-front-matter', vi, 'The file must start with a front matter between --- lines.'),
    ]);
  }
  const read = readFrontMatter(split.front, fileName);
  if ('problems' in read) throw badTemplate(read.problems);
  const { matter, lineOf } = read;

  const variables = declared(matter);
  const problems: TemplateProblem[] = [];
  for (const [name, variable] of variables) {
    for (const key of ['example', 'default'] as const) {
      const value = variable[key];
      if (value === undefined) continue;
      const line = lineOf(['variables', name, key]);
      if (isMissing(value)) problems.push(problem(line, 'bad-value', `"${key}" bị trống.`, `"${key}" is empty.`));
      else
        problems.push(
          ...faultOf(variable, value).map((f) => problem(line, f.code, `"${key}" ${f.vi}.`, `"${key}" ${f.en}.`)),
        );
    }
  }

  const titleLine = lineOf(['title']);
  const title = checkBody(matter.title, { file: fileName, line: titleLine }, variables, partials);
  const body = checkBody(split.body, { file: fileName, line: split.bodyLine }, variables, partials);
  problems.push(...title.problems, ...body.problems);
  if (split.body.trim() === '') problems.push(problem(split.bodyLine, 'empty', 'Mẫu chưa có nội dung.', 'No body.'));
  // An unused variable misleads the person who fills in the form. Not checked when there are other faults, which may
  // hide its use.
  if (problems.length === 0) {
    for (const name of variables.keys()) {
      if (title.used.has(name) || body.used.has(name)) continue;
      const vi = `Biến "${name}" được khai báo nhưng không dùng.`;
      problems.push(problem(lineOf(['variables', name]), 'unused-variable', vi, `"${name}" is declared but not used.`));
    }
  }
  if (problems.length > 0) throw badTemplate(problems);

  const { code, name, kind, subject, purpose } = matter;
  return {
    code,
    name,
    kind,
    subject,
    purpose,
    title: matter.title,
    titleLine,
    body: split.body,
    bodyLine: split.bodyLine,
    variables,
    fileName,
  };
}

/**
 * Parses a partial: a Handlebars body without front matter, named after its file ('partials/station-call.hbs' is {{>
 * station-call}}). Its includes and variables are checked where it is included, and by `checkPartials`. Throws
 * `bad-template`.
 */
export function parsePartial(source: string, fileName: string): TemplatePartial {
  const name = /(?:^|[\\/])([^\\/]+)\.hbs$/.exec(fileName)?.[1] ?? '';
  const body = evenLines(source);
  const problem = (code: string, vi: string, en: string) => badTemplate([{ file: fileName, line: 1, code, vi, en }]);
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(name)) {
    const vi = 'Tên tệp của mẫu dùng chung chỉ gồm chữ thường không dấu, số và gạch nối.';
    throw problem('bad-partial-name', vi, 'The name of a partial is small letters, digits and hyphens.');
  }
  if (body.length > MAX_SOURCE) {
    throw problem('too-large', `Mẫu dài quá ${MAX_SOURCE} ký tự.`, `Longer than ${MAX_SOURCE}.`);
  }
  return { name, body, fileName };
}

/**
 * Every problem of the partials themselves: syntax, constructs that are not allowed, circular includes, missing
 * includes.
 */
export function checkPartials(partials: TemplatePartials): TemplateProblem[] {
  const found = new Map<string, TemplateProblem>();
  for (const { name, body, fileName } of partials.values()) {
    // The walk expands includes, so a fault in a shared partial appears once per template that includes it.
    for (const p of checkBody(body, { file: fileName, line: 1 }, undefined, partials, [name]).problems) {
      found.set(`${p.file}:${p.line}:${p.code}`, p);
    }
  }
  return [...found.values()];
}

function declared(matter: FrontMatter): ReadonlyMap<string, Variable> {
  return new Map(
    Object.entries(matter.variables).map(([name, { maxLength = DEFAULT_MAX_LENGTH, default: fallback, ...rest }]) => [
      name,
      { ...rest, maxLength, ...(fallback !== undefined && { default: fallback }) },
    ]),
  );
}

function faultOf(variable: Variable, value: unknown): { code: string; vi: string; en: string }[] {
  const read = readValue(variable, value);
  return 'fault' in read ? [{ code: 'bad-value', ...read.fault }] : [];
}

/**
 * Normalises Windows line ends and drops a byte order mark, so that line numbers stay right. Refuses characters that
 * hide others (`hidden-sign`).
 */
function evenLines(source: string): string {
  return cleanText(source, 'source');
}
