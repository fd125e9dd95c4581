import { isNode, isPair, isScalar, LineCounter, parseDocument, visit, YAMLMap, type Document } from 'yaml';
import { z } from 'zod';
import type { Sentence } from '../../shared/domain-error.js';
import { printHelpers } from './print-helpers.js';
import { subjectGroups } from './subject-group.js';
import { templateKinds, variableTypes } from './template.js';
import type { TemplateProblem } from './template-problem.js';

/** Names of JavaScript object members, of Handlebars keywords, or of our helpers. */
export function isReservedName(name: string): boolean {
  return (
    name in Object.prototype ||
    printHelpers.has(name) ||
    ['prototype', 'this', 'if', 'unless', 'each', 'else', 'with', 'lookup', 'log', 'helperMissing'].includes(name) ||
    ['blockHelperMissing', 'as', 'true', 'false', 'null', 'undefined'].includes(name)
  );
}

export const variableName = /^[a-z][A-Za-z0-9]{0,39}$/;

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\n]*$/);
// The schema below gets strings only (YAML's failsafe schema), so 0239… stays a phone number and 2026-11-24 a text.
const digits = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(5000));
const value = z.union([z.string(), z.array(z.string())]);

const variable = z.strictObject({
  type: z.enum(variableTypes),
  label: line(100),
  required: z.enum(['true', 'false']).transform((word) => word === 'true'),
  example: value,
  default: value.optional(),
  maxLength: digits.optional(),
});

const frontMatter = z.strictObject({
  code: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/),
  name: line(120),
  kind: z.enum(templateKinds),
  subject: z.enum(subjectGroups),
  purpose: line(400),
  title: line(400),
  variables: z.record(z.string(), variable),
});

export type FrontMatter = z.infer<typeof frontMatter>;

export interface SplitFile {
  front: string;
  body: string;
  /** 1-based line of the file where the body starts. */
  bodyLine: number;
}

/** Splits off the `---` … `---` block at the top. Undefined when the file does not start with a front matter. */
export function splitFrontMatter(source: string): SplitFile | undefined {
  const lines = source.split('\n');
  if (lines[0]?.trimEnd() !== '---') return undefined;
  const end = lines.findIndex((text, index) => index > 0 && text.trimEnd() === '---');
  if (end < 0) return undefined;
  return { front: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}

/** The front matter, or every problem in it with its line. `lineOf(path)` gives the line of an existing entry. */
export function readFrontMatter(
  front: string,
  file: string,
): { problems: TemplateProblem[] } | { matter: FrontMatter; lineOf: (path: readonly PropertyKey[]) => number } {
  const counter = new LineCounter();
  // The opening --- is line 1 of the file.
  const lineAt = (offset: number) => counter.linePos(offset).line + 1;
  const problem = (at: number, code: string, { vi, en }: Sentence) => ({ file, line: at, code, vi, en });

  let document: Document;
  try {
    document = parseDocument(front, { schema: 'failsafe', lineCounter: counter, prettyErrors: false });
  } catch {
    // The YAML is nested so deeply that it exhausts the parser's stack.
    return { problems: [problem(2, 'bad-yaml', badYaml('nested too deeply'))] };
  }
  const broken = [...document.errors, ...document.warnings].map((e) =>
    problem(lineAt(e.pos[0]), 'bad-yaml', badYaml(e.message)),
  );
  visit(document, {
    Alias: (_, node) => {
      broken.push(problem(lineAt(node.range?.[0] ?? 0), 'yaml-alias', noAlias));
    },
  });
  if (broken.length > 0) return { problems: broken };

  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(document, path));
  // Read from the YAML document: as a key of a JavaScript object, __proto__ would be lost.
  const declared = document.get('variables');
  const names = declared instanceof YAMLMap ? declared.items.map((item) => String(item.key)) : [];
  const misnamed = names
    .filter((name) => !variableName.test(name) || isReservedName(name))
    .map((name) => problem(lineOf(['variables', name]), 'bad-variable-name', badName(name)));
  const result = frontMatter.safeParse(document.toJS());
  const faults = result.success
    ? []
    : result.error.issues
        .flatMap(problemsOfIssue)
        .map(({ path, code, ...sentence }) => problem(lineOf(path), code, sentence));
  if (result.success && misnamed.length === 0) return { matter: result.data, lineOf };
  return { problems: [...misnamed, ...faults] };
}

/** Offset of the key (or list item) at `path`, or of the deepest part of `path` that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (!(node instanceof YAMLMap)) break;
    const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
    if (!pair) break;
    offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
    node = pair.value;
  }
  return offset;
}

function problemsOfIssue(issue: z.core.$ZodIssue): (Sentence & { path: PropertyKey[]; code: string })[] {
  const name = issue.path.map(String).join('.');
  const where = name === '' ? { vi: 'Phần đầu mẫu', en: 'The front matter' } : { vi: `Mục "${name}"`, en: `"${name}"` };
  const one = (code: string, vi: string, en: string, path = issue.path) => [
    { path, code, vi: `${where.vi} ${vi}.`, en: `${where.en} ${en}.` },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) =>
        one('unknown-key', `có mục lạ "${key}"`, `has the unknown key "${key}"`, [...issue.path, key]),
      );
    case 'invalid_value': {
      const choices = issue.values.map(String).join(', ');
      return one('bad-value', `phải có và là một trong: ${choices}`, `must be there and one of: ${choices}`);
    }
    case 'too_big':
      return one(
        'too-long',
        `quá dài hoặc quá lớn (tối đa ${issue.maximum})`,
        `is longer or larger than ${issue.maximum}`,
      );
    default:
      return one('bad-value', 'thiếu hoặc sai kiểu', 'is missing or not of the right shape');
  }
}

const badYaml = (message: string): Sentence => ({
  vi: `Phần đầu mẫu (YAML) viết sai: ${message}`,
  en: `The front matter is not valid YAML: ${message}`,
});
const noAlias: Sentence = { vi: 'Không dùng bí danh YAML (*).', en: 'YAML aliases (*) are not used here.' };
const badName = (name: string): Sentence => ({
  vi: `Tên biến "${name}" không dùng được: viết không dấu, chữ đầu thường, chỉ chữ và số, không trùng từ dành riêng.`,
  en: `"${name}" cannot name a variable: a small letter, then letters and digits, and no reserved word.`,
});
