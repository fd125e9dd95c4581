import type { ChannelKind } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { EvidenceGrade } from '../../proof/evidence.js';

/** Slots, or posts on a fanpage, by outcome. `planned` = aired + missed + waiting. */
export interface Counts {
  planned: number;
  aired: number;
  missed: number;
  /** Not due yet, or over while evidence may still come (half an hour after a failure, a day after silence). */
  waiting: number;
  cancelled: number;
  replaced: number;
  /** Counted as missed, but a device log that arrived after the outcome was final says that it played. */
  lateReported: number;
  /** Played by a station although it had been cancelled or replaced. */
  offPlan: number;
  /** The best evidence of each slot that aired: A device log and recording, B device log, C operator, D asserted. */
  grades: Record<EvidenceGrade, number>;
}

export interface Fulfilment {
  /** Plays a day that the directive asks for; null when it gives no number. */
  minimumPerDay: number | null;
  /** The first day that counts: that of the first plan; null while nothing is planned. See reports/owed. */
  firstDay: LocalDate | null;
  /** Days that are over and on which plays were possible. */
  daysRequired: number;
  /** Those of them with at least the minimum, or what was possible; without a minimum, with at least one play. */
  daysMet: number;
  /** The whole period. */
  daysInPeriod: number;
}

export interface DayLine {
  date: LocalDate;
  campaignId: string;
  counts: Counts;
}

export interface UnitLine {
  unitCode: string;
  unitName: string;
  channelCode: string;
  channelName: string;
  counts: Counts;
  fulfilment: Fulfilment;
  /** Empty in a report that is counted by unit. */
  days: DayLine[];
  /** On a fanpage: posts by state, and the links of the published ones. */
  posts?: { byState: Record<string, number>; links: string[] };
}

export interface ObligationLine {
  /** Null for slots placed without an obligation. */
  obligationId: string | null;
  assignment: number | null;
  channelKind: ChannelKind;
  addressees: string[];
  from: LocalDate | null;
  until: LocalDate | null;
  reportDue: LocalDate | null;
  /** False where Loa has no evidence of its own: the units report by hand. */
  measured: boolean;
  counts: Counts;
  units: UnitLine[];
}

/** Planned × aired × missed of one directive, computed, with the quality of the evidence. */
export interface DirectiveReport {
  directive: { id: string; number: string; issuedOn: LocalDate; issuer: string; subject: string | null };
  generatedAt: Instant;
  campaigns: { id: string; name: string; from: LocalDate; until: LocalDate }[];
  counts: Counts;
  obligations: ObligationLine[];
}

/** Best first. */
export const grades: readonly EvidenceGrade[] = ['A', 'B', 'C', 'D'];

export function noCounts(): Counts {
  return {
    planned: 0,
    aired: 0,
    missed: 0,
    waiting: 0,
    cancelled: 0,
    replaced: 0,
    lateReported: 0,
    offPlan: 0,
    grades: { A: 0, B: 0, C: 0, D: 0 },
  };
}

export function sum(parts: readonly Counts[]): Counts {
  const total = noCounts();
  for (const part of parts) {
    total.planned += part.planned;
    total.aired += part.aired;
    total.missed += part.missed;
    total.waiting += part.waiting;
    total.cancelled += part.cancelled;
    total.replaced += part.replaced;
    total.lateReported += part.lateReported;
    total.offPlan += part.offPlan;
    for (const grade of grades) total.grades[grade] += part.grades[grade];
  }
  return total;
}
