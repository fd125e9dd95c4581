import type { LocalDate } from '../../shared/local-time.js';

/** Why the planner cannot meet a minimum. */
export const planShortfallCodes = [
  'unknown-channel', // the channel is not among those that were given
  'no-window', // no window opens that day
  'window-skipped', // an override silences the day
  'not-permitted', // windows open, but the policy forbids all of them
  'channel-closed', // the channel is paused or retired
  'past', // what was left of the day is over or inside the lock
  'clip-too-long', // longer than any window of the day
  'full', // windows are open and taken
] as const;
export type PlanShortfallCode = (typeof planShortfallCodes)[number];

/** `not-planned`: there is room, but no plan yet. `not-approved`: no approved content. */
export const shortfallCodes = [...planShortfallCodes, 'not-planned', 'not-approved'] as const;
export type ShortfallCode = (typeof shortfallCodes)[number];

/** A minimum that is not met on one channel and day, with the reason and what would meet it. */
export interface Shortfall {
  channelCode: string;
  channelName: string;
  date: LocalDate;
  campaignId: string;
  campaign: string;
  title: string;
  obligationId: string | null;
  wanted: number;
  placed: number;
  code: ShortfallCode;
  message: string;
  messageEn: string;
  wouldFree: string[];
}
