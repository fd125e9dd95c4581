import { encoderLossDb, encoderOvershootDb } from './gain-limiter.js';
import { requireDelivered } from './loudness.js';
import type { InspectedMp3 } from './mp3-maker.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';

const ENCODINGS = 3;
/** A miss above this is corrected, LU; the tolerance for delivery is a little larger. */
const CORRECTED = 0.35;

export interface Mastered extends InspectedMp3 {
  readonly file: string;
}

/**
 * Repeats until the delivered file measures right: a miss of the loudness moves the aim, a peak over the ceiling lowers
 * the limiter's ceiling. `attempt` makes a file whose sound before the encoder has `aim` LUFS and at most `ceiling`
 * dBTP. Throws `clip-not-ready` with the figures when the third is still wrong.
 */
export async function masterUntilRight(
  profile: MasteringProfile,
  planSeconds: number,
  attempt: (aim: number, ceiling: number) => Promise<Mastered>,
): Promise<Mastered> {
  let aim = profile.loudness + encoderLossDb(profile);
  let ceiling = profile.truePeak + encoderLossDb(profile) - encoderOvershootDb(profile);
  for (let encoding = 1; ; encoding++) {
    const made = await attempt(aim, ceiling);
    const off = profile.loudness - made.integrated;
    const over = made.truePeak - profile.truePeak;
    if (encoding === ENCODINGS || (Math.abs(off) <= CORRECTED && over <= 0)) {
      requireDelivered(made, profile, planSeconds);
      return made;
    }
    aim += off;
    if (over > 0) ceiling -= over + 0.2;
  }
}
