import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { hashOf, newId } from '../../shared/ids.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Events } from '../../database/events.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { TextNormalizer } from '../../speech/normalizer/text-normalizer.service.js';
import { SpeechSettings } from '../../speech/settings/speech-settings.service.js';
import { StationIdentReady } from './station-ident.events.js';
import type { ProfileName } from '../dsp/mastering-profiles.js';
import { aheadPriority, renderPriority } from '../render/render-priority.js';
import { identFacts } from './ident-facts.js';
import { transitionIdent } from './transition-ident.js';
import { StationIdent } from './station-ident.entity.js';
import { type IdentPart, identText } from './ident-text.js';

export const RENDER_STATION_IDENT = 'render-station-call';

/** One requested station ident. */
export interface WantedIdent {
  readonly date: LocalDate;
  readonly part: IdentPart;
  readonly profile: ProfileName;
}

/** The same with all its inputs. */
export type IdentOrder = Pick<
  StationIdent,
  'unitId' | 'date' | 'part' | 'profile' | 'spoken' | 'inputsHash' | 'voices'
>;

/** Writes the text of station idents, chooses their voices and enqueues them. */
@Injectable()
export class IdentOrders {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly normalizer: TextNormalizer,
    private readonly speech: SpeechSettings,
  ) {}

  /** With the unit's present name and voices. Throws `bad-date`, `bad-lexicon` (422). */
  async written(unit: Unit, wanted: readonly WantedIdent[]): Promise<IdentOrder[]> {
    const { voices: chain, rate } = await this.speech.speechOf(unit.id);
    const { espeakVoice, fpt, sherpaDir } = this.config.voices;
    const orders: IdentOrder[] = [];
    for (const { date, part, profile } of wanted) {
      const { spoken } = await this.normalizer.read(identText(part, unit, date), unit.id);
      const inputsHash = hashOf({ spoken, profile, chain, rate, espeakVoice, fptVoice: fpt.voice, sherpaDir });
      orders.push({ unitId: unit.id, date, part, profile, spoken, inputsHash, voices: { chain: [...chain], rate } });
    }
    return orders;
  }

  /**
   * Returns the id of the ident; enqueues it when it is missing or failed. An existing one becomes the latest
   * requested, which is the one that airs. `ahead`: made in advance, so it goes after everything that people asked for.
   */
  async place(tx: EntityManager, actor: Actor, order: IdentOrder, ahead = false): Promise<string> {
    const { unitId, date, part, profile, inputsHash } = order;
    const same = { unitId, date, part, profile };
    const newest = await tx.findOne(StationIdent, { where: same, order: { createdAt: 'DESC' } });
    const now = Math.max(this.clock.now(), (newest?.createdAt ?? -1) + 1);
    const old = await tx.findOneBy(StationIdent, { ...same, inputsHash });
    const inFront = old !== null && old.id === newest?.id;
    if (inFront && old.state !== 'failed') return old.id;
    if (old) await tx.update(StationIdent, { id: old.id }, { createdAt: now });
    if (old?.state === 'ready') await this.events.publish(tx, new StationIdentReady(unitId, date, part, profile));
    const id = old && old.state !== 'failed' ? old.id : await this.enqueue(tx, order, old, now, ahead);
    const after = { ...identFacts(order), part, profile };
    const fact = { action: 'station-call.requested', entity: 'station-call', entityId: id, unitId, after };
    await this.audit.record(tx, actor, fact);
    return id;
  }

  private async enqueue(
    tx: EntityManager,
    order: IdentOrder,
    old: StationIdent | null,
    now: number,
    ahead: boolean,
  ): Promise<string> {
    const { unitId, date, part, profile, inputsHash } = order;
    const waiting = await tx.countBy(StationIdent, { unitId, state: 'waiting' });
    if (old) await transitionIdent(tx, { id: old.id, from: 'failed' }, 'waiting', { reason: null });
    else {
      const row = { ...order, id: newId(now), createdAt: now, state: 'waiting' as const };
      // The unique index decides between two processes that order the same ident at once: they get one row.
      await tx.createQueryBuilder().insert().into(StationIdent).values(row).orIgnore().updateEntity(false).execute();
    }
    const { id } = await tx.findOneByOrFail(StationIdent, { unitId, date, part, profile, inputsHash });
    const priority = ahead ? aheadPriority(waiting) : renderPriority('normal', waiting);
    await this.jobs.add(tx, { name: RENDER_STATION_IDENT, key: id, priority, again: true, maxAttempts: 2 });
    return id;
  }
}
