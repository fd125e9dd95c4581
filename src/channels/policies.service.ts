import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { type LocalDate, localDateOf, showDate, VIETNAM } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { type UnitKind, unitKinds } from '../people/units/unit-kind.js';
import { Unit } from '../people/units/unit.entity.js';
import { Channel } from './entities/channel.entity.js';
import { EPOCH_DATE } from './channel-law.js';
import { ChannelRulesChanged } from './entities/channels.events.js';
import { lockChannels, lockInOrder } from './entities/lock-channels.js';
import { Policy } from './entities/policy.entity.js';
import type { PolicyBody, PolicyPreset } from './rules.dto.js';
import { lawOfUnit, placesOf, unitPlaces } from './place-law.js';
import { badField, inThePast } from './rules-sentences.js';
import { requireSeenRules, rulesVersion } from './seen-rules.js';

type PolicyRules = Omit<PolicyBody, 'effectiveFrom' | 'place'>;

/** A policy with the name of its place, for lists. */
export type PlacedPolicy = Policy & { place: { code: string; name: string }; inForce: boolean };

/**
 * The law of each place, by kind of unit. People choose it; nothing is in force before. A change takes effect today or on
 * a future day; past law stays in its row.
 */
@Injectable()
export class Policies {
  private presets: readonly PolicyPreset[] = [];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** Ordered by place, kind and effective date; `inForce` marks the policy of today. */
  async list(): Promise<PlacedPolicy[]> {
    const em = this.database.read();
    const rows = await em.find(Policy, { order: { unitKind: 'ASC', effectiveFrom: 'ASC' } });
    const units = new Map((await em.find(Unit)).map((unit) => [unit.id, unit]));
    const today = this.today();
    const placed = rows.map((row) => {
      const of = rows.filter(({ placeId, unitKind, effectiveFrom }) => {
        return placeId === row.placeId && unitKind === row.unitKind && effectiveFrom <= today;
      });
      const { code = '', name = '' } = units.get(row.placeId) ?? {};
      return { ...row, place: { code, name }, inForce: of.at(-1)?.id === row.id };
    });
    return placed.sort((a, b) => (a.place.code < b.place.code ? -1 : a.place.code > b.place.code ? 1 : 0));
  }

  /** The policy that a channel obeys on a day; null where no law was chosen, or before it takes effect. */
  async of(channel: Pick<Channel, 'unitId'>, date: LocalDate): Promise<Policy | null> {
    return this.onDay(this.database.read(), channel.unitId, date);
  }

  /**
   * Kinds of units that have loudspeakers in use and no law: their channels obey their own hours only. `place` is the
   * unit at the top of their tree.
   */
  async withoutLaw(): Promise<{ place: { code: string; name: string }; kind: UnitKind; units: number }[]> {
    const em = this.database.read();
    const units = new Map((await em.find(Unit)).map((unit) => [unit.id, unit]));
    const policies = await em.find(Policy);
    const channels = (await em.findBy(Channel, { active: true })).filter(({ kind }) => isLoudspeaker(kind));
    const found = new Map<string, { place: { code: string; name: string }; kind: UnitKind; units: number }>();
    for (const id of new Set(channels.map(({ unitId }) => unitId))) {
      const unit = units.get(id);
      if (!unit || lawOfUnit(unit, units, policies).length > 0) continue;
      const { code, name } = units.get(placesOf(unit, units).at(-1) ?? id) ?? unit;
      const key = `${code} ${unit.kind}`;
      found.set(key, { place: { code, name }, kind: unit.kind, units: (found.get(key)?.units ?? 0) + 1 });
    }
    return [...found.values()].sort((a, b) => (a.place.name < b.place.name ? -1 : 1));
  }

  /** Decisions of other places, offered as starting points. */
  knownPresets(): readonly PolicyPreset[] {
    return this.presets;
  }

  /** The version of all policies, for `If-Match` when another one is set. */
  async version(): Promise<string> {
    return rulesVersion(await policyContents(this.database.read()));
  }

