import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { hashOf, newId } from '../../shared/ids.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { type Actor, mayRead } from '../../people/actor.js';
import { Audit } from '../../people/audit.js';
import { Unit } from '../../people/unit.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { requireKeeper } from '../../speech/keep-speech.js';
import { Reader } from '../../speech/reader.service.js';
import { SpeechSettings } from '../../speech/settings/speech-settings.service.js';
import { profileNames, type ProfileName } from '../profiles.js';
import { renderPriority } from '../render-priority.js';
import { StationCall } from './station-call.entity.js';
import { callParts, type CallPart, wordsOfCall } from './station-call.words.js';

export const RENDER_STATION_CALL = 'render-station-call';

/** What a station says of itself before and after its programme, a clip for each day. */
@Injectable()
export class StationCalls {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly channels: Channels,
    private readonly reader: Reader,
    private readonly speech: SpeechSettings,
  ) {}

  /**
   * Asks for the opening and closing of a unit on `date`, or one of them, in every profile its loudspeakers need, and answers their
   * ids. What is there with the same words and voices costs nothing; what failed is tried again. Throws 404, 403 (not the
   * actor's own ward), `no-loudspeaker` (422), `bad-date` (422), `bad-lexicon` (422).
   */
  async request(
    actor: Actor,
    unitCode: string,
    date: LocalDate,
    parts: readonly CallPart[] = callParts,
  ): Promise<string[]> {
    const unit = await this.unit(actor, unitCode);
    const unitId = unit.id;
    requireKeeper(actor, unitId);
    const profiles = await this.profilesOf(unitId);
    const { voices: chain, rate } = await this.speech.speechOf(unitId);
    const { espeakVoice, fpt, sherpaDir } = this.config.voices;
    const said = await Promise.all(
      parts.map(async (part) => ({
        part,
        spoken: (await this.reader.read(wordsOfCall(part, unit, date), unitId)).spoken,
      })),
    );
    const orders = said.flatMap(({ part, spoken }) =>
      profiles.map((profile) => {
        const inputsHash = hashOf({ spoken, profile, chain, rate, espeakVoice, fptVoice: fpt.voice, sherpaDir });
        return { unitId, date, part, profile, spoken, inputsHash, voices: { chain: [...chain], rate } };
      }),
    );
    return this.database.write(async (tx) => {
      const ids: string[] = [];
      for (const order of orders) ids.push(await this.place(tx, actor, order));
      return ids;
    });
  }

  /** All that was asked for, for a unit and a day; of several of one part and profile the newest is first. Throws 404. */
  async of(actor: Actor, unitCode: string, date: LocalDate): Promise<StationCall[]> {
    const { id: unitId } = await this.unit(actor, unitCode);
    return this.database
      .read()
      .find(StationCall, { where: { unitId, date }, order: { part: 'DESC', profile: 'ASC', createdAt: 'DESC' } });
  }

  /** The finished call to be played, or null while there is none: for whoever puts a session together. */
  ready(
    em: EntityManager,
    call: Pick<StationCall, 'unitId' | 'date' | 'part' | 'profile'>,
  ): Promise<StationCall | null> {
    const { unitId, date, part, profile } = call;
    return em.findOne(StationCall, {
      where: { unitId, date, part, profile, state: 'ready' },
      order: { createdAt: 'DESC' },
    });
  }

  private async place(
    tx: EntityManager,
    actor: Actor,
    order: Pick<StationCall, 'unitId' | 'date' | 'part' | 'profile' | 'spoken' | 'inputsHash' | 'voices'>,
  ): Promise<string> {
    const { unitId, date, part, profile, inputsHash } = order;
    const old = await tx.findOneBy(StationCall, { unitId, date, part, profile, inputsHash });
    if (old && old.state !== 'failed') return old.id;
    const id = old?.id ?? newId(this.clock.now());
    const waiting = await tx.countBy(StationCall, { unitId, state: 'waiting' });
    if (old) await tx.update(StationCall, { id, state: 'failed' }, { state: 'waiting', reason: null });
    else await tx.insert(StationCall, { ...order, id, createdAt: this.clock.now(), state: 'waiting' });
    const job = { name: RENDER_STATION_CALL, key: id, priority: renderPriority('normal', waiting) };
    await this.jobs.add(tx, { ...job, again: true, maxAttempts: 2 });
    const after = { date, part, profile };
    const fact = { action: 'station-call.requested', entity: 'station-call', entityId: id, unitId, after };
    await this.audit.record(tx, actor, fact);
    return id;
  }

  private async unit(actor: Actor, code: string): Promise<Unit> {
    // PostgreSQL refuses some bytes in a text; a code never holds them.
    const unit = /^[a-z0-9-]{1,100}$/.test(code) ? await this.database.read().findOneBy(Unit, { code }) : null;
    if (!unit || !mayRead(actor, unit.id)) throw notFound();
    return unit;
  }

  private async profilesOf(unitId: string): Promise<ProfileName[]> {
    const all = await this.channels.list();
    const own = all.filter((channel) => channel.unitId === unitId && isLoudspeaker(channel.kind));
    const wanted = new Set<string>(own.map(({ profile }) => profile));
    const profiles = profileNames.filter((name) => wanted.has(name));
    if (profiles.length > 0) return profiles;
    throw new DomainError('invalid', 'no-loudspeaker', {
      vi: 'Đơn vị này không có hệ thống loa nên không có lời xướng.',
      en: 'This unit has no loudspeaker channel, so it has no opening or closing.',
    });
  }
}
