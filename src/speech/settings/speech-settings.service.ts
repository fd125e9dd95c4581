import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Unit } from '../../people/units/unit.entity.js';
import { requireSpeechEditor } from '../scope/speech-permissions.js';
import { scopesFor } from '../scope/speech-scope.js';
import type { ReadingSettings } from '../reading/text/reading.js';
import { countRevision } from '../scope/speech-revision.entity.js';
import { effectiveSpeech, type Speech } from './effective.js';
import { SpeechSetting } from './speech-setting.entity.js';

/** A change: omitted values do not change, null removes the unit's own value so that it is inherited. */
export interface SpeechChange {
  reading?: { [K in keyof ReadingSettings]?: ReadingSettings[K] | null };
  rate?: number | null;
  voices?: string[] | null;
}

/**
 * Speech settings of each unit: wording, pace and voices. A unit stores only its differences from the units above it.
 */
@Injectable()
export class SpeechSettings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly config: Config,
  ) {}

  /** `owners` as returned by `scopesFor`, most local first. */
  async of(em: EntityManager, owners: readonly (string | null)[]) {
    const rows = await em.findBy(SpeechSetting, { owner: In(owners.map(nameOf)) });
    const byOwner = new Map(rows.map((row) => [row.owner, row]));
    const own = owners.flatMap((owner) => byOwner.get(nameOf(owner)) ?? []);
    const { chain, espeakRate } = this.config.voices;
    return {
      ...effectiveSpeech(own, { rate: espeakRate, voices: chain }),
      own: byOwner.get(nameOf(owners[0] ?? null)),
    };
  }

  /** The effective settings of a unit; null is the centre. */
  async speechOf(unitId: string | null): Promise<Speech> {
    const em = this.database.read();
    return (await this.of(em, await scopesFor(em, unitId))).speech;
  }

  /**
   * `seen`: `changedAt` of the edited settings, null when the unit had none. Throws 404, 403, `settings-changed` (412).
   */
  change(actor: Actor, unitId: string | null, seen: number | null, change: SpeechChange): Promise<void> {
    requireSpeechEditor(actor, unitId);
    return this.database.write(async (tx) => {
      await countRevision(tx);
      if (unitId !== null && !(await tx.existsBy(Unit, { id: unitId }))) throw notFound();
      const old = await tx.findOneBy(SpeechSetting, { owner: nameOf(unitId) });
      if ((old?.changedAt ?? null) !== seen) throw changedMeanwhile();
      const before = { reading: old?.reading ?? {}, rate: old?.rate ?? null, voices: old?.voices ?? null };
      const after = {
        reading: withoutNulls({ ...before.reading, ...change.reading }),
        rate: change.rate === undefined ? before.rate : change.rate,
        voices: change.voices === undefined ? before.voices : change.voices,
      };
      const id = old?.id ?? newId(this.clock.now());
      // Strictly increasing, so that two changes in one millisecond differ.
      const changedAt = Math.max(this.clock.now(), (old?.changedAt ?? 0) + 1);
      await tx.save(SpeechSetting, {
        id,
        owner: nameOf(unitId),
        unitId,
        ...after,
        changedAt,
        changedBy: actor.accountId,
      });
      const fact = { action: 'speech.changed', entity: 'speech_setting', entityId: id, unitId };
      await this.audit.record(tx, actor, { ...fact, before, after });
    });
  }
}

function nameOf(owner: string | null): string {
  return owner ?? 'centre';
}

function withoutNulls(reading: Record<string, string | null | undefined>): Partial<ReadingSettings> {
  return Object.fromEntries(Object.entries(reading).filter(([, value]) => value != null));
}

function changedMeanwhile(): DomainError {
  return new DomainError('stale', 'settings-changed', {
    vi: 'Cách đọc của đơn vị này vừa được người khác sửa. Xin tải lại.',
    en: 'Somebody else has just changed how this unit speaks. Reload.',
  });
}
