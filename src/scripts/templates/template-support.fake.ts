import { DomainError } from '../../shared/domain-error.js';
import type { TemplatePartial, TemplatePartials } from './template.js';
import { parsePartial, parseTemplate } from './template-file.js';
import type { TemplateProblem } from './template-problem.js';

/** Partials by name, for specs. */
export function partialsOf(bodies: Record<string, string>): TemplatePartials {
  return new Map<string, TemplatePartial>(
    Object.entries(bodies).map(([name, body]) => [name, parsePartial(body, `partials/${name}.hbs`)]),
  );
}

/** The problems that `parseTemplate` reports; empty for a valid source. */
export function templateProblemsOf(source: string, partials?: TemplatePartials): TemplateProblem[] {
  try {
    parseTemplate(source, 'demo.hbs', partials);
  } catch (error) {
    if (error instanceof DomainError) return error.details['problems'] as TemplateProblem[];
    throw error;
  }
  return [];
}

export const problemTexts = (problems: readonly TemplateProblem[]) =>
  problems.map((p) => `${p.file}:${p.line} ${p.code}`);
