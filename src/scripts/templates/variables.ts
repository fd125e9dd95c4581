import { DomainError, type Sentence } from '../../shared/domain-error.js';
import type { Template } from './template.js';
import { isMissing, readValue, type PrintedValue } from './variable-values.js';

/**
 * A record without a prototype: the only data that a template can access. Null for an optional value that is not given.
 */
export type PrintedVariables = Readonly<Record<string, PrintedValue | null>>;

export interface VariableProblem extends Sentence {
  name: string;
  /** Vietnamese label from the front matter; the name itself when it is not declared. */
  label: string;
  code: string;
}

/** All values in printed form. Throws `bad-variables` with each VariableProblem in `details.problems`. */
export function checkVariables(template: Template, variables: unknown): PrintedVariables {
  const { printed, problems } = readVariables(template, variables);
  if (problems.length === 0) return printed;
  throw new DomainError(
    'invalid',
    'bad-variables',
    {
      vi: `Chưa dựng được bài: ${problems.map((p) => p.vi).join('; ')}.`,
      en: `The text cannot be made: ${problems.map((p) => p.en).join('; ')}.`,
    },
    { problems },
  );
}

/** Required variables without a value, in declaration order. */
export function missingVariables(template: Template, variables: unknown): { name: string; label: string }[] {
  return readVariables(template, variables)
    .problems.filter((p) => p.code === 'missing')
    .map(({ name, label }) => ({ name, label }));
}

/** Like `checkVariables`, but returns the problems instead of throwing; a form shows each beside its field. */
export function readVariables(
  template: Template,
  variables: unknown,
): { printed: PrintedVariables; problems: VariableProblem[] } {
  const given = ownValues(variables);
  const problems: VariableProblem[] = [];
  const printed = Object.create(null) as Record<string, PrintedValue | null>;
  for (const [name, variable] of template.variables) {
    const { label } = variable;
    const own = given.get(name);
    const value = isMissing(own) ? variable.default : own;
    printed[name] = null;
    if (value === undefined) {
      if (!variable.required) continue;
      problems.push({ name, label, code: 'missing', vi: `thiếu "${label}" (${name})`, en: `"${name}" is missing` });
      continue;
    }
    const read = readValue(variable, value);
    if ('printed' in read) printed[name] = read.printed;
    else
      problems.push({
        name,
        label,
        code: read.code,
        vi: `"${label}" (${name}) ${read.fault.vi}`,
        en: `"${name}" ${read.fault.en}`,
      });
  }
  for (const name of given.keys()) {
    if (template.variables.has(name)) continue;
    problems.push({
      name,
      label: name,
      code: 'unknown',
      vi: `mẫu không có biến "${name}"`,
      en: `there is no variable "${name}"`,
    });
  }
  return { printed, problems };
}

function ownValues(variables: unknown): Map<string, unknown> {
  if (typeof variables !== 'object' || variables === null) return new Map();
  return new Map(Object.entries(variables));
}