  /**
   * Sets the law of a place for a kind of unit. The place is the unit at the top of the tree when the installation has
   * one; else the caller names it. Where no law was chosen before and no day is named, it applies from the start.
   * Throws 404 for an unknown kind of unit, `in-the-past`, `which-place`, `unknown-place` (422); `stale` (412) when
   * policies have changed since the version `seen`. A second call for the same day replaces the first.
   */
  set(actor: Actor, unitKind: string, body: PolicyBody, seen?: string): Promise<PlacedPolicy> {
    const kind = requireKind(unitKind);
    return this.database.write((tx) => this.setIn(tx, actor, kind, body, seen));
  }

  /** `set`, in the caller's transaction. */
  async setIn(
    tx: EntityManager,
    actor: Actor,
    kind: UnitKind,
    { effectiveFrom, place: code, ...rules }: PolicyBody,
    seen?: string,
  ): Promise<PlacedPolicy> {
    const today = this.today();
    if (effectiveFrom !== undefined && effectiveFrom < today) throw inThePast('effectiveFrom', effectiveFrom);
    await lockInOrder(tx, 'policy');
    requireSeenRules(seen, await policyContents(tx));
    const place = await requirePlace(tx, code);
    const from = effectiveFrom ?? ((await isRuled(tx, place, kind)) ? today : EPOCH_DATE);
    const before = await tx.findOneBy(Policy, { placeId: place.id, unitKind: kind, effectiveFrom: from });
    const created = { createdAt: this.clock.now(), createdBy: actor.accountId };
    const id = before?.id ?? newId(this.clock.now());
    const row: Policy = { id, placeId: place.id, unitKind: kind, effectiveFrom: from, ...rules, ...created };
    if (before) await tx.update(Policy, { id }, row);
    else await tx.insert(Policy, row);
    await this.record(tx, actor, 'policy.set', row, before);
    const since = from < today ? today : from;
    await this.publishChange(tx, actor, row, since, `Quy định “${row.name}” từ ${showDate(since)}`);
    return { ...row, place: { code: place.code, name: place.name }, inForce: from <= today };
  }

  /** Like `set`, with the rules of a preset. Throws `unknown-preset` (422). */
  async adopt(actor: Actor, unitKind: string, choice: PresetChoice, seen?: string): Promise<PlacedPolicy> {
    const kind = requireKind(unitKind);
    return this.database.write((tx) => this.setIn(tx, actor, kind, this.bodyOf(choice), seen));
  }

  /** The policy of a preset. Throws `unknown-preset` (422). */
  bodyOf({ preset, ...when }: PresetChoice): PolicyBody {
    const found = this.presets.find(({ code }) => code === preset);
    if (!found)
      throw badField('unknown-preset', 'preset', `Không có mẫu quy định “${preset}”`, `No preset “${preset}”`);
    return { ...rulesOf(found), ...when };
  }

  /** Throws `law-not-chosen` (422) for a unit whose loudspeakers would obey no law at all. */
  async requireChosen(tx: EntityManager, unitId: string): Promise<void> {
    const unit = await tx.findOneByOrFail(Unit, { id: unitId });
    if (await isRuled(tx, unit, unit.kind)) return;
    throw badField(
      'law-not-chosen',
      'law',
      `Chưa chọn quy định giờ phát cho “${unit.name}”; hãy chọn một quy định cho nơi này`,
      `No policy was chosen for “${unit.name}”; choose the law of its place`,
    );
  }

