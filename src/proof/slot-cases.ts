import { type EntityManager, In } from 'typeorm';
import type { TimeZone } from '../shared/local-time.js';
import { Channel } from '../channels/entities/channel.entity.js';
import type { Slot } from '../schedule/slots/slot.entity.js';
import { Station } from '../stations/station.entity.js';
import { AsRun } from './as-run.entity.js';
import type { Case } from './verdict.js';

export interface SlotCase extends Case {
  slot: Slot;
  runs: AsRun[];
}

/** All evidence of each slot, in three statements. Slots without a channel would be left out; none exists. */
export function slotCases(em: EntityManager, slots: readonly Slot[]): Promise<SlotCase[]> {
  return cases(em, slots, (slotIds) => em.find(AsRun, { where: { slotId: In(slotIds) }, order: inOrder }));
}

/**
 * The same with only the evidence that decides: for each station and for the operator the last event and the last one
 * that says played.
 */
export function decidingCases(em: EntityManager, slots: readonly Slot[]): Promise<SlotCase[]> {
  return cases(em, slots, async (slotIds) => {
    const ranked = em
      .createQueryBuilder(AsRun, 'said')
      .select('said.id', 'id')
      .addSelect(
        `ROW_NUMBER() OVER (PARTITION BY said.slot_id, said.station_id, (said.outcome = 'played')
         ORDER BY said.received_at DESC, said.sequence DESC, said.id DESC)`,
        'place',
      )
      .where('said.slot_id IN (:...slotIds)', { slotIds });
    const rows: { id: string }[] = await em
      .createQueryBuilder()
      .select('ranked.id', 'id')
      .from(`(${ranked.getQuery()})`, 'ranked')
      .where('ranked.place = 1')
      .setParameters(ranked.getParameters())
      .getRawMany();
    return rows.length > 0 ? em.find(AsRun, { where: { id: In(rows.map(({ id }) => id)) }, order: inOrder }) : [];
  });
}

/** The order of arrival. */
const inOrder = { receivedAt: 'ASC', sequence: 'ASC', id: 'ASC' } as const;

async function cases(
  em: EntityManager,
  slots: readonly Slot[],
  runsOf: (slotIds: string[]) => Promise<AsRun[]>,
): Promise<SlotCase[]> {
  if (slots.length === 0) return [];
  const channelIds = [...new Set(slots.map((slot) => slot.channelId))];
  const zones = new Map<string, TimeZone>();
  for (const channel of await em.findBy(Channel, { id: In(channelIds) })) zones.set(channel.id, channel.zone);
  const stations = await em.find(Station, {
    where: { channelId: In(channelIds), active: true },
    order: { name: 'ASC', id: 'ASC' },
  });
  const runs = await runsOf(slots.map((slot) => slot.id));
  return slots.flatMap((slot) => {
    const zone = zones.get(slot.channelId);
    if (!zone) return [];
    const mine = runs.filter((run) => run.slotId === slot.id);
    return [
      {
        slot,
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        zone,
        runs: mine,
        evidence: mine,
        // Devices play clips only: for a relay and a live item the operator confirms whether they were heard.
        stations: slot.kind === 'clip' ? stations.filter((station) => station.channelId === slot.channelId) : [],
      },
    ];
  });
}
