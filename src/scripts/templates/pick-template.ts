import type { ChannelKind } from '../../shared/channel-kind.js';
import type { SubjectGroup } from './subject-group.js';
import { suggestVariables, type LetterFacts } from './suggest.js';
import { servesChannel, type Template, type VariableValue } from './template.js';
import { missingVariables } from './variables.js';

/** The subject's template for a channel kind; a template of the exact loudspeaker kind wins over 'loudspeaker'. */
export function pickTemplate(
  templates: Iterable<Template>,
  subject: SubjectGroup,
  channel: ChannelKind,
): Template | undefined {
  const fitting = [...templates].filter((t) => t.subject === subject && servesChannel(t.kind, channel));
  return fitting.find((t) => t.kind === channel) ?? fitting[0];
}

export interface Draft {
  template: Template;
  variables: Record<string, VariableValue>;
  /** Required values that the letter does not contain and a person must enter. */
  missing: { name: string; label: string }[];
  /**
   * Set when the subject has its own template but the letter lacks values that it requires: the values a person could
   * still enter.
   */
  wanted?: { template: Template; missing: { name: string; label: string }[] };
}

/**
 * The best draft possible from the letter alone: the subject's own template when the letter fills all required
 * variables, else the general one. A vaccination letter without a day must not become an announcement with an invented
 * day.
 */
export function draftFor(
  templates: readonly Template[],
  subject: SubjectGroup,
  channel: ChannelKind,
  facts: LetterFacts,
): Draft | undefined {
  const own = filled(pickTemplate(templates, subject, channel), facts);
  if (own && own.missing.length === 0) return own;
  const general = filled(pickTemplate(templates, 'general', channel), facts);
  if (!general || subject === 'general') return own ?? general;
  return own ? { ...general, wanted: { template: own.template, missing: own.missing } } : general;
}

function filled(template: Template | undefined, facts: LetterFacts): Draft | undefined {
  if (!template) return undefined;
  const variables = suggestVariables(template, facts);
  return { template, variables, missing: missingVariables(template, variables) };
}
