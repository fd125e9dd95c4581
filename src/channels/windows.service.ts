import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { type LocalDate, localDateOf } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { type Actor, mayRead } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { ChannelWindow } from './entities/channel-window.entity.js';
import { Channel } from './entities/channel.entity.js';
import { ChannelRulesChanged, type RulesPart } from './entities/channels.events.js';
import { lockChannels } from './entities/lock-channels.js';
import type { PermittedHours } from './hours/permitted-hours.js';
import type { WindowBody } from './rules.dto.js';
import { requireSeenRules, rulesVersion } from './seen-rules.js';
import { type WindowColumns, windowColumns } from './window-input.js';

/** The weekly windows of a channel. Overrides change single dates. */
@Injectable()
export class Windows {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** Throws 404, `window-name-taken` (409), `not-a-loudspeaker`, `bad-rule`, `never-opens` (422). */
  add(actor: Actor, channelCode: string, body: WindowBody): Promise<ChannelWindow> {
    return this.database.write(async (tx) => {
      const { channel } = await this.lockLoudspeaker(tx, actor, channelCode);
      return this.addIn(tx, actor, channel, body);
    });
  }

  /** `add`, in the transaction of a caller that has locked the loudspeaker channel. */
  async addIn(tx: EntityManager, actor: Actor, channel: Channel, body: WindowBody): Promise<ChannelWindow> {
    const today = localDateOf(this.clock.now(), channel.zone);
    const columns = windowColumns(body, today);
    await requireFreeName(tx, channel.id, columns.name);
    const window: ChannelWindow = { id: newId(this.clock.now()), channelId: channel.id, ...columns, active: true };
    await tx.insert(ChannelWindow, window);
    await this.record(tx, actor, channel, 'window.added', window.id, undefined, columns);
    await this.publishChange(tx, actor, channel, today, columns.until, 'window', `Thêm buổi phát “${columns.name}”`);
    return window;
  }

  /** Replaces the rules of the version `seen`. Throws as `add`, and `stale` (412). */
  change(actor: Actor, channelCode: string, windowId: string, body: WindowBody, seen?: string): Promise<ChannelWindow> {
    return this.database.write(async (tx) => {
      const { channel, today } = await this.lockLoudspeaker(tx, actor, channelCode);
      const before = await windowOf(tx, channel.id, windowId);
      requireSeenRules(seen, columnsOf(before));
      const columns = windowColumns(body, today);
      if (columns.name !== before.name) await requireFreeName(tx, channel.id, columns.name);
      await tx.update(ChannelWindow, { id: windowId }, columns);
      await this.record(tx, actor, channel, 'window.changed', windowId, columnsOf(before), columns);
      await this.publishChange(tx, actor, channel, today, null, 'window', `Đổi buổi phát “${columns.name}”`);
      return { ...before, ...columns };
    });
  }

  /** Takes a window out of use from now on; what was played in it stays. Throws 404; `stale` (412). */
  async retire(actor: Actor, channelCode: string, windowId: string, seen?: string): Promise<void> {
    await this.database.write(async (tx) => {
      const { channel, today } = await this.lockLoudspeaker(tx, actor, channelCode);
      const before = await windowOf(tx, channel.id, windowId);
      requireSeenRules(seen, columnsOf(before));
      await tx.update(ChannelWindow, { id: windowId }, { active: false });
      await this.record(tx, actor, channel, 'window.retired', windowId, columnsOf(before));
      await this.publishChange(tx, actor, channel, today, before.until, 'window', `Bỏ buổi phát “${before.name}”`);
    });
  }

  /** Sets the channel's own hours; the law of its place applies inside them. Throws 404, `not-a-loudspeaker` (422). */
  async setHours(actor: Actor, channelCode: string, permitted: PermittedHours[]): Promise<void> {
    await this.database.write(async (tx) => {
      const { channel, today } = await this.lockLoudspeaker(tx, actor, channelCode);
      await tx.update(Channel, { id: channel.id }, { permitted });
      await this.audit.record(tx, actor, {
        action: 'channel.hours-set',
        entity: 'channel',
        entityId: channel.id,
        unitId: channel.unitId,
        before: { permitted: channel.permitted },
        after: { permitted },
      });
      await this.publishChange(tx, actor, channel, today, null, 'hours', 'Đổi giờ được phép phát của kênh');
    });
  }

  /** Locks the loudspeaker channel until the transaction ends. Returns it with the current local day of its zone. */
  async lockLoudspeaker(
    tx: EntityManager,
    actor: Actor,
    code: string,
  ): Promise<{ channel: Channel; today: LocalDate }> {
    const seen = /^[a-z0-9-]{1,100}$/.test(code) ? await tx.findOneBy(Channel, { code }) : null;
    if (!seen || !mayRead(actor, seen.unitId)) throw notFound();
    await lockChannels(tx, [seen.id]);
    const channel = await tx.findOneByOrFail(Channel, { id: seen.id });
    if (!isLoudspeaker(channel.kind)) throw notALoudspeaker(channel);
    return { channel, today: localDateOf(this.clock.now(), channel.zone) };
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    channel: Channel,
    action: string,
    entityId: string,
    before?: WindowColumns,
    after?: WindowColumns,
  ): Promise<void> {
    await this.audit.record(tx, actor, {
      action,
      entity: 'channel_window',
      entityId,
      unitId: channel.unitId,
      before,
      after: after && { channel: channel.code, ...after },
    });
  }

  private async publishChange(
    tx: EntityManager,
    actor: Actor,
    channel: Channel,
    from: LocalDate,
    until: LocalDate | null,
    part: RulesPart,
    reason: string,
  ): Promise<void> {
    if (until !== null && until < from) return;
    await this.events.publish(tx, new ChannelRulesChanged([channel.id], from, until, part, reason, actor));
  }
}

/** Throws 404 also for a window of another channel and for one out of use. */
export async function windowOf(em: EntityManager, channelId: string, windowId: string): Promise<ChannelWindow> {
  const found = /^[0-9a-f-]{36}$/.test(windowId)
    ? await em.findOneBy(ChannelWindow, { id: windowId, channelId, active: true })
    : null;
  if (!found) throw notFound();
  return found;
}

/** The version of its rules, for `If-Match`. */
export function windowVersion(window: ChannelWindow): string {
  return rulesVersion(columnsOf(window));
}

function columnsOf({ id: _id, channelId: _channel, active: _active, ...columns }: ChannelWindow): WindowColumns {
  return columns;
}

async function requireFreeName(tx: EntityManager, channelId: string, name: string): Promise<void> {
  if (!(await tx.existsBy(ChannelWindow, { channelId, name, active: true }))) return;
  throw new DomainError(
    'conflict',
    'window-name-taken',
    { vi: `Kênh này đã có buổi “${name}”.`, en: `This channel has a window “${name}” already.` },
    { field: 'name' },
  );
}

function notALoudspeaker(channel: Channel): DomainError {
  return new DomainError('invalid', 'not-a-loudspeaker', {
    vi: `Kênh "${channel.name}" không phải kênh truyền thanh nên không có buổi phát.`,
    en: `"${channel.name}" is not a loudspeaker channel; it has no windows.`,
  });
}
