import type { Obligation } from '../../directives/obligation.entity.js';
import { type ObligationFields, obligationVersion } from '../../directives/obligation-correction.js';

/** The fields of the correction form; a field that the letter does not state is empty. */
export interface ObligationForm {
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
  if (refused?.obligationId !== id) return { id, ...written(obligation), seen: version, problems: {}, open: false };
  const { typed, problems, overtaken } = refused;
  return { id, ...typed, seen: overtaken ? version : typed.seen, problems, open: true };
}

/** A field that is no number becomes NaN, which the service refuses with a sentence. */
export function parseCorrection({ minPlaysPerDay, maxPlaysPerDay, from, until, reportDue }: ObligationForm) {
  const number = (text: string) => (text === '' ? null : Number(text));
  const fields: ObligationFields = {
    minPlaysPerDay: number(minPlaysPerDay),
    maxPlaysPerDay: number(maxPlaysPerDay),
    from: from || null,
    until: until || null,
    reportDue: reportDue || null,
  };
  return fields;
}

function written({ minPlaysPerDay, maxPlaysPerDay, from, until, reportDue }: Obligation): Omit<ObligationForm, 'seen'> {
  const text = (value: number | string | null) => String(value ?? '');
  return {
    minPlaysPerDay: text(minPlaysPerDay),
    maxPlaysPerDay: text(maxPlaysPerDay),
    from: text(from),
    until: text(until),
    reportDue: text(reportDue),
  };
}
