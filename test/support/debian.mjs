/**
 * The Debian packages that the tests need: installed when missing, as root only. Also a command: `node
 * test/support/debian.mjs` installs all of them at once, so that a run on a bare machine downloads them while something
 * else computes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** ffmpeg counts as present from this year on, as in `src/audio/ffmpeg/ffmpeg-copies.ts`. */
const SINCE = 2022;

export const CHROMIUM = '/usr/bin/chromium';
export const POSTGRES = '/usr/lib/postgresql';

const there = {
  ffmpeg: () => currentFfmpeg() !== undefined,
  chromium: () => existsSync(CHROMIUM),
  postgresql: () => existsSync(POSTGRES),
};

/** The first line of the version output of the ffmpeg on PATH; undefined when there is none, or an old one. */
export function currentFfmpeg() {
  const said = spawnSync('ffmpeg', ['-hide_banner', '-version'], { encoding: 'utf8' }).stdout ?? '';
  const [line, year] = /ffmpeg version .*Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(said) ?? [];
  return Number(year) >= SINCE ? line : undefined;
}

/** `packages`: names of `there`. Throws when one is missing and cannot be installed. */
export function need(...packages) {
  const missing = packages.filter((name) => !there[name]());
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Error(
      `Missing: ${missing.join(', ')}. Run apt-get install ${missing.join(' ')}, or run this as root on Debian.`,
    );
  process.stderr.write(`Installing ${missing.join(', ')} (once)…\n`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  // Two runs may install at once: the later one waits for the lock of the earlier.
  const apt = (...args) => spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], quiet);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing);
  const still = missing.filter((name) => !there[name]());
  if (still.length > 0) throw new Error(`apt-get could not install ${still.join(', ')}; see its messages above.`);
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) need(...Object.keys(there));
