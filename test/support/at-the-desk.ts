import { Database } from '../../src/database/database.js';
import type { Difference } from '../../src/schedule/slots/slot-difference.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { SlotView } from '../../src/schedule/slots/slot-view.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip, type ApprovedClipOptions } from './approved-clip.js';
import { type Answer, type Client, json } from './client.js';
import type { House } from './house.js';

export const BAC_HA = 'truyen-thanh-phuong-bac-ha';
export const NAM_HA = 'truyen-thanh-phuong-nam-ha';

/** Local time in Hà Tĩnh on the day after every installation here opens (Tuesday 24 November 2026, 08:00). */
export const at = (time: string, date = '2026-11-25') => instantOf(date, time, VIETNAM);

export interface Refused {
  code: string;
  message: string;
  details: {
    field?: string;
    version?: number;
    meets: { id: string; title: string; own: boolean; bulletinClass: string }[];
    nearestFree: number[];
    choices: { choice: string; allowed?: boolean; code?: string | null; startsAt?: number | null }[];
  };
}

export type PlacedSlot = SlotView & { difference: Difference };

/** An approved clip of a campaign of that class; its script is the ward's own when a unit is named. */
export function clipOf(house: House, options: ApprovedClipOptions): Promise<ApprovedClip> {
  return approvedClip(house, options);
}

/** Places a clip on Bắc Hà's loudspeakers, or on the channel in `more`. */
export function place(client: Client, clip: ApprovedClip, startsAt: number, more: object = {}): Promise<Answer> {
  const { clipId, campaignId } = clip;
  return client.post('/api/slots', { channelCode: BAC_HA, clipId, campaignId, startsAt, ...more });
}

export async function placed(
  client: Client,
  clip: ApprovedClip,
  startsAt: number,
  more: object = {},
): Promise<PlacedSlot> {
  const answer = await place(client, clip, startsAt, more);
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return json<PlacedSlot>(answer);
}

export function slotOf(house: House, id: string): Promise<Slot> {
  return house.app.get(Database).read().findOneByOrFail(Slot, { id });
}

/** '409 overlap'. */
export async function codeOf(answer: Answer | Promise<Answer>): Promise<string> {
  const { status, text } = await answer;
  return `${status} ${text ? ((JSON.parse(text) as Partial<Refused>).code ?? '') : ''}`.trim();
}

/** The number of rows of everything that a change of the schedule writes. */
export async function rowCounts(house: House): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [
    'slot',
    'audit',
    'job',
    'make_good',
    'plan_change',
    'ward_decision',
    'campaign_demand',
    'session_frame',
  ]) {
    const rows: { n: string | number }[] = await house.app
      .get(Database)
      .read()
      .query(`SELECT COUNT(*) AS n FROM ${table}`);
    counts[table] = Number(rows[0]?.n);
  }
  return counts;
}
