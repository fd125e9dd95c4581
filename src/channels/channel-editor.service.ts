import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ChannelKind, isLoudspeaker } from '../shared/channel-kind.js';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { slug } from '../shared/fold.js';
import { newId } from '../shared/ids.js';
import { dayRange, localDateOf, showDate, VIETNAM } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { UnitChanged } from '../people/units/people.events.js';
import { Unit } from '../people/units/unit.entity.js';
import { type ChannelBody, type ChannelChange, type PauseBody, profilesOf } from './channels.dto.js';
import { Channel, type StoredClosure } from './entities/channel.entity.js';
import { ChannelClosed, ChannelRulesChanged } from './entities/channels.events.js';
import { lockChannels } from './entities/lock-channels.js';
import type { SoundProfile } from './entities/sound-profile.js';
import { closureAt, closureOver } from './hours/closures.js';
import { placesOf, unitPlaces } from './place-law.js';
import { Policies } from './policies.service.js';
import { badField, inThePast } from './rules-sentences.js';
import { Windows } from './windows.service.js';

/** Adds, changes, pauses and retires channels. */
@Injectable()
export class ChannelEditor implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly policies: Policies,
    private readonly windows: Windows,
  ) {}

  onModuleInit(): void {
    this.events.on(UnitChanged, (event, tx) => (event.isMoved ? this.followUnit(tx, event) : Promise.resolve()));
  }

  /**
   * Adds a channel with its windows. Its code comes from its name. Throws `channel-exists`, `window-name-taken` (409);
   * `unknown-unit`, `bad-profile`, `law-not-chosen` and what `Windows.add` and `Policies.set` refuse (422).
   */
  add(actor: Actor, body: ChannelBody): Promise<Channel> {
    return this.database.write(async (tx) => {
      const { name, kind, zone = VIETNAM, permitted = [] } = body;
      const unit = await unitOf(tx, body.unit);
      const code = slug(name).slice(0, 100);
      if (!code) throw badField('bad-rule', 'name', 'Tên kênh phải có chữ', 'A name has letters');
      if (await tx.existsBy(Channel, { code })) throw channelExists(name);
      if (isLoudspeaker(kind) && permitted.length === 0) throw noHours();
      if (!isLoudspeaker(kind) && body.windows.length > 0) throw noWindows(name);
      const profile = profileOf(kind, body.profile);
      const row = { id: newId(this.clock.now()), code, kind, name, unitId: unit.id, profile, zone };
      const channel: Channel = { ...row, permitted: [...permitted], active: true, closures: [] };
      await this.chooseLaw(tx, actor, channel, unit, body.law);
      // A copy: on PostgreSQL the insertion writes the text of columns with a default into its object.
      await tx.insert(Channel, { ...channel });
      await this.record(tx, actor, 'channel.added', channel, undefined, shown(channel, unit));
      await this.publishChange(tx, actor, channel, `Thêm kênh “${name}”`);
      for (const window of body.windows) await this.windows.addIn(tx, actor, channel, window);
      return channel;
    });
  }

  /**
   * Changes name, unit and sound profile. Code, kind and zone stay: plans and playlists of the past depend on them. Throws
   * 404 and as `add`.
   */
  change(actor: Actor, code: string, body: ChannelChange): Promise<Channel> {
    return this.database.write(async (tx) => {
      const before = await this.hold(tx, code);
      const unit = await unitOf(tx, body.unit);
      const profile = profileOf(before.kind, body.profile ?? before.profile);
      const fields = { name: body.name, unitId: unit.id, profile };
      const after: Channel = { ...before, ...fields };
      await this.chooseLaw(tx, actor, after, unit, body.law);
      await tx.update(Channel, { id: before.id }, fields);
      const old = await tx.findOneByOrFail(Unit, { id: before.unitId });
      await this.record(tx, actor, 'channel.changed', after, shown(before, old), shown(after, unit));
      await this.publishChange(tx, actor, after, `Đổi kênh “${after.name}”`);
      return after;
    });
  }

  /**
   * Nothing is broadcast on the channel in these local days, both included: what is planned in them is taken out with
   * the reason, what has aired stays. A pause that begins today begins now. Throws 404; `in-the-past` (422);
   * `already-closed` (409) when another pause overlaps it.
   */
  pause(actor: Actor, code: string, { from, until, reason }: PauseBody): Promise<Channel> {
    return this.database.write(async (tx) => {
      const channel = await this.hold(tx, code);
      const now = this.clock.now();
      const today = localDateOf(now, channel.zone);
      if (from !== undefined && from < today) throw inThePast('from', from);
      if (until !== undefined && until < today) throw inThePast('until', until);
      const start = from === undefined || from === today ? now : dayRange(from, channel.zone).start;
      const end = until === undefined ? null : dayRange(until, channel.zone).end;
      const last = until === undefined ? 'đến khi có người mở lại' : `đến hết ${showDate(until)}`;
      const sentence = `Kênh tạm dừng từ ${showDate(from ?? today)} ${last}: ${reason}`;
      return this.close(tx, actor, channel, { start, end, retired: false, reason, at: now, by: actor.name }, sentence);
    });
  }

  /**
   * Takes the channel out of use from now on: all that is planned is taken out with the reason, its history stays
   * readable. Pauses to come are dropped. Throws 404, `already-closed` (409) when it is retired.
   */
  retire(actor: Actor, code: string, reason: string): Promise<Channel> {
    return this.database.write(async (tx) => {
      const held = await this.hold(tx, code);
      const now = this.clock.now();
      if (!held.active) throw alreadyClosed('Kênh này đã ngừng sử dụng', 'This channel is retired already');
      const channel = { ...held, closures: endedAt(held.closures, now), active: false };
      const closure = { start: now, end: null, retired: true, reason, at: now, by: actor.name };
      return this.close(tx, actor, channel, closure, `Kênh ngừng sử dụng: ${reason}`, held);
    });
  }

  /**
   * Opens a paused or retired channel again from now on, and drops a pause to come. What was taken out is planned again
   * where a campaign still demands it. Throws 404, `not-closed` (409).
   */
  resume(actor: Actor, code: string): Promise<Channel> {
    return this.database.write(async (tx) => {
      const before = await this.hold(tx, code);
      const now = this.clock.now();
      if (!before.closures.some(({ end }) => end === null || end > now)) throw notClosed();
      const after: Channel = { ...before, closures: endedAt(before.closures, now), active: true };
      await tx.update(Channel, { id: before.id }, { closures: after.closures, active: true });
      await this.record(tx, actor, 'channel.resumed', after, closing(before), closing(after));
      await this.publishChange(tx, actor, after, `Kênh “${after.name}” hoạt động lại`);
      return after;
    });
  }

  private async close(
    tx: EntityManager,
    actor: Actor,
    channel: Channel,
    closure: StoredClosure,
    sentence: string,
    before = channel,
  ): Promise<Channel> {
    if (closureOver(channel.closures, { start: closure.start, end: closure.end ?? Infinity })) {
      throw alreadyClosed(
        'Kênh đã có lần tạm dừng trong những ngày này',
        'The channel is paused in these days already',
      );
    }
    const closures = [...channel.closures, closure].sort((a, b) => a.start - b.start);
    const after: Channel = { ...channel, closures };
    await tx.update(Channel, { id: channel.id }, { closures, active: after.active });
    const action = closure.retired ? 'channel.retired' : 'channel.paused';
    await this.record(tx, actor, action, after, closing(before), closing(after));
    const { start, end, retired } = closure;
    await this.events.publish(tx, new ChannelClosed(channel.id, start, end, retired, sentence, actor));
    await this.publishChange(tx, actor, after, sentence);
    return after;
  }

  /** A loudspeaker is under a law that somebody chose: the one in the request, or one chosen for its place before. */
  private async chooseLaw(
    tx: EntityManager,
    actor: Actor,
    channel: Channel,
    unit: Unit,
    law: ChannelBody['law'],
  ): Promise<void> {
    if (!isLoudspeaker(channel.kind)) return;
    if (law) {
      const place = law.place ?? (await topOf(tx, unit)).code;
      await this.policies.setIn(tx, actor, unit.kind, this.policies.bodyOf({ ...law, place }));
    }
    await this.policies.requireChosen(tx, unit.id);
  }

  /** A unit with another kind or another place in the tree obeys another law, and so do the units below it. */
  private async followUnit(tx: EntityManager, { unitId, actor }: UnitChanged): Promise<void> {
    const units = await unitPlaces(tx);
    const channels = (await tx.findBy(Channel, { active: true })).filter((channel) => {
      const unit = units.get(channel.unitId);
      return isLoudspeaker(channel.kind) && unit !== undefined && placesOf(unit, units).includes(unitId);
    });
    if (channels.length === 0) return;
    const ids = channels.map(({ id }) => id).sort();
    await lockChannels(tx, ids);
    const today = localDateOf(this.clock.now(), VIETNAM);
    const reason = `Đơn vị “${units.get(unitId)?.name ?? ''}” đổi loại hoặc nơi trực thuộc`;
    await this.events.publish(tx, new ChannelRulesChanged(ids, today, null, 'policy', reason, actor));
  }

  private async hold(tx: EntityManager, code: string): Promise<Channel> {
    const seen = /^[a-z0-9-]{1,100}$/.test(code) ? await tx.findOneBy(Channel, { code }) : null;
    if (!seen) throw notFound();
    await lockChannels(tx, [seen.id]);
    return tx.findOneByOrFail(Channel, { id: seen.id });
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    action: string,
    channel: Channel,
    before: object | undefined,
    after: object,
  ): Promise<void> {
    const { id: entityId, unitId } = channel;
    await this.audit.record(tx, actor, { action, entity: 'channel', entityId, unitId, before, after });
  }

  private async publishChange(tx: EntityManager, actor: Actor, channel: Channel, reason: string): Promise<void> {
    const today = localDateOf(this.clock.now(), channel.zone);
    await this.events.publish(tx, new ChannelRulesChanged([channel.id], today, null, 'channel', reason, actor));
  }
}

