import type { EntityManager } from 'typeorm';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Channel } from '../channels/channel.entity.js';
import { Unit } from '../people/unit.entity.js';
import { Post } from '../posts/post.entity.js';
import { AsRun } from '../proof/as-run.entity.js';
import { Slot } from '../schedule/slot.entity.js';
import type { ChannelFacts, PostFacts, SlotGroup } from './build-report.js';

type Row = Record<string, unknown>;

/** A miss that a log may still mend is awaited, not missed: nobody is told of a failure that a day later did not happen. */
const states = {
  played: `slot.state = 'played'`,
  missed: `slot.state = 'missed' AND slot.evidence_until IS NULL`,
  waiting: `slot.state = 'planned' OR (slot.state = 'missed' AND slot.evidence_until IS NOT NULL)`,
  cancelled: `slot.state = 'cancelled'`,
  replaced: `slot.state = 'replaced'`,
} as const;
const grades = ['A', 'B', 'C', 'D'] as const;

/** One statement: the slots of a directive, counted by obligation, campaign, channel and day, with their best evidence. */
export async function slotGroups(em: EntityManager, directiveId: string): Promise<SlotGroup[]> {
  const query = em
    .createQueryBuilder()
    .select('slot.obligation_id', 'obligationId')
    .addSelect('slot.campaign_id', 'campaignId')
    .addSelect('slot.channel_id', 'channelId')
    .addSelect('slot.date', 'date');
  for (const [name, condition] of Object.entries(states)) query.addSelect(count(condition), name);
  for (const grade of grades) {
    // A slot that is played without a row of evidence was asserted by whoever set it so.
    query.addSelect(count(`slot.state = 'played' AND COALESCE(proof.best, 'D') = '${grade}'`), grade);
  }
  query
    .addSelect(count(`${states.missed} AND proof.best IN ('A', 'B')`), 'lateReported')
    .addSelect(count(`slot.state IN ('cancelled', 'replaced') AND proof.best IS NOT NULL`), 'offPlan');
  const rows: Row[] = await query
    .from(Slot, 'slot')
    .innerJoin(Campaign, 'campaign', 'campaign.id = slot.campaign_id')
    .leftJoin(
      (sub) =>
        sub
          .select('run.slot_id', 'slot_id')
          .addSelect('MIN(run.grade)', 'best')
          .from(AsRun, 'run')
          .innerJoin(Slot, 'its', 'its.id = run.slot_id')
          .innerJoin(Campaign, 'work', 'work.id = its.campaign_id')
          .where(`run.outcome = 'played' AND work.directive_id = :directiveId`)
          .groupBy('run.slot_id'),
      'proof',
      'proof.slot_id = slot.id',
    )
    .where('campaign.directive_id = :directiveId', { directiveId })
    .groupBy('slot.obligation_id')
    .addGroupBy('slot.campaign_id')
    .addGroupBy('slot.channel_id')
    .addGroupBy('slot.date')
    .getRawMany();
  return rows.map(slotGroup);
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

function count(condition: string): string {
  return `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}

/** PostgreSQL hands sums over as text. */
function slotGroup(row: Row): SlotGroup {
  const n = (name: string) => Number(row[name]);
  const [aired, missed, waiting] = [n('played'), n('missed'), n('waiting')];
  return {
    obligationId: row['obligationId'] as string | null,
    campaignId: String(row['campaignId']),
    channelId: String(row['channelId']),
    date: String(row['date']),
    counts: {
      planned: aired + missed + waiting,
      aired,
      missed,
      waiting,
      cancelled: n('cancelled'),
      replaced: n('replaced'),
      lateReported: n('lateReported'),
      offPlan: n('offPlan'),
      grades: { A: n('A'), B: n('B'), C: n('C'), D: n('D') },
    },
  };
}
