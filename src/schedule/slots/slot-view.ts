import type { EntityManager } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { StationIdent } from '../../audio/idents/station-ident.entity.js';
import type { BulletinClass } from '../../campaigns/bulletin-class.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import type { SlotState } from './slot.transitions.js';
import { Slot } from './slot.entity.js';
import type { SlotKind, SlotRole } from './slot-kind.js';
import { type Start, type StartColumns, startRuleOf } from './start-rule.js';

/** A slot with names for people. Instants in ms of UTC, `date` in the channel's zone. */
export interface SlotView {
  id: string;
  /** Grows by one with every change. */
  version: number;
  createdAt: Instant;
  channelId: string;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
  state: SlotState;
  reason: string | null;
  /** For an ended slot: until when evidence may correct `state`; null when it is final. */
  evidenceUntil: Instant | null;
  /** Missed only because no evidence has arrived; a log may still arrive. */
  noWord: boolean;
  /** Why it is placed there, in Vietnamese. */
  why: string;
  windowId: string | null;
  kind: SlotKind;
  role: SlotRole;
  start: Start;
  title: string;
  /** Null (and '' for the name) for a relay without a campaign, an opening and a closing. */
  campaignId: string | null;
  campaign: string;
  /** `normal` when there is no campaign. */
  bulletinClass: BulletinClass;
  obligationId: string | null;
  /** Null for a relay and a live item, as are `sha256` and `bytes`; a station ident has those but no clip. */
  clipId: string | null;
  stationCallId: string | null;
  scriptVersionId: string | null;
  /** The unit that the script was written for; null when it is for all units. */
  scriptUnitId: string | null;
  sha256: string | null;
  bytes: number | null;
  /** The measured length of the clip; for a relay or a live item, the requested length. */
  durationMs: number;
  /** For a relay. */
  streamUrl: string | null;
  /** For a live item: the text that the announcer reads. */
  script: string | null;
  /** For a station ident: its text. */
  words: string | null;
  makeGoodFor: string | null;
  replacedBy: string | null;
  authorisedBy: string | null;
  held: boolean;
}

export type SlotFilter =
  | { channelId: string; from: LocalDate; until: LocalDate }
  | { channelIds: readonly string[]; from: LocalDate; until: LocalDate }
  | { ids: readonly string[] };

const ROLE_NAMES = { item: '', opening: 'Mở đầu buổi phát', closing: 'Kết thúc buổi phát' } as const;

/** Ordered by start. Every state, so that a day shows what was cancelled and why. */
export async function slotViews(em: EntityManager, filter: SlotFilter): Promise<SlotView[]> {
  const query = em
    .createQueryBuilder()
    .from(Slot, 's')
    .leftJoin(Clip, 'c', 'c.id = s.clip_id')
    .leftJoin(StationIdent, 'x', 'x.id = s.station_call_id')
    .leftJoin(ScriptVersion, 'v', 'v.id = COALESCE(s.script_version_id, c.script_version_id)')
    .leftJoin(Script, 'w', 'w.id = v.script_id')
    .leftJoin(Campaign, 'k', 'k.id = s.campaign_id')
    .orderBy('s.starts_at')
    .addOrderBy('s.id');
  for (const [name, column] of Object.entries(columns)) query.addSelect(column, name);
  if ('ids' in filter) query.where('s.id IN (:...ids)', { ids: filter.ids.length > 0 ? filter.ids : [''] });
  else if ('channelId' in filter) query.where('s.channel_id = :channelId AND s.date BETWEEN :from AND :until', filter);
  else {
    if (filter.channelIds.length === 0) return [];
    query.where('s.channel_id IN (:...channelIds) AND s.date BETWEEN :from AND :until', filter);
  }
  return (await query.getRawMany<Row>()).map(view);
}

