import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { type CountRule, counted, levelAt, waitMs } from '../../shared/decaying-count.js';
import { tooMany } from '../../shared/domain-error.js';
import { sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { GuessCount } from './guess-count.entity.js';
import { KnownOrigins, type OriginStatus } from './known-origins.service.js';
import type { RequestOrigin } from '../access/request-origin.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Kinds of guesses. Each has counts of its own: failed codes do not block signing in, nor the other way round.
 * `enrolment`: the values for setting up a phone, a code of 80 random bits and the first code of the phone, whose
 * secret is on the screen.
 */
export type GuessKind = 'password' | 'code' | 'enrolment';

const rules: Record<GuessKind, Record<'known' | 'stranger', CountRule>> = {
  password: {
    known: { limit: 6, halfLifeMs: 10 * MINUTE },
    stranger: { limit: 5, halfLifeMs: 15 * MINUTE },
  },
  // Three of a million codes are valid at a time: all strangers together try 26 a day after the first ten.
  code: {
    known: { limit: 5, halfLifeMs: 30 * MINUTE },
    stranger: { limit: 10, halfLifeMs: 6 * HOUR },
  },
  enrolment: {
    known: { limit: 6, halfLifeMs: 10 * MINUTE },
    stranger: { limit: 6, halfLifeMs: 10 * MINUTE },
  },
};

/** How many names one address may get wrong. A person at a known device is neither counted nor slowed down. */
const names: Record<Exclude<OriginStatus, 'device'>, CountRule> = {
  stranger: { limit: 30, halfLifeMs: 30 * MINUTE },
  network: { limit: 60, halfLifeMs: 30 * MINUTE },
};
/** A name that an address got wrong counts again when the name's own count has fallen to a half. */
const NAME_COUNTS = 0.5;

const LONGEST_HALF_LIFE = 6 * HOUR;
/** After this time a count of some hundreds is less than a thousandth. */
const FORGET_MS = 20 * LONGEST_HALF_LIFE;

/** One attempt to sign in or to give a code. */
export interface GuessAttempt {
  kind: GuessKind;
  /** The typed name, or the account of the code. */
  name: string;
  /** The relation of the request to the account of that name. */
  status: OriginStatus;
  from: RequestOrigin;
}

interface Key {
  key: string;
  rule: CountRule;
}

/**
 * Slows down guessing without locking out the owner: failures are counted for each device and each network that an
 * account knows, and together for all strangers, so that a stranger delays only strangers. An address is slowed down by
 * the number of names it got wrong.
 */
@Injectable()
export class Throttle {
  private sweptAt = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly origins: KnownOrigins,
  ) {}

  /** `accountId`: null when no account has that name; the database queries are the same. */
  async guess(kind: GuessKind, name: string, accountId: string | null, from: RequestOrigin): Promise<GuessAttempt> {
    const status = await this.origins.status(this.database.read(), accountId, from, kind === 'code');
    return { kind, name, status, from };
  }

  /** Throws `too-many-tries` (429) when the limit of failures is reached. */
  async check(guess: GuessAttempt): Promise<void> {
    for (const one of keysOf(guess)) {
      requireOpen(await this.database.read().findOneBy(GuessCount, { key: one.key }), one, this.clock.now());
    }
  }

  /**
   * One attempt, counted before the next one begins, in whatever process: for values that are quick to guess. Returns
   * null when `work` does, which means a wrong guess. Throws `too-many-tries` (429) without calling `work`.
   */
  async oneByOne<T>(guess: GuessAttempt, work: (tx: EntityManager) => Promise<T | null>): Promise<T | null> {
    return this.database.write(async (tx) => {
      for (const one of keysOf(guess)) requireOpen(await this.hold(tx, one.key), one, this.clock.now());
      const done = await work(tx);
      await (done === null ? this.count(tx, guess) : this.clear(tx, guess));
      return done;
    });
  }

  async failed(guess: GuessAttempt): Promise<void> {
    await this.database.write((tx) => this.count(tx, guess));
  }

  async succeeded(guess: GuessAttempt): Promise<void> {
    await this.database.write((tx) => this.clear(tx, guess));
  }

  private async count(tx: EntityManager, guess: GuessAttempt): Promise<void> {
    const [own, address] = keysOf(guess);
    if (own) await this.add(tx, own, 1);
    if (address) {
      const now = this.clock.now();
      const name = nameAt(address, guess);
      const known = levelAt(asCount(await this.hold(tx, name)), address.rule, now) >= NAME_COUNTS;
      await tx.update(GuessCount, { key: name }, { level: 1, countedAt: now });
      await this.add(tx, address, known ? 0 : 1);
    }
    await this.sweep(tx);
  }

  /**
   * Resets the counts after a success. A known device or network starts from zero. The strangers' count stays: from now
   * on this origin is a known one. The address gets back this name and no other, so that one valid account does not
   * allow more guesses at others.
   */
  private async clear(tx: EntityManager, guess: GuessAttempt): Promise<void> {
    const [own, address] = keysOf(guess);
    if (own && guess.status !== 'stranger') await tx.delete(GuessCount, { key: own.key });
    if (!address) return;
    const name = nameAt(address, guess);
    const row = await tx.findOneBy(GuessCount, { key: name });
    if (!row || levelAt(asCount(row), address.rule, this.clock.now()) < NAME_COUNTS) return;
    const done = await tx.delete(GuessCount, { key: name });
    if (done.affected === 1) await this.add(tx, address, -1);
  }

  private async add(tx: EntityManager, { key, rule }: Key, amount: number): Promise<void> {
    const { level, at } = counted(asCount(await this.hold(tx, key)), rule, this.clock.now(), amount);
    await tx.update(GuessCount, { key }, { level, countedAt: at });
  }

  /**
   * The row of a key, created when it is missing and locked until the commit: concurrent guesses count one after
   * another.
   */
  private async hold(tx: EntityManager, key: string): Promise<GuessCount> {
    const fresh = { key, level: 0, countedAt: 0 };
    await tx.createQueryBuilder().insert().into(GuessCount).values(fresh).orIgnore().updateEntity(false).execute();
    const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_write' as const } } : {};
    return tx.findOneOrFail(GuessCount, { where: { key }, ...lock });
  }

  /** Once an hour: guesses at names that do not exist leave rows. */
  private async sweep(tx: EntityManager): Promise<void> {
    const now = this.clock.now();
    if (now - this.sweptAt < HOUR) return;
    this.sweptAt = now;
    await tx.delete(GuessCount, { countedAt: LessThan(now - FORGET_MS) });
  }
}

