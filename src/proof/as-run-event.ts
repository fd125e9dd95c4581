import { z } from 'zod';
import type { Instant } from '../shared/clock.js';
import type { AsRunOutcome } from './evidence.js';

/** Maximum events in one POST; a station that was offline for days sends several. */
export const MAX_EVENTS = 500;

const instant = z.int().min(0).max(4_102_444_800_000); // up to the year 2100

export const asRunEvent = z.strictObject({
  sequence: z.int().min(1).max(2_147_483_647).describe('1, 2, 3 … in the order in which the station wrote its log.'),
  slotId: z.string().min(1).max(36),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of the file that sounded, or should have.'),
  startedAt: instant,
  endedAt: instant,
  outcome: z.enum(['played', 'partial', 'failed']),
  detail: z
    .string()
    .max(300)
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .optional()
    .describe('One line.'),
  acknowledgedAt: instant
    .optional()
    .describe(
      "Of an event that is sent again because it is `missing` here: when it was acknowledged before, by the station's clock.",
    ),
});

export const asRunBatch = z.strictObject({ events: z.array(asRunEvent).min(1).max(MAX_EVENTS) });

export interface AsRunEvent {
  sequence: number;
  slotId: string;
  sha256: string;
  startedAt: Instant;
  endedAt: Instant;
  outcome: AsRunOutcome;
  detail?: string;
  acknowledgedAt?: Instant;
}

export interface Receipt {
  /** New rows. */
  accepted: number;
  /** Events that were stored already with the same content. */
  duplicates: number;
  /** The highest number stored from this station: lower than what was acknowledged after a restore from a backup. */
  highest: number;
  /** Missing numbers below `highest`, ends included; at most 100 ranges, lowest first. */
  missing: { from: number; to: number }[];
}
