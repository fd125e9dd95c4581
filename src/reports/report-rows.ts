import type { EntityManager } from 'typeorm';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Channel } from '../channels/channel.entity.js';
import { Unit } from '../people/unit.entity.js';
import { Post } from '../posts/post.entity.js';
import type { SlotState } from '../schedule/planning/slot.transitions.js';
import { Slot } from '../schedule/slot.entity.js';
import type { ChannelFacts, PostFacts, SlotGroup } from './build-report.js';
import { grades, noCounts } from './directive-report.js';

/**
 * How many slots of a group have A as their best evidence, how many B, C and D, in one number: SQLite looks the evidence of a
 * slot up once for each sum that asks for it. A group is a day of one channel, which has no room for as many plays.
 */
const MOST_OF_A_GRADE = 8_192;
/** A miss that a log may still mend is awaited, not missed: nobody is told of a failure that a day later did not happen. */
const awaited = `slot.state = 'missed' AND slot.evidence_until IS NOT NULL`;
const weights = grades.map((_, n) => MOST_OF_A_GRADE ** n);

/**
 * One statement: the slots of these campaigns, counted by campaign, obligation, channel and day, with their best evidence.
 * It goes along an index that holds all it asks for, in the order in which it counts; see the migration of that index.
 */
export async function slotGroups(em: EntityManager, campaignIds: readonly string[]): Promise<SlotGroup[]> {
  if (campaignIds.length === 0) return [];
  const cases = grades.map((grade, n) => `WHEN '${grade}' THEN ${weights[n]}`).join(' ');
  const best = `SELECT CASE MIN(run.grade) ${cases} END FROM as_run run WHERE run.slot_id = slot.id AND run.outcome = 'played'`;
  const rows = await em
    .createQueryBuilder()
    .select('slot.campaign_id', 'campaignId')
    .addSelect('slot.obligation_id', 'obligationId')
    .addSelect('slot.channel_id', 'channelId')
    .addSelect('slot.date', 'date')
    .addSelect('slot.state', 'state')
    .addSelect('COUNT(*)', 'slots')
    .addSelect(`SUM(CASE WHEN ${awaited} THEN 1 ELSE 0 END)`, 'awaited')
    .addSelect(
      `SUM(CASE WHEN slot.state = 'planned' OR (${awaited}) THEN 0 ELSE COALESCE((${best}), 0) END)`,
      'evidence',
    )
    .from(Slot, 'slot')
    .where('slot.campaign_id IN (:...campaignIds)', { campaignIds })
    .groupBy('slot.campaign_id')
    .addGroupBy('slot.obligation_id')
    .addGroupBy('slot.channel_id')
    .addGroupBy('slot.date')
    .addGroupBy('slot.state')
    .getRawMany<GroupRow>();
  return rows.map(slotGroup);
}

type GroupRow = Pick<SlotGroup, 'campaignId' | 'obligationId' | 'channelId' | 'date'> & {
  state: SlotState;
  slots: string | number;
  awaited: string | number;
  evidence: string | number;
};

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

/** One state of one group. PostgreSQL hands sums over as text. */
function slotGroup({ state, slots, awaited, evidence, ...of }: GroupRow): SlotGroup {
  const counts = noCounts();
  const n = Number(slots);
  const [A, B, C, D] = grades.map((_, at) => Math.floor(Number(evidence) / weights[at]!) % MOST_OF_A_GRADE) as [
    number,
    number,
    number,
    number,
  ];
  if (state === 'planned') [counts.planned, counts.waiting] = [n, n];
  else if (state === 'missed') {
    [counts.planned, counts.waiting, counts.lateReported] = [n, Number(awaited), A + B];
    counts.missed = n - counts.waiting;
  } else if (state === 'played') {
    [counts.planned, counts.aired] = [n, n];
    // A slot that is played without a row of evidence was asserted by whoever set it so.
    counts.grades = { A, B, C, D: n - A - B - C };
  } else {
    counts[state] = n;
    counts.offPlan = A + B + C + D;
  }
  return { ...of, counts };
}
