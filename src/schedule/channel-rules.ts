import { type EntityManager, In } from 'typeorm';
import { type ChannelKind, isLoudspeaker } from '../shared/channel-kind.js';
import { ChannelWindow } from '../channels/channel-window.entity.js';
import { Channel } from '../channels/channel.entity.js';
import type { PlanChannel } from './planning/planning.types.js';

/** A channel with its rules as the planner takes them. */
export interface ChannelWithRules {
  channel: Channel;
  rules: PlanChannel;
  /** Names of its windows by id. */
  windowNames: ReadonlyMap<string, string>;
}

/** Active loudspeaker channels with their active windows: all, those of one kind, or those of these ids. By code. */
export async function channelsWithRules(
  em: EntityManager,
  which: { kind?: ChannelKind; ids?: readonly string[] } = {},
): Promise<ChannelWithRules[]> {
  const found = await em.find(Channel, {
    where: { active: true, ...(which.kind && { kind: which.kind }), ...(which.ids && { id: In([...which.ids]) }) },
    order: { code: 'ASC' },
  });
  const channels = found.filter((channel) => isLoudspeaker(channel.kind));
  const windows = await em.find(ChannelWindow, {
    where: { active: true, channelId: In(channels.map(({ id }) => id)) },
    order: { start: 'ASC', id: 'ASC' },
  });
  return channels.map((channel) => {
    const own = windows.filter(({ channelId }) => channelId === channel.id);
    return {
      channel,
      rules: {
        id: channel.id,
        zone: channel.zone,
        policy: { permitted: channel.permitted },
        windows: own.map(({ id, channelId, weekdays, start, minutes, from, until }) => ({
          id,
          channelId,
          weekdays,
          start,
          minutes,
          from: from ?? undefined,
          until: until ?? undefined,
        })),
        overrides: [],
      },
      windowNames: new Map(own.map(({ id, name }) => [id, name])),
    };
  });
}

/**
 * Whoever changes slots of a channel stands in line for it, so that each sees what the one before has done. On SQLite there
 * is one writer anyway. Always in the order of ids, so that two plans of many channels cannot wait for each other.
 */
export async function lockChannels(tx: EntityManager, ids: readonly string[]): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres' || ids.length === 0) return;
  await tx
    .createQueryBuilder(Channel, 'channel')
    .select('channel.id')
    .where({ id: In([...new Set(ids)]) })
    .orderBy('channel.id')
    .setLock('for_no_key_update')
    .getMany();
}
