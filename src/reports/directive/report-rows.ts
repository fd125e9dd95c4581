import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../shared/local-time.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Unit } from '../../people/units/unit.entity.js';
import { Post } from '../../posts/state/post.entity.js';
import { Slot } from '../../schedule/slots/slot.entity.js';
import type { ChannelFacts, PostFacts, SlotGroup } from './build-report.js';
import { grades, noCounts } from './directive-report.js';

/** Counted day by day, or over all days where single days are not shown. */
export type CountedBy = 'day' | 'unit';

/**
 * Two statements: the slots of these campaigns, counted by campaign, obligation, channel and day, with their best
 * evidence. Counted by `unit`, missed and waiting slots are one group per channel, without a date; played slots keep
 * their days, since a day meets the minimum or does not. Both use an index that contains every column they need, in the
 * order in which they group; see the migration of that index.
 */
export async function slotGroups(
  em: EntityManager,
  campaignIds: readonly string[],
  by: CountedBy,
): Promise<SlotGroup[]> {
  if (campaignIds.length === 0) return [];
  return [...(await unplayed(em, campaignIds, by)), ...(await played(em, campaignIds))];
}

/**
 * A miss counts only once it is final: until then a log may still arrive, and the report would name a failure that did
 * not happen.
 */
const finalMiss = `slot.state = 'missed' AND slot.evidence_until IS NULL`;
const sums = {
  missed: finalMiss,
  waiting: `slot.state = 'planned' OR (slot.state = 'missed' AND slot.evidence_until IS NOT NULL)`,
  cancelled: `slot.state = 'cancelled'`,
  replaced: `slot.state = 'replaced'`,
  lateReported: `${finalMiss} AND EXISTS (${runs('1')} AND run.grade IN ('A', 'B'))`,
  offPlan: `slot.state IN ('cancelled', 'replaced') AND EXISTS (${runs('1')})`,
} as const;

async function unplayed(em: EntityManager, campaignIds: readonly string[], by: CountedBy): Promise<SlotGroup[]> {
  const query = grouped(em, campaignIds).andWhere(`slot.state <> 'played'`);
  if (by === 'day') query.addSelect('slot.date', 'date').addGroupBy('slot.date');
  for (const [name, condition] of Object.entries(sums))
    query.addSelect(`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`, name);
  const rows = await query.getRawMany<Of & Record<keyof typeof sums, Figure>>();
  return rows.map(({ campaignId, obligationId, channelId, date = '', ...row }) => {
    const counts = noCounts();
    // PostgreSQL returns sums as text.
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) counts[name] = Number(row[name]);
    counts.planned = counts.missed + counts.waiting;
    return { campaignId, obligationId, channelId, date, counts };
  });
}

/**
 * Encodes in one number how many slots of a group have A, B, C or D as their best evidence: SQLite would look up the
 * evidence of a slot once for each sum that uses it. A group is a day of one channel, which has fewer plays than this.
 */
const MAX_OF_A_GRADE = 8_192;
const weights = grades.map((_, n) => MAX_OF_A_GRADE ** n);

async function played(em: EntityManager, campaignIds: readonly string[]): Promise<SlotGroup[]> {
  const cases = grades.map((grade, n) => `WHEN '${grade}' THEN ${weights[n]}`).join(' ');
  const rows = await grouped(em, campaignIds)
    .andWhere(`slot.state = 'played'`)
    .addSelect('slot.date', 'date')
    .addGroupBy('slot.date')
    .addSelect('COUNT(*)', 'slots')
    .addSelect(`SUM(COALESCE((${runs(`CASE MIN(run.grade) ${cases} END`)}), 0))`, 'evidence')
    .getRawMany<Of & { slots: Figure; evidence: Figure }>();
  return rows.map(({ slots, evidence, date = '', ...of }) => {
    const n = Number(slots);
    const [A = 0, B = 0, C = 0] = weights.map((weight) => Math.floor(Number(evidence) / weight) % MAX_OF_A_GRADE);
    // A played slot without a row of evidence was asserted by the person who set it so.
    const counts = { ...noCounts(), planned: n, aired: n, grades: { A, B, C, D: n - A - B - C } };
    return { ...of, date, counts };
  });
}

type Figure = string | number;
type Of = Pick<SlotGroup, 'campaignId' | 'obligationId' | 'channelId'> & { date?: LocalDate };

function grouped(em: EntityManager, campaignIds: readonly string[]) {
  return em
    .createQueryBuilder()
    .select('slot.campaign_id', 'campaignId')
    .addSelect('slot.obligation_id', 'obligationId')
    .addSelect('slot.channel_id', 'channelId')
    .from(Slot, 'slot')
    .where('slot.campaign_id IN (:...campaignIds)', { campaignIds })
    .groupBy('slot.campaign_id')
    .addGroupBy('slot.obligation_id')
    .addGroupBy('slot.channel_id');
}

/** The evidence of a played slot, from stations or people. */
function runs(what: string): string {
  return `SELECT ${what} FROM as_run run WHERE run.slot_id = slot.id AND run.outcome = 'played'`;
}

/** One statement: every loudspeaker channel and fanpage, with the names of its unit. */
export async function channelFacts(em: EntityManager): Promise<ChannelFacts[]> {
  const rows = (await em
    .createQueryBuilder(Channel, 'channel')
    .innerJoinAndMapOne('channel.unit', Unit, 'unit', 'unit.id = channel.unitId')
    .where('channel.kind IN (:...kinds)', { kinds: ['city-loudspeaker', 'ward-loudspeaker', 'fanpage'] })
    .orderBy('unit.name')
    .addOrderBy('channel.code')
    .getMany()) as (Channel & { unit: Unit })[];
  return rows.map(({ id, code, name, kind, zone, active, unit }) => ({
    id,
    code,
    name,
    kind,
    zone,
    active,
    unitCode: unit.code,
    unitName: unit.name,
    unitNames: [unit.name, unit.shortName, ...unit.aliases],
  }));
}

/** One statement: the posts of the directive's campaigns, oldest first. */
export async function postFacts(em: EntityManager, directiveId: string): Promise<PostFacts[]> {
  const posts = await em
    .createQueryBuilder(Post, 'post')
    .innerJoin(Campaign, 'campaign', 'campaign.id = post.campaignId')
    .where('campaign.directiveId = :directiveId', { directiveId })
    .orderBy('post.dueAt')
    .addOrderBy('post.id')
    .getMany();
  return posts.map(({ channelId, campaignId, state, permalink, publishedAt, dueAt }) => ({
    channelId,
    campaignId,
    state,
    permalink,
    at: publishedAt ?? dueAt,
  }));
}