  /**
   * Removes a policy that is not yet in force. Throws 404; `in-force` (409): what is or was law is followed by another
   * policy, not removed.
   */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.write(async (tx) => {
      await lockInOrder(tx, 'policy');
      const row = /^[0-9a-f-]{36}$/.test(id) ? await tx.findOneBy(Policy, { id }) : null;
      if (!row) throw notFound();
      if (row.effectiveFrom <= this.today()) throw inForce();
      await tx.delete(Policy, { id });
      await this.record(tx, actor, 'policy.removed', row, row);
      await this.publishChange(
        tx,
        actor,
        row,
        row.effectiveFrom,
        `Rút quy định “${row.name}” từ ${showDate(row.effectiveFrom)}`,
      );
    });
  }

  /** Offers these presets. None is in force before a person chooses it. */
  offer(presets: readonly PolicyPreset[]): void {
    this.presets = presets;
  }

  private async onDay(em: EntityManager, unitId: string, date: LocalDate): Promise<Policy | null> {
    const units = await unitPlaces(em, [unitId]);
    const unit = units.get(unitId);
    if (!unit) return null;
    const law = lawOfUnit(unit, units, await em.findBy(Policy, { placeId: In([...units.keys()]) }));
    return law.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? null;
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now(), VIETNAM);
  }

  private async record(tx: EntityManager, actor: Actor, action: string, row: Policy, before: Policy | null) {
    const shown = ({ createdAt: _at, createdBy: _by, id: _id, ...rules }: Policy) => rules;
    const after = action === 'policy.removed' ? undefined : shown(row);
    await this.audit.record(tx, actor, {
      action,
      entity: 'policy',
      entityId: row.id,
      unitId: row.placeId,
      before: before ? shown(before) : undefined,
      after,
    });
  }

  private async publishChange(
    tx: EntityManager,
    actor: Actor,
    { unitKind, placeId }: Policy,
    from: LocalDate,
    reason: string,
  ): Promise<void> {
    const all = await unitPlaces(tx);
    const units = [...all.values()].filter((unit) => unit.kind === unitKind && placesOf(unit, all).includes(placeId));
    const channels = await tx.findBy(Channel, { active: true, unitId: In(units.map(({ id }) => id)) });
    const ids = channels
      .filter((channel) => isLoudspeaker(channel.kind))
      .map(({ id }) => id)
      .sort();
    if (ids.length === 0) return;
    await lockChannels(tx, ids);
    await this.events.publish(tx, new ChannelRulesChanged(ids, from, null, 'policy', reason, actor));
  }
}

/** The content of all policies in a fixed order. */
async function policyContents(em: EntityManager): Promise<unknown> {
  const rows = await em.find(Policy, { order: { placeId: 'ASC', unitKind: 'ASC', effectiveFrom: 'ASC' } });
  return rows.map(({ createdAt: _at, createdBy: _by, ...rules }) => rules);
}

function rulesOf({ code: _code, ...rules }: PolicyPreset): PolicyRules {
  return rules;
}

/** A preset, and from which day and where it applies. */
export interface PresetChoice {
  preset: string;
  effectiveFrom?: LocalDate;
  place?: string;
}

/** The unit whose tree the law governs. Throws `which-place`, `unknown-place` (422). */
async function requirePlace(tx: EntityManager, code: string | undefined): Promise<Unit> {
  if (code !== undefined) {
    const unit = await tx.findOneBy(Unit, { code });
    if (unit) return unit;
    throw badField('unknown-place', 'place', `Không có đơn vị “${code}”`, `There is no unit “${code}”`);
  }
  const [top, another] = await tx.findBy(Unit, { parentId: IsNull(), active: true });
  if (top && !another) return top;
  throw badField(
    'which-place',
    'place',
    'Có nhiều địa phương; hãy chọn quy định này áp dụng cho nơi nào',
    'There are several places; say which one this policy governs',
  );
}

/** Whether a policy of this kind of unit was chosen at the unit or above it. */
async function isRuled(tx: EntityManager, unit: Pick<Unit, 'id' | 'parentId'>, kind: UnitKind): Promise<boolean> {
  const places = placesOf(unit, await unitPlaces(tx, [unit.id]));
  return tx.existsBy(Policy, { unitKind: kind, placeId: In(places) });
}

function requireKind(text: string): UnitKind {
  const kind = unitKinds.find((one) => one === text);
  if (!kind) throw notFound();
  return kind;
}

function inForce(): DomainError {
  return new DomainError('conflict', 'in-force', {
    vi: 'Quy định này đang hoặc đã có hiệu lực, không xóa được; hãy đặt quy định mới thay thế.',
    en: 'This policy is or was in force and cannot be taken away; set another in its place.',
  });
}
