import Handlebars from 'handlebars';
import { DomainError } from '../../shared/domain-error.js';
import { checkBody } from './body-check.js';
import { printHelpers } from './print-helpers.js';
import type { Rendered, Template, TemplatePartials } from './template.js';
import { noPartials } from './template-file.js';
import { badTemplate } from './template-problem.js';
import { checkVariables, type PrintedVariables } from './variables.js';
import { tidyText } from './variable-values.js';

/** Characters of a finished text: twenty minutes of speech. */
export const MAX_RENDERED_TEXT = 20_000;
export const MAX_TITLE = 400;

type Run = (data: TemplateData) => string;
type TemplateData = Readonly<Record<string, string | readonly object[] | null>>;

/** Compiled once per template and set of partials; both are immutable. */
const compiled = new WeakMap<TemplatePartials, WeakMap<Template, { title: Run; body: Run }>>();

/**
 * Fills a template. Values are checked against the declared types: `bad-variables` names each missing, unknown or
 * invalid one in `details.problems`. The result is plain text, NFC, at most MAX_RENDERED_TEXT characters
 * (`text-too-long`); {{…}} inside a value is printed literally.
 */
export function render(template: Template, variables: unknown, partials: TemplatePartials = noPartials): Rendered {
  const data = dataFor(checkVariables(template, variables));
  const { title, body } = compile(template, partials);
  return {
    title: tidied(run(title, data), MAX_TITLE).replace(/\s+/g, ' '),
    text: tidied(run(body, data), MAX_RENDERED_TEXT),
  };
}

/**
 * A record without a prototype. List items become String objects: Handlebars compares contexts with !=, which throws
 * between a primitive and an object that cannot be converted to one.
 */
function dataFor(printed: PrintedVariables): TemplateData {
  const data = Object.create(null) as Record<string, string | readonly object[] | null>;
  for (const [name, value] of Object.entries(printed)) {
    data[name] = value === null || typeof value === 'string' ? value : value.map((item) => Object(item) as object);
  }
  return data;
}

/** A Handlebars with only if, unless, each and our helpers. */
function makeEngine(): typeof Handlebars {
  const engine = Handlebars.create();
  for (const name of ['lookup', 'log', 'with', 'blockHelperMissing']) engine.unregisterHelper(name);
  engine.unregisterDecorator('inline');
  for (const [name, helper] of printHelpers) {
    // Handlebars adds its options object as the last argument.
    engine.registerHelper(name, (value: unknown, word: unknown) =>
      helper.print(value, typeof word === 'string' ? word : undefined),
    );
  }
  return engine;
}

const engine = makeEngine();

function compile(template: Template, partials: TemplatePartials): { title: Run; body: Run } {
  const known = compiled.get(partials) ?? new WeakMap<Template, { title: Run; body: Run }>();
  compiled.set(partials, known);
  const before = known.get(template);
  if (before) return before;
  // The template may have been parsed with other partials or built in code, so it is checked again before it is
  // compiled.
  const { fileName: file, variables } = template;
  const problems = [
    ...checkBody(template.title, { file, line: template.titleLine }, variables, partials).problems,
    ...checkBody(template.body, { file, line: template.bodyLine }, variables, partials).problems,
  ];
  if (problems.length > 0) throw badTemplate(problems);
  const made = { title: compileText(template.title, partials), body: compileText(template.body, partials) };
  known.set(template, made);
  return made;
}

function compileText(source: string, partials: TemplatePartials): Run {
  const template = engine.compile<TemplateData>(source, {
    // The output is plain text: pages escape it, and a script must not contain "&amp;".
    noEscape: true,
    strict: true,
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries([...printHelpers.keys()].map((name) => [name, true])),
  });
  const bodies = Object.fromEntries([...partials.values()].map(({ name, body }) => [name, body]));
  return (data) =>
    template(data, {
      partials: bodies,
      allowProtoPropertiesByDefault: false,
      allowProtoMethodsByDefault: false,
      allowCallsToHelperMissing: false,
    });
}

function run(text: Run, data: TemplateData): string {
  try {
    return text(data);
  } catch (error) {
    throw new DomainError(
      'invalid',
      'template-failed',
      { vi: 'Không dựng được bài từ mẫu này.', en: 'The template could not be filled.' },
      {},
      { cause: error },
    );
  }
}

/** The length is checked before tidying as well, because tidying a very long text is slow. */
function tidied(raw: string, max: number): string {
  const text = raw.length > max * 4 ? raw : tidyText(raw);
  if (text.length <= max) return text;
  throw new DomainError(
    'invalid',
    'text-too-long',
    {
      vi: `Bài dài quá ${max} ký tự; hãy rút ngắn các nội dung đã điền.`,
      en: `The text is longer than ${max} characters; shorten what was filled in.`,
    },
    { length: text.length, max },
  );
}
