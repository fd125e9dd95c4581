import { type ChannelKind, channelKindNames, channelKinds } from '../../shared/channel-kind.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Fact } from '../../campaigns/fact.entity.js';
import type { Directive } from '../../directives/directive.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { draftFor } from '../../scripts/templates/pick-template.js';
import { pickSubject } from '../../scripts/templates/subject-group.js';
import { type LetterFacts, suggestVariables } from '../../scripts/templates/suggest.js';
import type { Template, Variable, VariableType, VariableValue } from '../../scripts/templates/template.js';
import { translate } from '../language/language.js';
import { readVariables, type VariableProblem } from '../../scripts/templates/variables.js';

/** The facts from which drafts are made. */
export interface DraftFacts {
  templates: readonly Template[];
  campaign: Campaign;
  directive: Directive;
  obligations: readonly Obligation[];
  facts: readonly Fact[];
  /** The speaker of a script for all units. */
  speaker: string;
}

/** The values of a refused form. */
export interface TypedDraft {
  channelKind: ChannelKind;
  templateCode?: string;
  title: string;
  text: string;
  variables: Readonly<Record<string, string>>;
}

export interface DraftForm {
  kind: ChannelKind;
  code: string;
  channel: string;
  name: string;
  purpose: string;
  /** The values that the letter lacks and a person must enter; '' when nothing is missing. */
  missing: string;
  open: boolean;
  fields: DraftField[];
}

export interface DraftField {
  name: string;
  label: string;
  required: boolean;
  example: string;
  value: string;
  long: boolean;
  list: boolean;
  input: string;
  problem: string;
}

const inputs: Record<VariableType, string> = {
  text: 'text',
  date: 'date',
  time: 'time',
  number: 'text',
  list: 'text',
  phone: 'tel',
  url: 'url',
};

/** The kinds of channel that the letter names; all when it names none. */
export function wantedKinds(obligations: readonly Pick<Obligation, 'channelKind'>[]): ChannelKind[] {
  const named = channelKinds.filter((kind) => obligations.some((one) => one.channelKind === kind));
  return named.length > 0 ? named : [...channelKinds];
}

/**
 * One form for each wanted kind, and another where the subject's own template needs more values than the letter gives.
 */
export function draftForms(from: DraftFacts, typed?: TypedDraft): DraftForm[] {
  const { templates, directive, obligations } = from;
  const subject = pickSubject(directive.subject ?? '', directive.body);
  const forms = wantedKinds(obligations).flatMap((kind) => {
    const facts = letterFacts(from, kind);
    const draft = draftFor(templates, subject, kind, facts);
    if (!draft) return [];
    const made = [draftForm(kind, draft.template, draft.variables, typed)];
    if (draft.wanted) {
      const { template } = draft.wanted;
      made.push(draftForm(kind, template, suggestVariables(template, facts), typed));
    }
    return made;
  });
  const first = forms[0];
  if (first && !typed) first.open = true;
  return forms;
}

function letterFacts({ directive, campaign, obligations, facts, speaker }: DraftFacts, kind: ChannelKind): LetterFacts {
  const obligation = obligations.find((one) => one.channelKind === kind);
  const known = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  return {
    directive,
    unitName: speaker,
    assignment: directive.assignments.find((one) => one.n === obligation?.assignment)?.text,
    until: obligation?.until ?? campaign.until,
    // Without a subject line the campaign's name is the matter.
    known: directive.subject ? known : { matter: campaign.name, ...known },
  };
}

function draftForm(
  kind: ChannelKind,
  template: Template,
  suggested: Record<string, VariableValue>,
  typed: TypedDraft | undefined,
): DraftForm {
  const mine = typed?.channelKind === kind && typed.templateCode === template.code ? typed.variables : undefined;
  const { problems } = readVariables(template, mine ?? suggested);
  return {
    kind,
    code: template.code,
    channel: translate(channelKindNames[kind]),
    name: template.name,
    purpose: template.purpose,
    missing: problems
      .filter((one) => one.code === 'missing')
      .map((one) => one.label)
      .join(', '),
    open: mine !== undefined,
    fields: [...template.variables].map(([name, variable]) =>
      draftField(name, variable, mine?.[name] ?? written(suggested[name]), mine ? problems : []),
    ),
  };
}

function draftField(name: string, variable: Variable, value: string, problems: readonly VariableProblem[]): DraftField {
  const { type, label, required, example, maxLength } = variable;
  return {
    name,
    label,
    required: required && variable.default === undefined,
    example: written(example),
    value,
    long: type === 'text' && maxLength > 300,
    list: type === 'list',
    input: inputs[type],
    problem: problems.find((one) => one.name === name)?.vi ?? '',
  };
}

/** A value as form text; a list has one item per line. */
function written(value: VariableValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('\n') : String(value);
}
