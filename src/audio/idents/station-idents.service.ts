import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { addDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Unit } from '../../people/units/unit.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { requireSpeechEditor } from '../../speech/scope/speech-permissions.js';
import { masteringProfileNames, type ProfileName } from '../dsp/mastering-profiles.js';
import { IdentOrders } from './ident-orders.service.js';
import { dayOver, tooFar } from './day-over.js';
import { StationIdent } from './station-ident.entity.js';
import { identParts, type IdentPart } from './ident-text.js';

/** Sessions are planned this far ahead. */
const MAX_DAYS_AHEAD = 60;

/** Station idents: what a station says before and after its programme, one clip for each day. */
@Injectable()
export class StationIdents {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly channels: Channels,
    private readonly orders: IdentOrders,
  ) {}

  /**
   * Requests the opening and closing of a unit on `date`, or one of them, in every profile that its loudspeakers need;
   * returns their ids. An ident with the same words and voices costs nothing; a failed one is tried again. Throws 404,
   * 403 (not the actor's own ward), `no-loudspeaker`, `day-over`, `day-too-far`, `bad-date`, `bad-lexicon` (422).
   */
  async request(
    actor: Actor,
    unitCode: string,
    date: LocalDate,
    parts: readonly IdentPart[] = identParts,
  ): Promise<string[]> {
    const unit = await this.unit(actor, unitCode);
    const unitId = unit.id;
    requireSpeechEditor(actor, unitId);
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    if (date < today) throw dayOver();
    if (date > addDays(today, MAX_DAYS_AHEAD)) throw tooFar();
    const profiles = await this.profilesOf(unitId);
    const wanted = parts.flatMap((part) => profiles.map((profile) => ({ date, part, profile })));
    const orders = await this.orders.written(unit, wanted);
    return this.database.write(async (tx) => {
      const ids: string[] = [];
      for (const order of orders) ids.push(await this.orders.place(tx, actor, order));
      return ids;
    });
  }

  /** All idents of a unit and day; of several of one part and profile the latest requested is first. Throws 404. */
  async of(actor: Actor, unitCode: string, date: LocalDate): Promise<StationIdent[]> {
    const { id: unitId } = await this.unit(actor, unitCode);
    return this.database
      .read()
      .find(StationIdent, { where: { unitId, date }, order: { part: 'DESC', profile: 'ASC', createdAt: 'DESC' } });
  }

  /** The finished ident to play, or null: of several the latest requested. */
  ready(
    em: EntityManager,
    ident: Pick<StationIdent, 'unitId' | 'date' | 'part' | 'profile'>,
  ): Promise<StationIdent | null> {
    const { unitId, date, part, profile } = ident;
    return em.findOne(StationIdent, {
      where: { unitId, date, part, profile, state: 'ready' },
      order: { createdAt: 'DESC' },
    });
  }

  /** All finished idents of these units from a day on, the latest requested first: for building sessions. */
  readyFrom(em: EntityManager, unitIds: readonly string[], from: LocalDate): Promise<StationIdent[]> {
    if (unitIds.length === 0) return Promise.resolve([]);
    return em.find(StationIdent, {
      select: { id: true, unitId: true, date: true, part: true, profile: true, durationMs: true, readyAt: true },
      where: { unitId: In([...unitIds]), date: MoreThanOrEqual(from), state: 'ready' },
      order: { createdAt: 'DESC' },
    });
  }

  private async unit(actor: Actor, code: string): Promise<Unit> {
    // PostgreSQL refuses some bytes in a text; a code never contains them.
    const unit = /^[a-z0-9-]{1,100}$/.test(code) ? await this.database.read().findOneBy(Unit, { code }) : null;
    if (!unit || !mayRead(actor, unit.id)) throw notFound();
    return unit;
  }

  private async profilesOf(unitId: string): Promise<ProfileName[]> {
    const all = await this.channels.list();
    const own = all.filter((channel) => channel.unitId === unitId && isLoudspeaker(channel.kind));
    const wanted = new Set<string>(own.map(({ profile }) => profile));
    const profiles = masteringProfileNames.filter((name) => wanted.has(name));
    if (profiles.length > 0) return profiles;
    throw new DomainError('invalid', 'no-loudspeaker', {
      vi: 'Đơn vị này không có hệ thống loa nên không có lời giới thiệu đài.',
      en: 'This unit has no loudspeaker channel, so it has no opening or closing.',
    });
  }
}
