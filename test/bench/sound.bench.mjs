import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeliveredMeter } from '../../dist/audio/dsp/delivered-meter.js';
import { integratedLoudness, LoudnessMeter } from '../../dist/audio/dsp/loudness-meter.js';
import { Limiter } from '../../dist/audio/dsp/limiter.js';
import { Shaper } from '../../dist/audio/dsp/shaper.js';
import { profiles } from '../../dist/audio/dsp/mastering-profiles.js';
import { announcement, asText } from './announcements.mjs';
import { middle, round } from './median.mjs';
import { openRenderHouse } from './render-house.mjs';

const MINUTES = 10;
const RUNS = 3;
const RATE = 22_050;
const BLOCK = 16 * 1024;
const { horn } = profiles;
const ceiling = 10 ** (horn.truePeak / 20);
/** The horn's band and compressor as ffmpeg filters. */
const shaped = [
  ...['highpass=f=250', 'highpass=f=250', 'lowpass=f=7000', 'lowpass=f=7000'],
  'acompressor=threshold=-26dB:ratio=3:attack=8:release=120:knee=4',
].join();

/**
 * Ten minutes of speech through band, compressor, gain, true-peak limiter and the last measurement for a horn: our
 * pipeline beside ffmpeg's filters (which read, filter and write files without an encoder), and beside its two-pass
 * loudnorm. Processor seconds, and the delivered loudness and peak measured by ffmpeg's ebur128.
 */
export async function bench(say) {
  const house = await openRenderHouse();
  try {
    const { file, ffmpeg } = await house.render(asText(announcement(MINUTES, 7)), 'web');
    const at = (name) => join(house.folder, name);
    const tool = filters(ffmpeg);
    // Below full scale, as voices are: the gain has something to do.
    tool(file, ['-af', 'volume=-8dB', '-ac', '1', '-ar', `${RATE}`, at('speech.wav')]);
    const rows = {
      ours: () => ours(at('speech.wav'), (bytes) => tool(null, rawTo(at('ours.wav')), bytes)),
      filters: () => byFilters(tool, at),
      loudnorm: () => byLoudnorm(tool, at),
    };
    const answer = {};
    for (const [name, work] of Object.entries(rows)) {
      const seconds = middle(Array.from({ length: RUNS }, work));
      const { integrated, peak } = tool(at(`${name}.wav`), ['-af', 'ebur128=peak=true', '-f', 'null', '-']);
      say(`${name}: ${round(seconds)} s, ${integrated} LUFS, ${peak} dBTP`);
      Object.assign(answer, { [name]: round(seconds), [`${name}Lufs`]: integrated, [`${name}Dbtp`]: peak });
    }
    return answer;
  } finally {
    await house.close();
  }
}

/** Processor seconds without reading and writing the files. */
function ours(wav, keep) {
  const bytes = readFileSync(wav).subarray(78);
  const pcm = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 2 * Math.floor(bytes.length / 2)));
  const start = process.cpuUsage();
  const sound = new Float32Array(Math.ceil(pcm.length / BLOCK) * BLOCK);
  for (let i = 0; i < pcm.length; i++) sound[i] = pcm[i] / 32_768;
  const meter = new LoudnessMeter(RATE);
  const shaper = new Shaper(horn, RATE);
  inBlocks(sound, (block) => (shaper.run(block), meter.push(block)));
  let gain = horn.loudness - integratedLoudness([meter.steps]);
  let out = limited(sound, gain);
  // The limiter takes some loudness away: once more from the measured value, as `find-gain` does.
  gain += horn.loudness - heard(out).integrated;
  out = limited(sound, gain);
  heard(out);
  const { user, system } = process.cpuUsage(start);
  keep(out);
  return (user + system) / 1e6;
}

