import { hashOf } from '../../shared/ids.js';
import { chooseGain, stepsOf } from './gain-limiter.js';
import { masterUntilRight, type Mastered } from './mastering.js';
import { EDITION, partSeconds, shapeAndStore, type Mp3Part, type PartsJob } from './mp3-parts.js';
import { EncodeAttempt } from './encode-attempt.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';
import { ditheredStep } from '../dsp/dithered-step.js';

/** Sound up to this length, seconds, is measured as a whole to find its gain. */
const SHORT_SECONDS = 30;
/** Sound up to this length, seconds, stays in memory between steps; longer sound is written to disk. */
const KEPT_SECONDS = 120;
/**
 * For sound that is not short, measure slices of this many parts, each of this many seconds: many short slices or fewer
 * longer ones.
 */
const SLICES = 18;
const sliceSeconds = (seconds: number) => (seconds <= KEPT_SECONDS ? 4 : 2.4);
const SNIPPET_SECONDS = 0.4;
/**
 * Gain step for a part of longer sound, dB; see `ditheredStep`. Behind a limiter that works hard one dB changes the
 * loudness by a third of a dB.
 */
const stepDb = ({ compress }: MasteringProfile) => (compress ? 1 : 0.5);

/**
 * Parts → gain → limiter → encoder. Each part is processed separately and cached, then all are joined to one mp3, which
 * is measured as delivered: a part that is unchanged since an earlier clip is neither mastered nor encoded again. An
 * mp3 can be joined in silence, at whole frames, when each piece begins with a fresh encoder. Throws `clip-not-ready`
 * with the figures when the file misses its profile.
 */
export async function masterParts(job: PartsJob): Promise<Mastered> {
  const { profile, parts, signal } = job;
  const seconds = partSeconds(parts);
  const unique = [...new Map(parts.map((part) => [part.key, part])).values()];
  const heard = await hearAll(job, unique, seconds);
  // A part that is read twice counts twice.
  const speech = parts.filter((part) => !part.isChime);
  const inOrder = <T>(map: ReadonlyMap<string, T>) => speech.flatMap((part) => map.get(part.key) ?? []);
  const known = { exact: inOrder(heard.exact), rest: inOrder(heard.rest).map((one) => one.steps) };
  const question = { rate: job.rate, profile, signal };
  const ofSpeech = { ...question, ...known, sample: [...heard.slices.values()] };
  return masterUntilRight(profile, seconds, async (aim, ceiling) => {
    const gain = await chooseGain({ ...ofSpeech, aim, ceiling });
    // A chime is made as loud as the speech by a gain of its own: whatever a site puts there, and whatever the limiter
    // takes from speech.
    const chimeGains = new Map<string, number>();
    for (const { key } of unique.filter((part) => part.isChime)) {
      const exact = [heard.exact.get(key)!];
      chimeGains.set(key, await chooseGain({ ...question, exact, rest: [], sample: [], aim, ceiling }));
    }
    const gainOf = (part: Mp3Part) =>
      chimeGains.get(part.key) ?? (seconds <= KEPT_SECONDS ? gain : ditheredStep(gain, stepDb(profile), part.key));
    return new EncodeAttempt(job, unique, heard.kept, gainOf, ceiling).make();
  });
}

/** Keyed by the keys of the parts; see `GainQuestion`. */
interface Heard {
  readonly exact: Map<string, Float32Array>;
  readonly rest: Map<string, { steps: number[] }>;
  readonly slices: Map<string, Float32Array>;
  /** Complete shaped parts that are in memory anyway. */
  readonly kept: Map<string, Float32Array>;
}

async function hearAll(job: PartsJob, parts: readonly Mp3Part[], seconds: number): Promise<Heard> {
  const heard: Heard = { exact: new Map(), rest: new Map(), slices: new Map(), kept: new Map() };
  // Choose by hash: changing one part keeps the choice of the others. A chime is unlike speech.
  const speech = parts.filter((part) => !part.isChime).sort((a, b) => (a.key < b.key ? -1 : 1));
  const sliced = new Set(speech.slice(0, SLICES));
  for (const [n, part] of parts.entries()) {
    job.signal?.throwIfAborted();
    const whole = seconds <= KEPT_SECONDS || part.isChime ? await part.shaped() : undefined;
    if (whole) heard.kept.set(part.key, whole);
    if (whole && (seconds <= SHORT_SECONDS || part.isChime)) {
      heard.exact.set(part.key, whole);
    } else {
      const wanted = sliced.has(part) ? sliceSeconds(seconds) : 0;
      const { steps, slice } = await hear(job, part, wanted, whole);
      heard.rest.set(part.key, { steps });
      if (slice) heard.slices.set(part.key, slice);
    }
    job.onProgress?.('master', n / parts.length);
  }
  return heard;
}

/** Measures a part, or reads the cached measurement; a slice has `seconds`. */
async function hear(
  job: PartsJob,
  part: Mp3Part,
  seconds: number,
  whole?: Float32Array,
): Promise<{ steps: number[]; slice?: Float32Array }> {
  const { cache, profile, rate } = job;
  const key = (what: string) => hashOf({ what, edition: EDITION, profile, rate, part: part.key });
  const [stepsKey, sliceKey] = [key('loudness'), key(`slice of ${seconds}`)];
  const kept = await cache.get(stepsKey);
  const keptSlice = seconds > 0 ? await cache.get(sliceKey) : undefined;
  if (kept && (keptSlice || seconds === 0)) {
    const steps = JSON.parse(kept.toString()) as number[];
    return { steps, slice: keptSlice && new Float32Array(new Uint8Array(keptSlice).buffer) };
  }
  const shaped = whole ?? (await shapeAndStore(job, part));
  const steps = await stepsOf(shaped, rate);
  await cache.put(stepsKey, Buffer.from(JSON.stringify(steps)));
  if (seconds === 0) return { steps };
  const slice = sliceOf(shaped, rate, seconds);
  await cache.put(sliceKey, Buffer.from(slice.buffer));
  return { steps, slice };
}

/** Snippets from all over `sound`, one after the other. */
function sliceOf(sound: Float32Array, rate: number, seconds: number): Float32Array {
  const length = Math.round(SNIPPET_SECONDS * rate);
  const count = Math.round(seconds / SNIPPET_SECONDS);
  if (sound.length <= count * length) return sound.slice();
  const slice = new Float32Array(count * length);
  for (let n = 0; n < count; n++) {
    const from = Math.floor(((n + 0.5) * sound.length) / count - length / 2);
    slice.set(sound.subarray(from, from + length), n * length);
  }
  return slice;
}
