import { channelKinds, isLoudspeaker, type ChannelKind } from '../../shared/channel-kind.js';
import type { SubjectGroup } from './subject-group.js';

/**
 * A channel kind, or 'loudspeaker' for both loudspeaker kinds: city and ward stations differ only in the station name,
 * which is a variable, so one text usually serves both. A template of the exact kind wins over 'loudspeaker'.
 */
export const templateKinds = ['loudspeaker', ...channelKinds] as const;
export type TemplateKind = (typeof templateKinds)[number];

export function servesChannel(kind: TemplateKind, channel: ChannelKind): boolean {
  return kind === channel || (kind === 'loudspeaker' && isLoudspeaker(channel));
}

export const variableTypes = ['text', 'date', 'time', 'number', 'list', 'phone', 'url'] as const;
export type VariableType = (typeof variableTypes)[number];

/** An input value: dates 'YYYY-MM-DD', times 'HH:MM', a list as an array or as text with one item a line. */
export type VariableValue = string | number | readonly string[];

export interface Variable {
  type: VariableType;
  /** Vietnamese label in the form. */
  label: string;
  required: boolean;
  example: VariableValue;
  /** Used when no value is given. */
  default?: VariableValue;
  /** Characters of a text, or of each item of a list. */
  maxLength: number;
}

export interface Template {
  code: string;
  name: string;
  kind: TemplateKind;
  subject: SubjectGroup;
  /** Purpose, in Vietnamese. */
  purpose: string;
  /** Handlebars, one line. */
  title: string;
  titleLine: number;
  /** Handlebars, plain text. */
  body: string;
  /** 1-based line of the file on which the body starts; problems carry lines of the file. */
  bodyLine: number;
  variables: ReadonlyMap<string, Variable>;
  fileName: string;
}

/** A piece of text that templates include with {{> name}}. It uses the variables of the including template. */
export interface TemplatePartial {
  name: string;
  body: string;
  fileName: string;
}

export type TemplatePartials = ReadonlyMap<string, TemplatePartial>;

export interface Rendered {
  /** One line. */
  title: string;
  /** Plain text; a page that shows it as HTML escapes it. */
  text: string;
}
