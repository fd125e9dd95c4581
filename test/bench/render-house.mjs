import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval, clearInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('./render-worker.mjs', import.meta.url));

/**
 * A fresh process with empty caches that renders, and the memory of it and all its children. Sampling memory every
 * `everyMs` takes a share of a core, which distorts the times; 0 switches it off.
 */
export async function openRenderHouse(everyMs = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const child = fork(worker, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let waiting;
  child.on('message', (message) =>
    message.error ? waiting.reject(new Error(message.error)) : waiting.resolve(message),
  );
  child.on('exit', () => waiting?.reject(new Error('the renderer ended')));
  const answer = () => new Promise((resolve, reject) => (waiting = { resolve, reject }));
  await answer();
  const peak = { mb: 0, rssMb: 0 };
  const weigh = () => {
    const { own, shared } = weight(child.pid);
    peak.mb = Math.max(peak.mb, own / 1024);
    peak.rssMb = Math.max(peak.rssMb, shared / 1024);
  };
  const scales = everyMs > 0 ? setInterval(weigh, everyMs) : undefined;
  return {
    folder,
    peakMb: () => Math.round(peak.mb),
    peakRssMb: () => Math.round(peak.rssMb),
    render: (text, profile = 'horn') => {
      const answered = answer();
      child.send({ text, profile });
      return answered;
    },
    close: async () => {
      clearInterval(scales);
      waiting = undefined;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Seconds of ffmpeg's plain mp3 encode of the same audio: as many channels, the same bit rate, nothing else. */
export function plainEncode({ file, ffmpeg }, folder, { channels = 1, kbps = 96 } = {}) {
  const [wav, mp3] = [join(folder, 'plain.wav'), join(folder, 'plain.mp3')];
  run(ffmpeg, ['-i', file, '-ac', `${channels}`, wav]);
  const start = performance.now();
  run(ffmpeg, ['-i', wav, '-c:a', 'libmp3lame', '-b:a', `${kbps}k`, mp3]);
  const seconds = (performance.now() - start) / 1000;
  rmSync(wav);
  return seconds;
}

function run(program, args) {
  const done = spawnSync(program, ['-v', 'error', '-nostdin', '-y', ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
}

/**
 * Memory in kB of a process and all its descendants; 0 where there is no /proc. `own` counts a page that several of
 * them share (the program text of Node itself) once, by shares (PSS); `shared` counts it for each (the sum of RSS).
 */
function weight(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kb = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean);
    });
    const theirs = children.map((child) => weight(Number(child)));
    return {
      own: kb('Pss') + theirs.reduce((sum, { own }) => sum + own, 0),
      shared: kb('Rss') + theirs.reduce((sum, { shared }) => sum + shared, 0),
    };
  } catch {
    return { own: 0, shared: 0 };
  }
}