/** Only times and states of the slots of one local date, ordered by start. */
export async function slotTimes(
  em: EntityManager,
  channelIds: readonly string[],
  date: LocalDate,
): Promise<Pick<SlotView, 'id' | 'channelId' | 'state' | 'startsAt' | 'endsAt' | 'noWord'>[]> {
  if (channelIds.length === 0) return [];
  const rows = await em
    .createQueryBuilder()
    .from(Slot, 's')
    .select('s.id', 'id')
    .addSelect('s.channel_id', 'channelId')
    .addSelect('s.state', 'state')
    .addSelect('s.starts_at', 'startsAt')
    .addSelect('s.ends_at', 'endsAt')
    .addSelect('s.no_word', 'noWord')
    .where('s.channel_id IN (:...channelIds) AND s.date = :date', { channelIds, date })
    .orderBy('s.starts_at')
    .addOrderBy('s.id')
    .getRawMany<Pick<Row, 'id' | 'channelId' | 'state' | 'startsAt' | 'endsAt' | 'noWord'>>();
  return rows.map((row) => ({
    ...row,
    startsAt: Number(row.startsAt),
    endsAt: Number(row.endsAt),
    noWord: Boolean(row.noWord),
  }));
}

const columns: Record<keyof Row, string> = {
  id: 's.id',
  version: 's.version',
  createdAt: 's.created_at',
  channelId: 's.channel_id',
  date: 's.date',
  startsAt: 's.starts_at',
  endsAt: 's.ends_at',
  state: 's.state',
  reason: 's.reason',
  evidenceUntil: 's.evidence_until',
  noWord: 's.no_word',
  why: 's.why',
  windowId: 's.window_id',
  kind: 's.kind',
  role: 's.role',
  startRule: 's.start_rule',
  waitSeconds: 's.wait_seconds',
  ownTitle: 's.title',
  scriptTitle: 'v.title',
  campaignId: 's.campaign_id',
  campaign: 'k.name',
  bulletinClass: 'k.bulletin_class',
  obligationId: 's.obligation_id',
  clipId: 's.clip_id',
  stationCallId: 's.station_call_id',
  scriptVersionId: 'v.id',
  scriptUnitId: 'w.unit_id',
  sha256: 'COALESCE(c.sha256, x.sha256)',
  bytes: 'COALESCE(c.bytes, x.bytes)',
  clipMs: 'COALESCE(c.duration_ms, x.duration_ms)',
  words: 'x.spoken',
  streamUrl: 's.stream_url',
  // For live items only: a day of a province has some thousand rows, and texts are long.
  body: "CASE WHEN s.kind = 'live' THEN v.body END",
  makeGoodFor: 's.make_good_for',
  replacedBy: 's.replaced_by',
  authorisedBy: 's.authorised_by',
  held: 's.held',
};

type Row = Omit<
  SlotView,
  | 'createdAt'
  | 'startsAt'
  | 'endsAt'
  | 'evidenceUntil'
  | 'noWord'
  | 'start'
  | 'title'
  | 'campaign'
  | 'bulletinClass'
  | 'durationMs'
  | 'script'
  | 'held'
> &
  StartColumns & {
    createdAt: string | number;
    startsAt: string | number;
    endsAt: string | number;
    evidenceUntil: string | number | null;
    noWord: boolean | number;
    ownTitle: string | null;
    scriptTitle: string | null;
    campaign: string | null;
    bulletinClass: BulletinClass | null;
    clipMs: number | null;
    body: string | null;
    held: boolean | number;
  };

function view(row: Row): SlotView {
  const { startRule, waitSeconds, ownTitle, scriptTitle, clipMs, body, ...rest } = row;
  const { startsAt, endsAt, evidenceUntil } = momentsOf(row);
  return {
    ...rest,
    createdAt: Number(row.createdAt),
    startsAt,
    endsAt,
    evidenceUntil,
    start: startRuleOf({ startRule, waitSeconds }),
    title: ownTitle ?? scriptTitle ?? ROLE_NAMES[row.role],
    campaign: row.campaign ?? '',
    bulletinClass: row.bulletinClass ?? 'normal',
    durationMs: row.kind === 'clip' ? (clipMs ?? endsAt - startsAt) : endsAt - startsAt,
    script: row.kind === 'live' ? body : null,
    // SQLite returns a boolean as a number.
    held: Boolean(row.held),
    noWord: Boolean(row.noWord),
  };
}

/** PostgreSQL returns 64-bit integers as text. */
function momentsOf({ startsAt, endsAt, evidenceUntil }: Pick<Row, 'startsAt' | 'endsAt' | 'evidenceUntil'>) {
  const until = evidenceUntil === null ? null : Number(evidenceUntil);
  return { startsAt: Number(startsAt), endsAt: Number(endsAt), evidenceUntil: until };
}
