/**
 * Makes a fresh clone ready: dependencies installed when missing or stale, dist/ built when stale.
 * Plain JavaScript on Node alone, because it runs before anything is installed. Prints to standard
 * error only: commands with --json own standard output.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const say = (text) => process.stderr.write(text + '\n');
const [major, minor] = process.versions.node.split('.').map(Number);

/** Runs npm with this very Node; the usual system folders are appended so that native add-ons can be
 *  compiled (and npm finds `sh`) even when PATH holds only Node. */
function npm(args) {
  const near = [
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find(existsSync);
  const path = [dirname(process.execPath), process.env.PATH ?? '', '/usr/local/bin', '/usr/bin', '/bin'].join(
    delimiter,
  );
  // With the headers that came with this Node an add-on can be compiled without asking the network for them.
  const prefix = join(dirname(process.execPath), '..');
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
  // Kept back, so that the forty lines of a compiler that is missing do not hide the one that helps.
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64e6, env: { ...headers, ...process.env, PATH: path } };
  const done = near
    ? spawnSync(process.execPath, [near, ...args], options)
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
        ...options,
        shell: process.platform === 'win32',
      });
  const output = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`;
  if (done.status !== 0) {
    const advice = compilerAdvice(output);
    if (advice) {
      writeFileSync(join(root, 'npm-error.log'), output);
      say(advice);
      process.exit(1);
    }
    say(output);
    say(`Cài thư viện không xong (npm ${args.join(' ')}). Xem lỗi ở trên, sửa rồi chạy lại.`);
    say(`Installing dependencies failed (npm ${args.join(' ')}). See the error above, mend it and run again.`);
    process.exit(1);
  }
}

/**
 * What to install when SQLite (better-sqlite3) found neither its ready binary, which its release page at GitHub gives,
 * nor a compiler; undefined for any other failure.
 */
export function compilerAdvice(output) {
  if (!/better-sqlite3/.test(output) || !/node-gyp|prebuild-install/.test(output)) return undefined;
  return [
    'Chưa cài được SQLite (better-sqlite3): máy này không tải được bản dựng sẵn từ github.com và cũng không có trình biên dịch. Hãy cài trình biên dịch rồi chạy lại lệnh vừa rồi:',
    'SQLite (better-sqlite3) could not be installed: its ready binary cannot be downloaded from github.com, and there is no compiler. Install one and run the command again:',
    '  Debian, Ubuntu   sudo apt-get install build-essential python3',
    '  Fedora           sudo dnf install gcc-c++ make python3',
    '  Alpine           sudo apk add build-base python3',
    '  macOS            xcode-select --install',
    '  Windows          winget install Microsoft.VisualStudio.2022.BuildTools --override "--add Microsoft.VisualStudio.Workload.VCTools"',
    'Chi tiết / details: npm-error.log',
  ].join('\n');
}

/** What npm has to bring, and the stamp of having brought it; undefined when nothing is missing. */
function missing() {
  const lock = join(root, 'package-lock.json');
  const want = createHash('sha256')
    .update(readFileSync(lock))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
  const stamp = join(root, 'node_modules', '.loa-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return undefined;
  // A checkout without the compiler (the packed command) has nothing to install.
  if (!existsSync(join(root, 'tsconfig.build.json'))) return undefined;
  return { stamp, want };
}

const FETCH = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];

function install() {
  const lacking = missing();
  if (!lacking) return;
  say('Đang cài thư viện (một lần)… / Installing dependencies (once)…');
  npm(FETCH);
  writeFileSync(lacking.stamp, lacking.want);
}

/** The same in two steps, so that other work goes on while the add-ons compile: what is fetched, then what is compiled. */
function fetchLibraries() {
  if (missing()) npm([...FETCH, '--ignore-scripts']);
}
function compileAddOns() {
  const lacking = missing();
  if (!lacking) return;
  npm(['rebuild', '--loglevel=error']);
  writeFileSync(lacking.stamp, lacking.want);
}

function sources(folder, into = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sources(path, into);
    else if (!entry.name.endsWith('.spec.ts')) into.push(path);
  }
  return into;
}

/** dist/ is stale when the list of sources, a size or a time of change differs from the last build. */
async function build(force) {
  const src = join(root, 'src');
  if (!existsSync(src) || !existsSync(join(root, 'tsconfig.build.json'))) return;
  const hash = createHash('sha256');
  for (const path of [join(root, 'tsconfig.build.json'), join(root, 'tsconfig.json'), ...sources(src).sort()]) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  const want = hash.digest('hex');
  const stamp = join(root, 'dist', '.loa-built');
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  say('Đang dựng chương trình… / Building…');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // `npm run check` and a build that is asked for judge the types; on the way to a command or a test that would double the time.
  const unchecked = force ? [] : ['--noCheck'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const done = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...unchecked], options);
  if (done.status !== 0) process.exit(1);
  // Files that are not TypeScript but belong to the code: templates, styles, scripts of the pages.
  for (const path of sources(src)) {
    if (path.endsWith('.ts') || path.endsWith('.md')) continue;
    const to = join(root, 'dist', path.slice(src.length + 1));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(path));
  }
  const { readDocblocks } = await import('./docblocks.mjs');
  writeFileSync(join(root, 'dist', 'http', 'api', 'docblocks.json'), JSON.stringify(readDocblocks(src)));
  const { bundle } = await import('./bundle.mjs');
  await bundle(root);
  writeFileSync(stamp, want);
}

export async function setUp({ needsBuild = true, force = false } = {}) {
  if (major < 20 || (major === 20 && minor < 19)) {
    say(
      `Loa cần Node 20.19 trở lên; máy này có ${process.versions.node}. / Loa needs Node 20.19 or newer; this is ${process.versions.node}.`,
    );
    process.exit(1);
  }
  install();
  if (needsBuild) await build(force);
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const asked = (option) => process.argv.includes(option);
  if (asked('--fetch')) fetchLibraries();
  else if (asked('--compile')) compileAddOns();
  else await setUp({ needsBuild: asked('--build'), force: asked('--force') });
}
