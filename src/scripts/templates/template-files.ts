import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { DomainError } from '../../shared/domain-error.js';
import type { Template, TemplatePartial, TemplatePartials } from './template.js';
import { checkPartials, parsePartial, parseTemplate } from './template-file.js';
import { badTemplate, type TemplateProblem } from './template-problem.js';

export interface TemplateSet {
  /** Keyed and ordered by code. */
  templates: ReadonlyMap<string, Template>;
  partials: TemplatePartials;
}

const PARTIALS = 'partials';
const MAX_BYTES = 256 * 1024;

/**
 * Reads `<folder>/<subject>/<kind>.hbs` and `<folder>/partials/<name>.hbs`. Throws `bad-template` with the problems of
 * all files at once (file names relative to `folder`), including a code that two files share.
 */
export async function loadTemplateFiles(folder: string): Promise<TemplateSet> {
  const problems: TemplateProblem[] = [];
  const partials = new Map<string, TemplatePartial>();
  const sources: { file: string; source: string }[] = [];
  for (const path of await hbsFiles(folder)) {
    const file = relative(folder, path).split(sep).join('/');
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      problems.push({ file, line: 1, code: 'too-large', vi: 'Tệp mẫu quá lớn.', en: 'The file is too large.' });
    } else if (file.startsWith(`${PARTIALS}/`)) {
      const source = await readFile(path, 'utf8');
      const partial = collect(problems, () => parsePartial(source, file));
      if (partial) partials.set(partial.name, partial);
    } else {
      sources.push({ file, source: await readFile(path, 'utf8') });
    }
  }
  const ofPartials = checkPartials(partials);
  const reported = new Set(ofPartials.map((p) => `${p.file}:${p.line}:${p.code}`));
  problems.push(...ofPartials);

  const templates = new Map<string, Template>();
  for (const { file, source } of sources) {
    const template = collect(problems, () => parseTemplate(source, file, partials), reported);
    if (!template) continue;
    const twin = templates.get(template.code);
    if (twin) problems.push(duplicate(template, twin));
    else templates.set(template.code, template);
    if (file !== `${template.subject}/${template.kind}.hbs`) problems.push(misplaced(template));
  }
  if (problems.length > 0) throw badTemplate(problems);
  const inOrder = [...templates].sort(([a], [b]) => (a < b ? -1 : 1));
  return { templates: new Map(inOrder), partials };
}

async function hbsFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Returns the result of `read`, or collects its problems except those already reported for a partial. */
function collect<T>(
  problems: TemplateProblem[],
  read: () => T,
  reported: ReadonlySet<string> = new Set(),
): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'bad-template') throw error;
    const found = error.details['problems'] as readonly TemplateProblem[];
    problems.push(...found.filter((p) => !reported.has(`${p.file}:${p.line}:${p.code}`)));
    return undefined;
  }
}

function duplicate(template: Template, twin: Template): TemplateProblem {
  const { code, fileName } = template;
  return {
    file: fileName,
    line: codeLine,
    code: 'duplicate-code',
    vi: `Mã "${code}" đã có ở ${twin.fileName}.`,
    en: `The code "${code}" is taken by ${twin.fileName}.`,
  };
}

function misplaced({ subject, kind, fileName }: Template): TemplateProblem {
  return {
    file: fileName,
    line: codeLine,
    code: 'misplaced',
    vi: `Mẫu này phải nằm ở ${subject}/${kind}.hbs.`,
    en: `This template belongs in ${subject}/${kind}.hbs.`,
  };
}

/** Line of `code` in the front matter. Both faults concern the front matter and the file's name. */
const codeLine = 2;
