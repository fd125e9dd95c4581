import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { systemActor } from '../../people/access/actor.js';
import { UnitChanged } from '../../people/units/people.events.js';
import { Unit } from '../../people/units/unit.entity.js';
import { ChannelRulesChanged } from '../../channels/entities/channels.events.js';
import { StationIdentReady } from '../../audio/idents/station-ident.events.js';
import { IdentOrders, type WantedIdent } from '../../audio/idents/ident-orders.service.js';
import { masteringProfileNames } from '../../audio/dsp/mastering-profiles.js';
import { identParts } from '../../audio/idents/ident-text.js';
import { StationIdents } from '../../audio/idents/station-idents.service.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { choiceOf } from '../bookends/bookend-resolver.service.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';
import { SessionBookend } from '../bookends/session-bookend.entity.js';
import { SlotWriter } from '../changes/slot-writer.service.js';

const ORDER = 'order-station-calls';
const FOLLOW = 'follow-station-call';
const WAKE_MS = 600_000;
const HOUR_MS = 3_600_000;

/** How long before its session a missing ident is logged. */
const SOON_MS = 2 * HOUR_MS;

/** Today and three more days: stations hold two days ahead, plus a day for a server that was off. */
export const IDENT_DAYS_AHEAD = 3;

/** A wanted ident and the start of the first session that needs it. */
type Needed = WantedIdent & { firstAt: Instant };

/**
 * Orders the station idents of the next days in advance, and places them into their sessions when they are ready. An
 * order is a job with the hour as its key, so it runs once however many processes wake; a repeated order does nothing.
 */
@Injectable()
export class IdentScheduler implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Schedule');
  private waking: Promise<void> | undefined;
  private readonly actor = systemActor('hệ thống xếp lịch');

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly orders: IdentOrders,
    private readonly idents: StationIdents,
    private readonly writer: SlotWriter,
  ) {}

  onModuleInit(): void {
    this.jobs.define(ORDER, { run: (run) => this.order(run) });
    this.jobs.define(FOLLOW, { run: (run) => this.follow(run) });
    this.events.on(StationIdentReady, ({ unitId, date, profile }, tx) =>
      this.jobs.add(tx, { name: FOLLOW, key: newId(this.clock.now()), payload: { unitId, date, profile } }),
    );
    this.events.on(UnitChanged, (_event, tx) => this.add(tx));
    this.events.on(ChannelRulesChanged, (_event, tx) => this.add(tx));
  }

  onApplicationBootstrap(): void {
    this.wake();
  }

  @Interval(WAKE_MS)
  wake(): void {
    this.waking ??= this.orderHourly()
      .catch((error: unknown) => this.log.error(`Station calls were not ordered: ${String(error)}`))
      .finally(() => (this.waking = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.waking;
  }

  /** Orders missing idents once an hour. Writes nothing while no bookend wants an ident. */
  async orderHourly(): Promise<void> {
    if (!(await this.isWanted(this.database.read()))) return;
    const hour = new Date(Math.floor(this.clock.now() / HOUR_MS) * HOUR_MS).toISOString();
    if (await this.jobs.find(ORDER, hour)) return;
    await this.database.write((tx) => this.jobs.add(tx, { name: ORDER, key: hour }));
  }

  /** Orders idents as soon as `tx` is committed, after names, windows or bookends changed. */
  async add(tx: EntityManager): Promise<void> {
    if (!(await this.isWanted(tx))) return;
    await this.jobs.add(tx, { name: ORDER, key: newId(this.clock.now()) });
  }

  private isWanted(em: EntityManager): Promise<boolean> {
    return em.existsBy(SessionBookend, [{ openingCall: true }, { closingCall: true }]);
  }

  /**
   * One transaction for each unit: after a crash the finished orders are complete, and the next run orders the rest.
   */
  private async order(run: JobRun): Promise<void> {
    const em = this.database.read();
    const wanted = await this.wanted(em);
    const units = await em.findBy(Unit, { id: In([...wanted.keys()]) });
    const written = new Map<string, Awaited<ReturnType<IdentOrders['written']>>>();
    for (const unit of units) written.set(unit.id, await this.orders.written(unit, wanted.get(unit.id) ?? []));
    const place = async (tx: EntityManager, unitId: string) => {
      for (const order of written.get(unitId) ?? []) await this.orders.place(tx, this.actor, order, true);
    };
    const [last, ...others] = [...written.keys()].reverse();
    for (const unitId of others.reverse()) await this.database.write((tx) => place(tx, unitId));
    await run.finish(async (tx) => {
      if (last !== undefined) await place(tx, last);
    });
    await this.warnOfLate(units, wanted);
  }

  /**
   * No session waits for an ident: it opens with the clip or without. The log warns the administrator here; the slot
   * shows it to everyone.
   */
  private async warnOfLate(units: readonly Unit[], wanted: ReadonlyMap<string, Needed[]>): Promise<void> {
    const soon = this.clock.now() + SOON_MS;
    for (const { id: unitId, code } of units) {
      for (const { date, part, profile, firstAt } of wanted.get(unitId) ?? []) {
        if (firstAt > soon || (await this.idents.ready(this.database.read(), { unitId, date, part, profile })))
          continue;
        this.log.warn(
          `${code} ${date}: the ${part} call (${profile}) is not ready for ${new Date(firstAt).toISOString()}`,
        );
      }
    }
  }

  /** By unit: one ident for each day with a session that wants it, the next day first. */
  private async wanted(em: EntityManager): Promise<Map<string, Needed[]>> {
    const rows = await em.find(SessionBookend);
    const wanted = new Map<string, Needed[]>();
    const now = this.clock.now();
    for (const { channel, rules } of await channelsWithRules(em)) {
      const today = localDateOf(now, channel.zone);
      const sessions = channelOccurrences(rules, addDays(today, -1), addDays(today, IDENT_DAYS_AHEAD));
      const own = wanted.get(channel.unitId) ?? [];
      const profile = masteringProfileNames.find((name) => name === channel.profile);
      if (!profile) continue;
      for (const { windowId, date, start } of sessions.filter((session) => session.start > now)) {
        for (const part of identParts.filter((one) => choiceOf(rows, windowId, channel.unitId, one)?.ident)) {
          const same = own.find((one) => one.date === date && one.part === part && one.profile === profile);
          if (same) same.firstAt = Math.min(same.firstAt, start);
          else own.push({ date, part, profile, firstAt: start });
        }
      }
      if (own.length > 0) wanted.set(channel.unitId, own);
    }
    for (const own of wanted.values()) own.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    return wanted;
  }

  /** Places the ident into the sessions of its day, in place of what was to be broadcast instead. */
  private async follow(run: JobRun): Promise<void> {
    const { unitId, date, profile } = run.payload as { unitId: string; date: string; profile: string };
    await run.finish(async (tx) => {
      const channels = (await channelsWithRules(tx)).filter(
        ({ channel }) => channel.unitId === unitId && channel.profile === profile,
      );
      const ids = channels.map(({ channel }) => channel.id);
      await lockChannels(tx, ids);
      for (const id of ids) await this.writer.refresh(tx, id, [date]);
    });
  }
}
