/**
 * Loaded before the program (`node --import`): the wall clock of this process is shifted by the milliseconds in the
 * file that LOA_TEST_SHIFT names; the monotonic clock goes on, as on a machine whose clock is set.
 */
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const file = process.env.LOA_TEST_SHIFT;
const LOOK_MS = 100;
const now = Date.now.bind(Date);
const TrueDate = Date;
let shift = 0;
const look = () => {
  try {
    shift = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    shift = 0;
  }
};
look();
setInterval(look, LOOK_MS).unref();

globalThis.Date = class extends TrueDate {
  constructor(...args) {
    if (args.length === 0) super(now() + shift);
    else super(...args);
  }

  static now() {
    return now() + shift;
  }
};
