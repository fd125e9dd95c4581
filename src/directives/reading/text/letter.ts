import type { ChannelKind } from '../../../shared/channel-kind.js';
import type { LocalDate } from '../../../shared/local-time.js';

/** A document that the letter cites. `date` is null when the letter gives none, or one without a year. */
export interface Reference {
  number: string;
  date: LocalDate | null;
}

/** One numbered point: what it orders, which units it addresses, through which channels. */
export interface Assignment {
  /** The printed number; a running count when the letter numbers its points in more than one series, or not at all. */
  n: number;
  addressees: string[];
  text: string;
  channels: ChannelKind[];
}

/** The letter as a document. A value that was not found is null or empty and named in `Letter.missing`. */
export interface DirectiveDraft {
  number: string | null;
  issuedOn: LocalDate | null;
  place: string | null;
  issuer: string | null;
  subject: string | null;
  /**
   * 'Khẩn', 'Thượng khẩn', 'Hỏa tốc' or 'Hỏa tốc hẹn giờ' (Nghị định 30/2020, Phụ lục I); null for an ordinary letter.
   */
  urgency: string | null;
  /** Kính gửi. */
  to: string[];
  references: Reference[];
  assignments: Assignment[];
  /** Nơi nhận. */
  recipients: string[];
}

/**
 * One demand on one set of units for one channel kind. Dates are inclusive; null means that the letter does not say.
 */
export interface ObligationDraft {
  assignment: number;
  channelKind: ChannelKind;
  minPlaysPerDay: number | null;
  maxPlaysPerDay: number | null;
  from: LocalDate | null;
  until: LocalDate | null;
  reportDue: LocalDate | null;
}

export interface Letter {
  directive: DirectiveDraft;
  obligations: ObligationDraft[];
  /** Names of the fields that the letter does not state, of the directive first, then of its obligations. */
  missing: string[];
  /** Vietnamese sentences for the person who checks the reading. */
  warnings: string[];
}
