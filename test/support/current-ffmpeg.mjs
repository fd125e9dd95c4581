/**
 * Sees to it that PATH has a current ffmpeg, so that recordings are tried with it as well as with the bundled one: what is there,
 * otherwise Debian's, installed. Never skips: without one it fails.
 */
import { spawnSync } from 'node:child_process';

/** As `src/audio/ffmpeg.locate.ts` has it. */
const SINCE = 2022;

function current() {
  const said = spawnSync('ffmpeg', ['-hide_banner', '-version'], { encoding: 'utf8' }).stdout ?? '';
  const [line, year] = /ffmpeg version .*Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(said) ?? [];
  return Number(year) >= SINCE ? line : undefined;
}

function install() {
  const run = (args) => {
    spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  run(['update', '-qq']);
  run(['install', '-y', '-qq', '--no-install-recommends', 'ffmpeg']);
}

if (!current()) install();
const found = current();
if (!found) {
  console.error(`No ffmpeg of ${SINCE} or later is on PATH and none could be installed.`);
  process.exit(1);
}
console.log(found);
