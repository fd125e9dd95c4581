import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { z } from 'zod';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { Config } from '../config/config.js';
import { type ClockReading, JUMP_MS, jumpBetween } from './clock-trust.js';

const LOOK_MS = 5_000;
/** How often the last good reading is written to disk. */
const WRITE_MS = 30_000;
/** A time server has just corrected the clock when it did so within this time of the jump. */
const CORRECTED_WITHIN_MS = 2 * 60_000;
/** systemd-timesyncd touches it whenever it has synchronised with its server (systemd-timesyncd.service(8)). */
const SYNCHRONISED = '/run/systemd/timesync/synchronized';

const stored = z.object({ wall: z.number(), monotonic: z.number(), origin: z.string() });

export interface ClockDoubt {
  /** How far the wall clock jumped, milliseconds; positive is forward. */
  jumpMs: number;
  /** By the doubtful clock. */
  noticedAt: Instant;
}

/**
 * Detects that the wall clock jumps by more than a minute against the monotonic clock, also across a restart of the
 * process. While the time is in doubt nothing is concluded from it: no slot is settled, nothing made good, nothing
 * posted. The doubt ends when the clock is right again, when a time server has just set it, or when an administrator
 * confirms it.
 */
@Injectable()
export class ClockWatch implements OnModuleInit {
  private readonly log = new Logger('Clock');
  private readonly file: string;
  private trusted!: ClockReading;
  private inDoubt: ClockDoubt | null = null;
  private writtenAt = 0;
  private readonly onSure: (() => void)[] = [];
  /** When a time server last synchronised this machine; replaced on systems that keep the file elsewhere. */
  synchronisedAt: () => Instant | null = () => statSync(SYNCHRONISED, { throwIfNoEntry: false })?.mtimeMs ?? null;

  constructor(
    private readonly clock: Clock,
    config: Config,
  ) {
    this.file = join(config.dataDir, 'clock.json');
  }

  onModuleInit(): void {
    const now = this.reading();
    this.trusted = (now.origin !== '' && this.stored()) || now;
    this.look();
  }

  /** Null while the time is certain. */
  doubt(): ClockDoubt | null {
    this.look();
    return this.inDoubt;
  }

  /**
   * The time for leases and pauses: while the wall clock is in doubt, the time before the jump plus what the monotonic
   * clock has counted since. So waiting work neither stops nor waits for days when the clock is corrected.
   */
  now(): Instant {
    this.look();
    const now = this.reading();
    if (!this.inDoubt || this.trusted.origin !== now.origin) return now.wall;
    return this.trusted.wall + (now.monotonic - this.trusted.monotonic);
  }

  /** Throws `clock-in-doubt` (503). */
  requireSure(): void {
    const doubt = this.doubt();
    if (doubt) throw clockInDoubt(doubt);
  }

  /** An administrator confirms that the clock shows the right time. */
  accept(): void {
    this.trust('an administrator says that it is right');
  }

  /** Called whenever a doubt has ended. */
  whenSure(action: () => void): void {
    this.onSure.push(action);
  }

  @Interval(LOOK_MS)
  look(): void {
    const now = this.reading();
    const jump = jumpBetween(this.trusted, now);
    if (Math.abs(jump) <= JUMP_MS) {
      if (this.inDoubt) this.trust('it is right again');
      else this.storeReading(now);
      return;
    }
    if (!this.inDoubt) {
      this.inDoubt = { jumpMs: jump, noticedAt: now.wall };
      this.log.error(
        `The clock jumped by ${Math.round(jump / 1000)} s: nothing is settled or posted until the time is certain.`,
      );
    }
    if (this.wasCorrected(now)) this.trust('a time server has set it');
    else if (this.acceptedElsewhere(now)) this.trust('an administrator says that it is right');
  }

  private trust(why: string): void {
    this.inDoubt = null;
    this.storeReading(this.reading(), true);
    this.log.warn(`The time is certain again: ${why}.`);
    for (const action of this.onSure) action();
  }

  private wasCorrected(now: ClockReading): boolean {
    const at = this.synchronisedAt();
    return at !== null && Math.abs(now.wall - at) < CORRECTED_WITHIN_MS;
  }

  /** Another process of this installation, on the same folder, accepted the clock. */
  private acceptedElsewhere(now: ClockReading): boolean {
    const other = this.stored();
    return other?.origin === now.origin && Math.abs(jumpBetween(other, now)) <= JUMP_MS;
  }

  private reading(): ClockReading {
    return { wall: this.clock.now(), monotonic: this.clock.monotonic(), origin: this.clock.origin };
  }

  /** The clock may drift and be corrected gradually, so the last good reading is updated. */
  private storeReading(now: ClockReading, atOnce = false): void {
    this.trusted = now;
    if (now.origin === '') return;
    if (!atOnce && Math.abs(now.wall - this.writtenAt) < WRITE_MS) return;
    this.writtenAt = now.wall;
    try {
      writeFileSync(`${this.file}.tmp`, JSON.stringify(now), { mode: 0o600 });
      renameSync(`${this.file}.tmp`, this.file);
    } catch (error) {
      // A full disk: a jump across the next restart is then not detected.
      this.log.warn(`The time could not be written down: ${String(error)}`);
    }
  }

  private stored(): ClockReading | null {
    try {
      return stored.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      return null;
    }
  }
}

function clockInDoubt({ jumpMs }: ClockDoubt): DomainError {
  const minutes = Math.round(Math.abs(jumpMs) / 60_000);
  const way = jumpMs > 0 ? 'tới' : 'lùi';
  return new DomainError(
    'unavailable',
    'clock-in-doubt',
    {
      vi: `Giờ của máy chủ vừa nhảy ${way} ${minutes} phút, nên Loa tạm không đăng bài và không kết luận lượt phát. Quản trị xem lại giờ ở trang Cài đặt.`,
      en: `The server's clock has just jumped ${jumpMs > 0 ? 'forward' : 'back'} by ${minutes} minutes, so nothing is posted or settled. An administrator checks the time on the settings page.`,
    },
    { jumpMs, seconds: 60 },
  );
}