function limited(sound, gainDb) {
  const limiter = new Limiter(ceiling, RATE);
  const out = Buffer.alloc(2 * sound.length);
  let at = 0;
  inBlocks(sound, (block) => {
    for (const value of limiter.run(block, 10 ** (gainDb / 20))) {
      out.writeInt16LE(Math.round(value * 32_767), at);
      at += 2;
    }
  });
  return out;
}

function heard(bytes) {
  const meter = new DeliveredMeter(RATE, 1, horn.truePeak);
  for (let at = 0; at < bytes.length; at += 65_536) meter.push(bytes.subarray(at, at + 65_536));
  return meter.measured();
}

function inBlocks(sound, work) {
  for (let at = 0; at < sound.length; at += BLOCK) work(sound.subarray(at, at + BLOCK));
}

/**
 * Measure the shaped sound, then shape, raise and limit it at four times the rate, twice, as ours; then measure the
 * result.
 */
function byFilters(tool, at) {
  const speech = at('speech.wav');
  const first = tool(speech, ['-af', `${shaped},ebur128`, '-f', 'null', '-']);
  const limit = `aresample=${4 * RATE},alimiter=limit=${ceiling}:attack=3:release=60:level=disabled,aresample=${RATE}`;
  const made = (gain) =>
    tool(speech, ['-af', `${shaped},volume=${gain}dB,${limit}`, '-c:a', 'pcm_s16le', at('filters.wav')]);
  const look = () => tool(at('filters.wav'), ['-af', 'ebur128=peak=true', '-f', 'null', '-']);
  const gain = horn.loudness - first.integrated;
  const steps = [first, made(gain)];
  const second = look();
  steps.push(second, made(gain + horn.loudness - second.integrated), look());
  return steps.reduce((sum, { seconds }) => sum + seconds, 0);
}

function byLoudnorm(tool, at) {
  const aim = `loudnorm=I=${horn.loudness}:TP=${horn.truePeak}:LRA=11`;
  const first = tool(at('speech.wav'), ['-af', `${shaped},${aim}:print_format=json`, '-f', 'null', '-']);
  const { input_i: i, input_tp: tp, input_lra: lra, input_thresh: thresh, target_offset: offset } = first.json;
  const known = `measured_I=${i}:measured_TP=${tp}:measured_LRA=${lra}:measured_thresh=${thresh}:offset=${offset}`;
  const args = ['-af', `${shaped},${aim}:${known}`, '-ar', `${RATE}`, '-c:a', 'pcm_s16le', at('loudnorm.wav')];
  const second = tool(at('speech.wav'), args);
  const third = tool(at('loudnorm.wav'), ['-af', 'ebur128=peak=true', '-f', 'null', '-']);
  return first.seconds + second.seconds + third.seconds;
}

const rawTo = (wav) => ['-c:a', 'pcm_s16le', wav];

/** Runs ffmpeg and parses its loudness, peak and own processor time. */
function filters(ffmpeg) {
  return (input, args, bytes) => {
    const from = bytes ? ['-f', 's16le', '-ar', `${RATE}`, '-ac', '1', '-i', '-'] : ['-i', input];
    const all = ['-hide_banner', '-nostats', '-benchmark', '-y', ...from, ...args];
    const { status, stderr } = spawnSync(ffmpeg, all, { encoding: 'utf8', input: bytes, maxBuffer: 1e8 });
    if (status !== 0) throw new Error(stderr);
    const summary = stderr.slice(stderr.lastIndexOf('Integrated loudness:'));
    const number = (text, pattern) => Number(pattern.exec(text)?.[1]);
    const json = /\{[^{}]*"input_i"[^{}]*\}/.exec(stderr)?.[0];
    return {
      seconds: number(stderr, /utime=([\d.]+)s/) + number(stderr, /stime=([\d.]+)s/),
      integrated: number(summary, /\bI:\s+(-?[\d.]+) LUFS/),
      peak: number(summary, /\bPeak:\s+(-?[\d.]+) dBFS/),
      json: json && JSON.parse(json),
    };
  };
}
