import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { channelKinds, type ChannelKind } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { isLocalTime } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { type Actor, mayRead } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Unit } from '../people/units/unit.entity.js';
import { ChannelWindow } from './entities/channel-window.entity.js';
import { Channel } from './entities/channel.entity.js';
import { soundProfiles } from './entities/sound-profile.js';

const localTime = z.string().refine(isLocalTime, 'HH:MM');

export const channelSeed = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.enum(channelKinds),
  name: z.string().min(1),
  unit: z.string(),
  profile: z.enum(soundProfiles),
  zone: z.string(),
  permitted: z.array(z.strictObject({ from: localTime, until: localTime })).default([]),
  windows: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        weekdays: z.array(z.int().min(1).max(7)).min(1),
        start: localTime,
        minutes: z
          .int()
          .min(1)
          .max(24 * 60),
      }),
    )
    .default([]),
});
export type ChannelSeed = z.infer<typeof channelSeed>;

/** Reads and seeds channels. */
@Injectable()
export class Channels {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Active channels, ordered by code. */
  list(kind?: ChannelKind): Promise<Channel[]> {
    return this.database
      .read()
      .find(Channel, { where: { active: true, ...(kind ? { kind } : {}) }, order: { code: 'ASC' } });
  }

  /** Active channels that the actor may read. */
  async visibleTo(actor: Actor): Promise<Channel[]> {
    return (await this.list()).filter((channel) => mayRead(actor, channel.unitId));
  }

  /** Channels that the actor may read, retired ones included: for names in what happened before. */
  async everVisibleTo(actor: Actor): Promise<Channel[]> {
    const all = await this.database.read().find(Channel, { order: { code: 'ASC' } });
    return all.filter((channel) => mayRead(actor, channel.unitId));
  }

  /** Throws 404 for a missing channel and, with the same text, for one of another ward. */
  async forActor(actor: Actor, code: string): Promise<Channel> {
    // PostgreSQL rejects some bytes in text parameters; a valid code never contains them.
    const channel = /^[a-z0-9-]{1,100}$/.test(code) ? await this.database.read().findOneBy(Channel, { code }) : null;
    if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
    return channel;
  }

  byId(id: string): Promise<Channel | null> {
    return this.database.read().findOneBy(Channel, { id });
  }

  windows(channelIds?: string[]): Promise<ChannelWindow[]> {
    const where = { active: true };
    return this.database
      .read()
      .find(ChannelWindow, { where, order: { start: 'ASC', id: 'ASC' } })
      .then((rows) => (channelIds ? rows.filter((row) => channelIds.includes(row.channelId)) : rows));
  }

  /**
   * Adds the channels whose code is missing, with their windows. An existing channel is left alone, because people may
   * have edited it.
   */
  async seed(tx: EntityManager, actor: Actor, seeds: readonly ChannelSeed[]): Promise<number> {
    let added = 0;
    for (const seed of seeds) {
      if (await tx.existsBy(Channel, { code: seed.code })) continue;
      const unit = await tx.findOneBy(Unit, { code: seed.unit });
      if (!unit) {
        throw new DomainError('invalid', 'unknown-unit', {
          vi: `Kênh "${seed.code}" thuộc đơn vị "${seed.unit}", nhưng không có đơn vị đó.`,
          en: `Channel "${seed.code}" belongs to "${seed.unit}", which does not exist.`,
        });
      }
      const id = newId(this.clock.now());
      const { code, kind, name, profile, zone, permitted } = seed;
      await tx.insert(Channel, {
        id,
        code,
        kind,
        name,
        unitId: unit.id,
        profile,
        zone,
        permitted,
        active: true,
        closures: [],
      });
      for (const { name: windowName, weekdays, start, minutes } of seed.windows) {
        const windowId = newId(this.clock.now());
        const days = {
          from: null,
          until: null,
          rrule: null,
          seasonFrom: null,
          seasonUntil: null,
          holidays: 'any' as const,
        };
        await tx.insert(ChannelWindow, {
          id: windowId,
          channelId: id,
          name: windowName,
          weekdays,
          start,
          minutes,
          ...days,
          active: true,
        });
      }
      await this.audit.record(tx, actor, {
        action: 'channel.added',
        entity: 'channel',
        entityId: id,
        unitId: unit.id,
        after: seed,
      });
      added++;
    }
    return added;
  }
}
