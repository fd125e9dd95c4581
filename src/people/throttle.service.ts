import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { SignInThrottle } from './sign-in-throttle.entity.js';

const FREE_TRIES = { account: 5, address: 20 } as const;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000;

/** Slows guessing: after some free tries every further failure doubles the pause, per account and per address. */
@Injectable()
export class Throttle {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Throws `too-many-tries` (429) while either is blocked. */
  async check(account: string, address: string): Promise<void> {
    for (const { key } of keysOf(account, address)) {
      requireOpen(await this.database.read().findOneBy(SignInThrottle, { key }), this.clock.now());
    }
  }

  /**
   * One try, counted before the next one begins, in whatever process: for what is quick to guess. `work` answers null for a
   * wrong guess, and so does this. Throws `too-many-tries` (429) without asking `work`.
   */
  async oneByOne<T>(
    account: string,
    address: string,
    work: (tx: EntityManager) => Promise<T | null>,
  ): Promise<T | null> {
    return this.database.write(async (tx) => {
      const keys = keysOf(account, address);
      for (const { key } of keys) requireOpen(await this.hold(tx, key), this.clock.now());
      const done = await work(tx);
      if (done === null) await this.count(tx, keys);
      else await tx.delete(SignInThrottle, { key: keys[0]?.key });
      return done;
    });
  }

  async failed(account: string, address: string): Promise<void> {
    await this.database.write((tx) => this.count(tx, keysOf(account, address)));
  }

  private async count(tx: EntityManager, keys: ReturnType<typeof keysOf>): Promise<void> {
    const now = this.clock.now();
    for (const { key, free } of keys) {
      const row = await this.hold(tx, key);
      const failures = row.failures > 0 && now - row.lastAt < FORGET_MS ? row.failures + 1 : 1;
      const over = failures - free;
      const pause = over < 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** over, LONGEST_PAUSE_MS);
      await tx.update(SignInThrottle, { key }, { failures, lastAt: now, blockedUntil: now + pause });
    }
  }

  /** The row of a key, made when there is none, and held till the commit: guesses at one moment count one after another. */
  private async hold(tx: EntityManager, key: string): Promise<SignInThrottle> {
    const fresh = { key, failures: 0, lastAt: 0, blockedUntil: 0 };
    await tx.createQueryBuilder().insert().into(SignInThrottle).values(fresh).orIgnore().updateEntity(false).execute();
    const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_write' as const } } : {};
    return tx.findOneOrFail(SignInThrottle, { where: { key }, ...lock });
  }

  /** A right password clears the account, not the address: one good account must not open the way for guessing others. */
  async succeeded(account: string): Promise<void> {
    await this.database.write((tx) => tx.delete(SignInThrottle, { key: `account:${account}` }));
  }
}

function requireOpen(row: SignInThrottle | null, now: number): void {
  if (!row || row.blockedUntil <= now) return;
  const seconds = Math.ceil((row.blockedUntil - now) / 1000);
  throw new DomainError(
    'too-many',
    'too-many-tries',
    {
      vi: `Nhập sai quá nhiều lần. Xin thử lại sau ${seconds} giây.`,
      en: `Too many failed tries. Try again in ${seconds} seconds.`,
    },
    { seconds },
  );
}

function keysOf(account: string, address: string) {
  return [
    { key: `account:${account}`.slice(0, 200), free: FREE_TRIES.account },
    { key: `address:${networkOf(address)}`.slice(0, 200), free: FREE_TRIES.address },
  ];
}

/** One household has one IPv4 address but 2^64 of IPv6: there the first half is what counts. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
