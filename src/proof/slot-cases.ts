import { type EntityManager, In } from 'typeorm';
import type { TimeZone } from '../shared/local-time.js';
import { Channel } from '../channels/channel.entity.js';
import type { Slot } from '../schedule/slot.entity.js';
import { Station } from '../stations/station.entity.js';
import { AsRun } from './as-run.entity.js';
import type { Case } from './verdict.js';

export interface SlotCase extends Case {
  slot: Slot;
  runs: AsRun[];
}

/** What is known of each slot, in three statements. Slots whose channel is gone are left out: there is none such. */
export async function slotCases(em: EntityManager, slots: readonly Slot[]): Promise<SlotCase[]> {
  if (slots.length === 0) return [];
  const channelIds = [...new Set(slots.map((slot) => slot.channelId))];
  const zones = new Map<string, TimeZone>();
  for (const channel of await em.findBy(Channel, { id: In(channelIds) })) zones.set(channel.id, channel.zone);
  const stations = await em.find(Station, {
    where: { channelId: In(channelIds), active: true },
    order: { name: 'ASC', id: 'ASC' },
  });
  const runs = await em.find(AsRun, {
    where: { slotId: In(slots.map((slot) => slot.id)) },
    order: { receivedAt: 'ASC', sequence: 'ASC', id: 'ASC' },
  });
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
        // A device plays clips: of a relay and a live item the operator says whether they were heard.
        stations: slot.kind === 'clip' ? stations.filter((station) => station.channelId === slot.channelId) : [],
      },
    ];
  });
}