function shown({ code, kind, name, profile, zone, permitted }: Channel, unit: Unit): object {
  return { code, kind, name, unit: unit.code, profile, zone, permitted };
}

function closing({ active, closures }: Channel): object {
  return { active, closures };
}

/** Closures in force end now, those to come are dropped. */
function endedAt(closures: readonly StoredClosure[], now: Instant): StoredClosure[] {
  const begun = closures.filter(({ start }) => start < now);
  return begun.map((one) => (closureAt([one], now) ? { ...one, end: now } : one));
}

async function unitOf(tx: EntityManager, code: string): Promise<Unit> {
  const unit = await tx.findOneBy(Unit, { code, active: true });
  if (unit) return unit;
  throw badField(
    'unknown-unit',
    'unit',
    `Không có đơn vị “${code}” đang hoạt động`,
    `There is no active unit “${code}”`,
  );
}

async function topOf(tx: EntityManager, unit: Unit): Promise<Unit> {
  const top = placesOf(unit, await unitPlaces(tx, [unit.id])).at(-1) ?? unit.id;
  return tx.findOneByOrFail(Unit, { id: top });
}

function profileOf(kind: ChannelKind, wanted: SoundProfile | undefined): SoundProfile {
  const possible = profilesOf(kind);
  const [usual = 'none'] = possible;
  if (wanted === undefined || possible.includes(wanted)) return wanted ?? usual;
  const fields = possible.join(', ');
  throw badField(
    'bad-profile',
    'profile',
    `Loại kênh này chỉ dùng được nhóm âm thanh: ${fields}`,
    `A channel of this kind has one of these sound profiles: ${fields}`,
  );
}

function channelExists(name: string): DomainError {
  const sentence = { vi: `Đã có kênh “${name}”.`, en: `There is a channel “${name}” already.` };
  return new DomainError('conflict', 'channel-exists', sentence, { field: 'name' });
}

function noHours(): DomainError {
  return badField(
    'bad-rule',
    'permitted',
    'Kênh loa phải có giờ được phát, ví dụ 05:00-21:00',
    'A loudspeaker needs hours in which it may sound',
  );
}

function noWindows(name: string): DomainError {
  return badField(
    'not-a-loudspeaker',
    'windows',
    `Kênh “${name}” không phải kênh loa nên không có buổi phát`,
    `“${name}” is not a loudspeaker channel; it has no windows`,
  );
}

function alreadyClosed(vi: string, en: string): DomainError {
  return new DomainError('conflict', 'already-closed', { vi: `${vi}.`, en: `${en}.` });
}

function notClosed(): DomainError {
  return new DomainError('conflict', 'not-closed', {
    vi: 'Kênh này đang hoạt động, không có gì để mở lại.',
    en: 'This channel is in use; there is nothing to resume.',
  });
}
