import { type ChannelKind, channelKindNames, channelKinds } from '../../shared/channel-kind.js';
import { translate } from '../language/language.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { type ObligationFields, obligationVersion } from '../../directives/obligation-correction.js';

/** The fields of the correction form; a field that the letter does not state is empty. */
export interface ObligationForm {
  channelKind: ChannelKind;
  /** One a line. */
  addressees: string;
  minPlaysPerDay: string;
  maxPlaysPerDay: string;
  from: string;
  until: string;
  reportDue: string;
  /** The version of the obligation that the page showed. */
  seen: string;
}

/** A refused correction form and the reason, for one of the forms of a page. */
export interface RefusedCorrection {
  obligationId: string;
  typed: ObligationForm;
  problems: Record<string, string>;
  /** Another person corrected the obligation first; the table shows that newer version before the next attempt. */
  overtaken: boolean;
}

export function obligationForm(obligation: Obligation, refused?: RefusedCorrection) {
  const { id } = obligation;
  const version = obligationVersion(obligation);
  if (refused?.obligationId !== id) {
    const form = withKinds(written(obligation));
    return { id, ...form, seen: version, problems: {}, open: false };
  }
  const { typed, problems, overtaken } = refused;
  return { id, ...withKinds(typed), seen: overtaken ? version : typed.seen, problems, open: true };
}

/** A field that is no number becomes NaN, which the service refuses with a sentence. */
export function parseCorrection(form: Omit<ObligationForm, 'seen'>) {
  const { channelKind, addressees, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue } = form;
  const number = (text: string) => (text === '' ? null : Number(text));
  const fields: ObligationFields = {
    channelKind,
    addressees: addressees.split('\n'),
    minPlaysPerDay: number(minPlaysPerDay),
    maxPlaysPerDay: number(maxPlaysPerDay),
    from: from || null,
    until: until || null,
    reportDue: reportDue || null,
  };
  return fields;
}

/** The empty form of an obligation that the reader missed. */
export const emptyObligation: Omit<ObligationForm, 'seen'> = {
  channelKind: 'ward-loudspeaker',
  addressees: '',
  minPlaysPerDay: '',
  maxPlaysPerDay: '',
  from: '',
  until: '',
  reportDue: '',
};

export function withKinds<T extends { channelKind: ChannelKind }>(form: T) {
  const kinds = channelKinds.map((kind) => {
    return { kind, name: translate(channelKindNames[kind]), chosen: kind === form.channelKind };
  });
  return { ...form, kinds };
}

function written(obligation: Obligation): Omit<ObligationForm, 'seen'> {
  const { channelKind, addressees, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue } = obligation;
  const text = (value: number | string | null) => String(value ?? '');
  return {
    channelKind,
    addressees: addressees.join('\n'),
    minPlaysPerDay: text(minPlaysPerDay),
    maxPlaysPerDay: text(maxPlaysPerDay),
    from: text(from),
    until: text(until),
    reportDue: text(reportDue),
  };
}
