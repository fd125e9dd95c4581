import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { Script } from '../scripts/script.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { UPLOADED } from '../audio/store/upload-store.js';
import { Approval } from '../approvals/approval.entity.js';
import type { Scope } from '../approvals/scope.js';
import { Slot } from '../schedule/slots/slot.entity.js';

/** An approved clip and when it was first aired in the unit. */
export interface AiredClip {
  clipId: string;
  title: string;
  text: string;
  sha256: string;
  bytes: number;
  durationMs: number;
  airedAt: Instant;
}

/** An approved text for websites, since when it was both approved and aired, and the scope of its approval. */
export interface AiredText {
  versionId: string;
  title: string;
  text: string;
  since: Instant;
  scope: Scope | null;
}

/** Clips of one order are stored within this time, in milliseconds. */
const ONE_ORDER_MS = 2_000;
const LOUDSPEAKERS = ['city-loudspeaker', 'ward-loudspeaker'];

/** The newest clips that aired on the loudspeakers of `unitId`; one row per clip, however often it played. */
export async function airedClips(em: EntityManager, unitId: string, limit: number): Promise<AiredClip[]> {
  const query = approvedClips(played(em))
    .andWhere('h.unit_id = :unitId', { unitId })
    .select('c.id', 'clipId')
    .addSelect('v.title', 'title')
    .addSelect('v.body', 'text')
    .addSelect('COALESCE(w.sha256, c.sha256)', 'sha256')
    .addSelect('COALESCE(w.bytes, c.bytes)', 'bytes')
    .addSelect('COALESCE(w.duration_ms, c.duration_ms)', 'durationMs')
    .addSelect('MIN(s.starts_at)', 'aired')
    .groupBy('c.id')
    .addGroupBy('v.id')
    .addGroupBy('w.id')
    .orderBy('aired', 'DESC')
    .addOrderBy('c.id', 'DESC')
    .limit(limit);
  const rows = await query.getRawMany<Omit<AiredClip, 'airedAt'> & { aired: string | number }>();
  // PostgreSQL returns a bigint as text.
  return rows.map(({ aired, ...row }) => ({ ...row, airedAt: Number(aired) }));
}

/** The newest texts for this unit's website, from campaigns that aired there. */
export async function airedTexts(em: EntityManager, unitId: string, limit: number): Promise<AiredText[]> {
  const since = 'CASE WHEN a.decided_at > MIN(s.starts_at) THEN a.decided_at ELSE MIN(s.starts_at) END';
  const query = withApproval(played(em).innerJoin(Script, 'p', 'p.campaign_id = s.campaign_id'), 'v.script_id = p.id')
    .andWhere('h.unit_id = :unitId', { unitId })
    // A text for one ward appears only in that ward's feed.
    .andWhere("p.channel_kind = 'website' AND (p.unit_id IS NULL OR p.unit_id = :unitId)")
    .select('v.id', 'versionId')
    .addSelect('v.title', 'title')
    .addSelect('v.body', 'text')
    .addSelect(since, 'since')
    .addSelect('a.scope', 'scope')
    .groupBy('v.id')
    .addGroupBy('a.id')
    .orderBy('since', 'DESC')
    .addOrderBy('v.id', 'DESC')
    .limit(limit);
  const rows = await query.getRawMany<
    Omit<AiredText, 'since' | 'scope'> & { since: string | number; scope: unknown }
  >();
  return rows.map((row) => ({ ...row, since: Number(row.since), scope: scopeOf(row.scope) }));
}

/** A raw row holds JSON as text on SQLite. */
function scopeOf(raw: unknown): Scope | null {
  return (typeof raw === 'string' ? JSON.parse(raw) : raw) as Scope | null;
}

/** True when the clip with this hash aired on the loudspeakers of a unit that has a feed, and is still approved. */
export function isAired(em: EntityManager, sha256: string): Promise<boolean> {
  const website = "SELECT 1 FROM channel w WHERE w.unit_id = u.id AND w.kind = 'website' AND w.active = :yes";
  return approvedClips(played(em).innerJoin('unit', 'u', 'u.id = h.unit_id'))
    .andWhere('(c.sha256 = :sha256 OR w.sha256 = :sha256)', { sha256 })
    .andWhere(`u.active = :yes AND (u.kind IN ('ward', 'commune') OR EXISTS (${website}))`, { yes: true })
    .getExists();
}

function played(em: EntityManager): SelectQueryBuilder<Slot> {
  return em
    .createQueryBuilder(Slot, 's')
    .innerJoin(Channel, 'h', 'h.id = s.channel_id AND h.kind IN (:...kinds)', { kinds: LOUDSPEAKERS })
    .where("s.state = 'played'");
}

/**
 * The clip that aired (c) is still the approved one: a clip rendered again needs a new approval. With it the clip for
 * the web (w), when one with the same words was approved together with it.
 */
function approvedClips(query: SelectQueryBuilder<Slot>): SelectQueryBuilder<Slot> {
  const newerThan = (clip: string) => `SELECT 1 FROM clip n WHERE n.script_version_id = ${clip}.script_version_id
    AND n.profile = ${clip}.profile AND n.state = 'ready' AND n.ready_at > ${clip}.ready_at`;
  const newer = newerThan('c');
  // Recordings have no words to compare: they are the same when they were uploaded in one order.
  const together = `(COALESCE(c.engine, '') <> '${UPLOADED}' OR w.created_at BETWEEN c.created_at AND c.created_at + ${ONE_ORDER_MS})`;
  const forWeb = `w.script_version_id = c.script_version_id AND w.profile = 'web' AND w.state = 'ready'
    AND w.spoken_hash = c.spoken_hash AND ${together} AND NOT EXISTS (${newerThan('w')})`;
  const clips = query.innerJoin(Clip, 'c', "c.id = s.clip_id AND c.state = 'ready'").leftJoin(Clip, 'w', forWeb);
  return withApproval(clips, 'v.id = c.script_version_id').andWhere(`NOT EXISTS (${newer})`);
}

function withApproval(query: SelectQueryBuilder<Slot>, version: string): SelectQueryBuilder<Slot> {
  return query
    .innerJoin(ScriptVersion, 'v', `${version} AND v.state = 'approved'`)
    .innerJoin(Approval, 'a', "a.script_version_id = v.id AND a.decision = 'approved' AND a.voided_at IS NULL");
}

/** The number of units in whose feeds a version stands now, as the clip that aired there or as the text for websites. */
export async function unitsWithFeedItem(em: EntityManager, versionId: string): Promise<number> {
  const texts = withApproval(played(em).innerJoin(Script, 'p', 'p.campaign_id = s.campaign_id'), 'v.script_id = p.id')
    .andWhere("p.channel_kind = 'website' AND (p.unit_id IS NULL OR p.unit_id = h.unit_id)")
    .andWhere('v.id = :versionId', { versionId });
  const clips = approvedClips(played(em)).andWhere('v.id = :versionId', { versionId });
  const units = await Promise.all(
    [clips, texts].map((query) => query.select('DISTINCT h.unit_id', 'unitId').getRawMany<{ unitId: string }>()),
  );
  return new Set(units.flat().map(({ unitId }) => unitId)).size;
}
