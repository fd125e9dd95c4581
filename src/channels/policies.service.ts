import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
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
import { badField, inThePast } from './rules-sentences.js';
import { requireSeenRules, rulesVersion } from './seen-rules.js';

type PolicyRules = Omit<PolicyBody, 'effectiveFrom'>;

/** The law of the place, by kind of unit. A change takes effect today or on a future day; past law stays in its row. */
@Injectable()
export class Policies {
  private presets: readonly PolicyPreset[] = [];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** Ordered by kind, then by effective date; `inForce` marks the policy of today. */
  async list(): Promise<(Policy & { inForce: boolean })[]> {
    const rows = await this.database.read().find(Policy, { order: { unitKind: 'ASC', effectiveFrom: 'ASC' } });
    const today = this.today();
    return rows.map((row) => {
      const later = rows.filter(({ unitKind, effectiveFrom }) => unitKind === row.unitKind && effectiveFrom <= today);
      return { ...row, inForce: later.at(-1)?.id === row.id };
    });
  }

  /** The policy that a channel obeys on a day; null before the first policy of its kind of unit takes effect. */
  async of(channel: Pick<Channel, 'unitId'>, date: LocalDate): Promise<Policy | null> {
    const em = this.database.read();
    const unit = await em.findOneBy(Unit, { id: channel.unitId });
    const where = { unitKind: unit?.kind, effectiveFrom: LessThanOrEqual(date) };
    return unit && em.findOne(Policy, { where, order: { effectiveFrom: 'DESC' } });
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
   * Throws 404 for an unknown kind of unit, `in-the-past` (422); `stale` (412) when policies have changed since the
   * version `seen`. A second call for the same day replaces the first.
   */
  async set(actor: Actor, unitKind: string, { effectiveFrom, ...rules }: PolicyBody, seen?: string): Promise<Policy> {
    const kind = requireKind(unitKind);
    const today = this.today();
    const from = effectiveFrom ?? today;
    if (from < today) throw inThePast('effectiveFrom', from);
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'policy');
      requireSeenRules(seen, await policyContents(tx));
      const before = await tx.findOneBy(Policy, { unitKind: kind, effectiveFrom: from });
      const created = { createdAt: this.clock.now(), createdBy: actor.accountId };
      const row: Policy = {
        id: before?.id ?? newId(this.clock.now()),
        unitKind: kind,
        effectiveFrom: from,
        ...rules,
        ...created,
      };
      if (before) await tx.update(Policy, { id: row.id }, row);
      else await tx.insert(Policy, row);
      await this.record(tx, actor, 'policy.set', row, before);
      await this.publishChange(tx, actor, kind, from, `Quy định “${row.name}” từ ${showDate(from)}`);
      return row;
    });
  }

  /** Like `set`, with the rules of a preset. Throws `unknown-preset` (422). */
  async adopt(
    actor: Actor,
    unitKind: string,
    preset: string,
    effectiveFrom?: LocalDate,
    seen?: string,
  ): Promise<Policy> {
    const found = this.presets.find(({ code }) => code === preset);
    if (!found)
      throw badField('unknown-preset', 'preset', `Không có mẫu quy định “${preset}”`, `No preset “${preset}”`);
    return this.set(actor, unitKind, { ...rulesOf(found), effectiveFrom }, seen);
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
        row.unitKind,
        row.effectiveFrom,
        `Rút quy định “${row.name}” từ ${showDate(row.effectiveFrom)}`,
      );
    });
  }

  /** Loads the presets, and sets the seeded policy for kinds of unit that have none yet. */
  async seed(
    tx: EntityManager,
    actor: Actor,
    seeds: { presets: readonly PolicyPreset[]; inForce: readonly { unitKind: UnitKind; preset: string }[] },
  ): Promise<number> {
    this.presets = seeds.presets;
    await lockInOrder(tx, 'policy');
    let added = 0;
    for (const { unitKind, preset } of seeds.inForce) {
      if (await tx.existsBy(Policy, { unitKind })) continue;
      const found = seeds.presets.find(({ code }) => code === preset);
      if (!found)
        throw badField('unknown-preset', 'inForce', `Không có mẫu quy định “${preset}”`, `No preset “${preset}”`);
      const id = newId(this.clock.now());
      const created = { createdAt: this.clock.now(), createdBy: null };
      const row: Policy = { id, unitKind, effectiveFrom: EPOCH_DATE, ...rulesOf(found), ...created };
      await tx.insert(Policy, row);
      await this.record(tx, actor, 'policy.set', row, null);
      added++;
    }
    return added;
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
      before: before ? shown(before) : undefined,
      after,
    });
  }

  private async publishChange(
    tx: EntityManager,
    actor: Actor,
    kind: UnitKind,
    from: LocalDate,
    reason: string,
  ): Promise<void> {
    const units = await tx.findBy(Unit, { kind });
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
  const rows = await em.find(Policy, { order: { unitKind: 'ASC', effectiveFrom: 'ASC' } });
  return rows.map(({ createdAt: _at, createdBy: _by, ...rules }) => rules);
}

function rulesOf({ code: _code, ...rules }: PolicyPreset): PolicyRules {
  return rules;
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
