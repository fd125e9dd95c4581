import { hashOf } from '../shared/ids.js';
import { chooseGain, SampleSound, SHORT_SECONDS, stepsOf } from './gain.js';
import { masterUntilRight, type Mastered } from './mastering.js';
import { MIX_RATE } from './mix-plan.js';
import { atMixRate, EDITION, secondsOf, type Part, type PartsJob } from './parts.js';
import { Pressing } from './pressing.js';
import { stepped } from './stepped.js';

/** The gain of long sound is looked for on so many slices, each of so many seconds, out of as many parts. */
const SLICES = 20;
const SLICE_SECONDS = 2;
/** The gain of a part is a multiple of this, dB; see `stepped`. */
const STEP_DB = 0.5;

/**
 * Parts → gain → limiter → encoder, each part by itself and kept, then joined to one mp3 that is measured as delivered: what has not
 * changed since an earlier clip is neither mastered nor encoded again. An mp3 can be joined in silence, at whole
 * frames, of beginnings that the encoder made afresh. Throws `clip-not-ready` with the figures when the file misses its profile.
 */
export async function masterParts(job: PartsJob): Promise<Mastered> {
  const { profile, parts, signal } = job;
  const seconds = secondsOf(parts);
  const unique = [...new Map(parts.map((part) => [part.key, part])).values()];
  const isShort = seconds <= SHORT_SECONDS;
  const heard = isShort ? await hearAll(job, unique) : await hearSlices(job, unique);
  const all = parts.map((part) => heard.steps.get(part.key)!);
  // What is read twice counts twice.
  const sample = isShort ? parts.map((part) => heard.sounds.get(part.key)!) : [...heard.sounds.values()];
  return masterUntilRight(profile, seconds, async (aim, ceiling) => {
    const gain = await chooseGain({ profile, sample, all, seconds, aim, ceiling, signal });
    const gainOf = (part: Part) => (isShort ? gain : stepped(gain, STEP_DB, part.key));
    return new Pressing(job, unique, isShort ? heard.sounds : new Map(), gainOf, ceiling).make();
  });
}

interface Heard {
  /** Loudness of each part, see `stepsOf`. */
  readonly steps: Map<string, number[]>;
  readonly sounds: Map<string, SampleSound>;
}

/** Little sound is kept in memory from step to step. */
async function hearAll(job: PartsJob, parts: readonly Part[]): Promise<Heard> {
  const heard: Heard = { steps: new Map(), sounds: new Map() };
  for (const [n, part] of parts.entries()) {
    job.signal?.throwIfAborted();
    const shaped = await part.shaped();
    heard.steps.set(part.key, await stepsOf(shaped, job.rate));
    heard.sounds.set(part.key, new SampleSound(atMixRate(job, shaped), true));
    job.onProgress?.('master', n / parts.length);
  }
  return heard;
}

/** Of long sound only slices are kept, out of parts picked by their names: a part that changes somewhere leaves the others in. */
async function hearSlices(job: PartsJob, parts: readonly Part[]): Promise<Heard> {
  const heard: Heard = { steps: new Map(), sounds: new Map() };
  // A chime is a part of its own, and unlike speech.
  const speech = parts.filter((part) => part.frames > 8 * MIX_RATE);
  const picked = new Set([...speech].sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, SLICES));
  for (const [n, part] of parts.entries()) {
    job.signal?.throwIfAborted();
    const { steps, slice } = await hear(job, part, picked.has(part));
    heard.steps.set(part.key, steps);
    if (slice) heard.sounds.set(part.key, new SampleSound(atMixRate(job, slice), false));
    job.onProgress?.('master', n / parts.length);
  }
  return heard;
}

async function hear(
  job: PartsJob,
  part: Part,
  wantsSlice: boolean,
): Promise<{ steps: number[]; slice?: Float32Array }> {
  const { cache, profile, rate } = job;
  const key = (what: string) => hashOf({ what, edition: EDITION, profile, rate, part: part.key });
  const kept = await cache.get(key('loudness'));
  const keptSlice = wantsSlice ? await cache.get(key('slice')) : undefined;
  if (kept && (keptSlice || !wantsSlice)) {
    const steps = JSON.parse(kept.toString()) as number[];
    return { steps, slice: keptSlice && new Float32Array(new Uint8Array(keptSlice).buffer) };
  }
  const shaped = await part.shaped();
  const steps = await stepsOf(shaped, rate);
  const middle = Math.max(0, Math.floor((shaped.length - SLICE_SECONDS * rate) / 2));
  const slice = shaped.slice(middle, middle + SLICE_SECONDS * rate);
  await cache.put(key('loudness'), Buffer.from(JSON.stringify(steps)));
  await cache.put(key('slice'), Buffer.from(slice.buffer));
  return { steps, slice: wantsSlice ? slice : undefined };
}
