import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval, clearInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('./render-worker.mjs', import.meta.url));

/** A fresh process with empty caches that renders, and the weight of it and all its children. */
export async function openRenderHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const child = fork(worker, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let waiting;
  child.on('message', (message) =>
    message.error ? waiting.reject(new Error(message.error)) : waiting.resolve(message),
  );
  child.on('exit', () => waiting?.reject(new Error('the renderer ended')));
  const answer = () => new Promise((resolve, reject) => (waiting = { resolve, reject }));
  await answer();
  let peakMb = 0;
  const scales = setInterval(() => (peakMb = Math.max(peakMb, weight(child.pid) / 1024)), 50);
  return {
    folder,
    peakMb: () => Math.round(peakMb),
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

/** Resident memory in kB of a process and all that it started; 0 where there is no /proc. */
function weight(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean);
    });
    return own + children.reduce((sum, child) => sum + weight(Number(child)), 0);
  } catch {
    return 0;
  }
}
