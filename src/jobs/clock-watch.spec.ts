import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { FixedClock } from '../shared/clock.js';
import { jumpBetween } from './clock-trust.js';
import { ClockWatch } from './clock-watch.service.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2026, 10, 24);

/** The clock of a machine: several processes in turn read the same one. */
class MachineClock extends FixedClock {
  override readonly origin: string = 'boot-1';
}

class RestartedClock extends FixedClock {
  override readonly origin: string = 'boot-2';
}

describe('how far a clock has jumped', () => {
  const reading = (wall: number, monotonic: number, origin = 'a') => ({ wall, monotonic, origin });

  it.each([
    ['time has passed', reading(0, 0), reading(DAY, DAY), 0],
    ['it was set forward', reading(0, 0), reading(DAY + 5, 5), DAY],
    ['it was set back', reading(DAY, 0), reading(5, 5), -DAY],
    ['the machine was off', reading(0, 900), reading(DAY, 5, 'b'), 0],
    ['the machine was off and woke up in the past', reading(DAY, 900), reading(5, 5, 'b'), 5 - DAY],
  ])('%s', (_what, before, now, jump) => {
    expect(jumpBetween(before, now)).toBe(jump);
  });
});

describe('the watch over the clock', () => {
  let dir: string;
  let clock: MachineClock;
  const config = () => new Config({ LOA_DATA_DIR: dir });
  const start = (on: FixedClock = clock, corrected: number | null = null): ClockWatch => {
    const watch = new ClockWatch(on, config());
    watch.synchronisedAt = () => corrected;
    watch.onModuleInit();
    return watch;
  };

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'loa-clock-'));
    clock = new MachineClock(START);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is content with time that passes, and with a clock that is corrected bit by bit', () => {
    const watch = start();
    clock.advance(4 * DAY);
    expect(watch.doubt()).toBeNull();
    for (let n = 0; n < 10; n++) {
      clock.advance(5 * SECOND);
      clock.jump(59 * SECOND);
      expect(watch.doubt()).toBeNull();
    }
  });

  it.each([4 * DAY, 61 * SECOND, -61 * SECOND, -DAY])('doubts a jump of %i ms until the clock is right again', (ms) => {
    const watch = start();
    let sure = 0;
    watch.whenSure(() => sure++);
    clock.jump(ms);
    expect(watch.doubt()).toEqual({ jumpMs: ms, noticedAt: clock.now() });
    expect(() => watch.requireSure()).toThrow(DomainError);
    clock.advance(DAY);
    expect(watch.doubt()).not.toBeNull();
    clock.jump(-ms);
    expect(watch.doubt()).toBeNull();
    expect(sure).toBe(1);
  });

  it('believes an administrator, and so does another process of the house', () => {
    const watch = start();
    const other = start();
    clock.jump(DAY);
    expect([watch.doubt(), other.doubt()]).not.toContain(null);
    watch.accept();
    expect([watch.doubt(), other.doubt()]).toEqual([null, null]);
    clock.jump(DAY);
    expect(watch.doubt()).not.toBeNull();
  });

  it('believes a time server that has just set the clock, not one that agreed long ago', () => {
    const old = start(clock, START);
    const just = start(clock, START + DAY);
    clock.jump(DAY);
    expect(old.doubt()).not.toBeNull();
    expect(just.doubt()).toBeNull();
  });

  it('sees a jump that was made while it was not running', () => {
    start();
    clock.advance(DAY);
    clock.jump(-2 * DAY);
    const watch = start();
    expect(watch.doubt()).toMatchObject({ jumpMs: -2 * DAY });
    // A restart does not make it right.
    expect(start().doubt()).not.toBeNull();
    clock.jump(2 * DAY);
    expect(start().doubt()).toBeNull();
  });

  it('sees after a restart of the machine that its clock has lost the time', () => {
    start();
    expect(start(new RestartedClock(START + DAY)).doubt()).toBeNull();
    expect(start(new MachineClock(START - DAY)).doubt()).not.toBeNull();
  });
});
