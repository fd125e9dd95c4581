import type { EntityManager } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import type { LocalDate } from '../shared/local-time.js';
import { Clip } from '../audio/clip.entity.js';
import type { BulletinClass } from '../campaigns/bulletin-class.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import type { SlotState } from './planning/slot.transitions.js';
import { Slot } from './slot.entity.js';

/** A slot with the names that people know it by. Instants in ms of UTC, `date` in the channel's zone. */
export interface SlotView {
  id: string;
  channelId: string;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
  state: SlotState;
  reason: string | null;
  /** Why it stands there, in Vietnamese. */
  why: string;
  windowId: string | null;
  title: string;
  campaignId: string;
  campaign: string;
  bulletinClass: BulletinClass;
  obligationId: string | null;
  clipId: string;
  scriptVersionId: string;
  sha256: string;
  bytes: number;
  /** Of the clip, measured. */
  durationMs: number;
}

export type SlotFilter =
  | { channelId: string; from: LocalDate; until: LocalDate }
  | { channelIds: readonly string[]; from: LocalDate; until: LocalDate }
  | { ids: readonly string[] }
  /** Planned ones that ended before this, oldest first. */
  | { endedBefore: Instant; limit: number };

/** By start. Every state, so that a day shows what was cancelled and why. */
export async function slotViews(em: EntityManager, filter: SlotFilter): Promise<SlotView[]> {
  const query = em
    .createQueryBuilder()
    .from(Slot, 's')
    .innerJoin(Clip, 'c', 'c.id = s.clip_id')
    .innerJoin(ScriptVersion, 'v', 'v.id = c.script_version_id')
    .innerJoin(Campaign, 'k', 'k.id = s.campaign_id')
    .select('s.id', 'id')
    .addSelect('s.channel_id', 'channelId')
    .addSelect('s.date', 'date')
    .addSelect('s.starts_at', 'startsAt')
    .addSelect('s.ends_at', 'endsAt')
    .addSelect('s.state', 'state')
    .addSelect('s.reason', 'reason')
    .addSelect('s.why', 'why')
    .addSelect('s.window_id', 'windowId')
    .addSelect('v.title', 'title')
    .addSelect('s.campaign_id', 'campaignId')
    .addSelect('k.name', 'campaign')
    .addSelect('k.bulletin_class', 'bulletinClass')
    .addSelect('s.obligation_id', 'obligationId')
    .addSelect('s.clip_id', 'clipId')
    .addSelect('c.script_version_id', 'scriptVersionId')
    .addSelect('c.sha256', 'sha256')
    .addSelect('c.bytes', 'bytes')
    .addSelect('c.duration_ms', 'durationMs')
    .orderBy('s.starts_at')
    .addOrderBy('s.id');
  if ('ids' in filter) query.where('s.id IN (:...ids)', { ids: filter.ids.length > 0 ? filter.ids : [''] });
  else if ('channelId' in filter) query.where('s.channel_id = :channelId AND s.date BETWEEN :from AND :until', filter);
  else if ('channelIds' in filter) {
    if (filter.channelIds.length === 0) return [];
    query.where('s.channel_id IN (:...channelIds) AND s.date BETWEEN :from AND :until', filter);
  } else query.where("s.state = 'planned' AND s.ends_at < :endedBefore", filter).limit(filter.limit);
  const rows = await query.getRawMany<SlotView>();
  // PostgreSQL hands 64-bit integers over as text.
  return rows.map((row) => ({ ...row, startsAt: Number(row.startsAt), endsAt: Number(row.endsAt) }));
}
