import type { DirectiveKind } from '../../directives/directive.entity.js';
import type { ChannelKind } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { ProgressState, StateCounts, Tally } from './progress-state.js';

/**
 * One obligation in one unit. Counts are plays on loudspeakers and posts on a fanpage; zero where nothing is measured.
 */
export interface ProgressCell extends Tally {
  obligationId: string;
  state: ProgressState;
  /** Plays owed by now: the minimum of each day that is over, or what was possible on it; see reports/owed. */
  required: number;
  /** Plays that are certainly missing of those required: neither played nor awaited. */
  short: number;
  /** Days that are over and owed plays. */
  daysRequired: number;
  channels: string[];
}

export interface ProgressColumn {
  obligationId: string;
  /** The point of the letter. */
  assignment: number;
  /** The text of that point; empty when the letter's points were not read. */
  text: string;
  channelKind: ChannelKind;
  addressees: string[];
  minPlaysPerDay: number | null;
  from: LocalDate | null;
  until: LocalDate | null;
  /** The day of the first plan, from which days count; null without one. */
  firstPlanned: LocalDate | null;
  reportDue: LocalDate | null;
  measured: boolean;
  /** Units by state. */
  states: StateCounts;
}

export interface ProgressRow {
  unitId: string;
  unitCode: string;
  unitName: string;
  /** The worst of its cells. */
  state: ProgressState;
  /** In the order of the columns; null where the obligation does not ask this unit. */
  cells: (ProgressCell | null)[];
}

/** Obligations × units of one directive, limited to what the actor may see. */
export interface DirectiveProgress {
  directive: {
    kind: DirectiveKind;
    id: string;
    number: string;
    issuedOn: LocalDate;
    issuer: string;
    place: string | null;
    subject: string | null;
  };
  generatedAt: Instant;
  columns: ProgressColumn[];
  rows: ProgressRow[];
  /** Cells by state. */
  states: StateCounts;
}