function requireOpen(row: GuessCount | null, { rule }: Key, now: Instant): void {
  const wait = row ? waitMs(asCount(row), rule, now) : 0;
  if (wait === 0) return;
  const seconds = Math.ceil(wait / 1000);
  throw tooMany('too-many-tries', seconds, {
    vi: `Nhập sai quá nhiều lần. Xin thử lại sau ${duration(seconds)}.`,
    en: `Too many failed tries. Try again in ${seconds} seconds.`,
  });
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`;
}

function asCount({ level, countedAt }: GuessCount) {
  return { level, at: countedAt };
}

/** The key of the account, then that of the address, when an address counts. */
function keysOf({ kind, name, status, from }: GuessAttempt): Key[] {
  const mark = { device: `device:${from.device}`, network: `network:${from.network}`, stranger: 'strangers' }[status];
  // Hash the name: a typed name has any length.
  const own = {
    key: `${kind}:${sha256(name).slice(0, 32)}:${mark}`,
    rule: rules[kind][status === 'stranger' ? status : 'known'],
  };
  if (kind !== 'password' || status === 'device' || from.network === null) return [own];
  return [own, { key: `address:${from.network}:${status}`, rule: names[status] }];
}

function nameAt({ key }: Key, { name }: GuessAttempt): string {
  return `${key}:${sha256(name).slice(0, 32)}`;
}
