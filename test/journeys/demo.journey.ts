import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays, localDateOf, VIETNAM } from '../../src/shared/local-time.js';
import { Client } from '../support/client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `loa demo`, `loa serve --demo` and `loa demo --remove` in processes of their own, as a newcomer types them. */
describe('the demo', () => {
  let dir = '';
  let env: NodeJS.ProcessEnv = {};
  let server: ChildProcess | undefined;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'loa-demo-'));
    // What a real installation has must not reach the demo.
    const real = { LOA_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/real', LOA_PUBLIC_URL: 'https://loa.example.vn' };
    env = { ...process.env, ...real, LOA_DATA_DIR: join(dir, 'data'), LOA_MEDIA_DIR: join(dir, 'media') };
  });
  afterAll(async () => {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const loa = (...args: string[]) => {
    const done = spawnSync(process.execPath, [join(root, 'bin/loa.mjs'), ...args], { env, encoding: 'utf8' });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };

  /** Resolves with what the server said, up to the sign-ins or the sentence in their place. */
  function serve(port: number): Promise<string> {
    const child = spawn(process.execPath, [join(root, 'bin/loa.mjs'), 'serve', '--demo'], {
      env: { ...env, LOA_PORT: String(port) },
    });
    server = child;
    return new Promise((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (/ứng dụng xác thực|Mật khẩu của sáu người/.test(said)) resolve(said);
      });
      child.once('exit', () => reject(new Error(said)));
    });
  }

  async function stop(): Promise<void> {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  it('lives in a folder of its own, its ten days end yesterday, today and tomorrow are planned', () => {
    const before = localDateOf(Date.now(), VIETNAM);
    const { code, out, err } = loa('demo', '--json');
    expect([code, err]).toEqual([0, expect.any(String)]);
    const { campaign, slots, asRun, playlists } = JSON.parse(out) as {
      campaign: { from: string; until: string };
      slots: { shortfalls: string[] };
      asRun: { planned: number; played: number; missed: number };
      playlists: { date: string; items: number; json: string }[];
    };
    const today = localDateOf(Date.now(), VIETNAM);
    if (today !== before) return; // made over midnight
    expect(campaign).toMatchObject({ from: addDays(today, -10), until: addDays(today, 1) });
    expect(slots.shortfalls).toEqual([]);
    for (const date of [today, addDays(today, 1)]) {
      const full = playlists.filter((one) => one.date === date && one.items > 0);
      expect(full).toHaveLength(16);
    }
    // One ward's morning without electricity, and the plays that make it good.
    expect(asRun.missed).toBeGreaterThan(0);
    expect(asRun.missed).toBeLessThan(5);
    expect(asRun.played + asRun.missed).toBe(asRun.planned);
    expect(existsSync(join(dir, 'data'))).toBe(false);
    expect(existsSync(join(dir, 'media'))).toBe(false);
    expect(playlists.every(({ json }) => json.startsWith(join(dir, 'data-demo')))).toBe(true);
  });

  it('a second run adds nothing', () => {
    const { code, out } = loa('demo', '--json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as { slots: { placedNow: number } }).slots.placedNow).toBe(0);
  });

  it('is served beside a server that holds the port, with six sign-ins that are printed once', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const said = await serve(port).finally(() => taken.close());
    const url = /đang chạy tại (\S+)/.exec(said)?.[1] ?? '';
    expect(url).not.toContain(`:${port}`);
    const signIns = [...said.matchAll(/^ {4}(demo\.\w+) +(\S+)/gm)];
    expect(signIns.map(([, username]) => username)).toHaveLength(6);
    for (const [, username = '', password = ''] of signIns) {
      const person = await new Client(url).signIn(username, password);
      expect((await person.get('/')).status).toBeLessThan(400);
    }
    expect(loa('demo', '--remove')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Loa đang chạy trên dữ liệu'),
    });
    await stop();
    const again = await serve(port);
    expect(again).toContain('Mật khẩu của sáu người đã được in');
    expect(again).not.toMatch(/demo\.quantri/);
    await stop();
  }, 180_000);

  it('is cleared by one command', () => {
    expect(loa('demo', '--remove')).toMatchObject({ code: 0, err: expect.stringContaining('Đã xóa dữ liệu chạy thử') });
    expect(existsSync(join(dir, 'data-demo'))).toBe(false);
    expect(loa('demo', '--remove')).toMatchObject({
      code: 0,
      err: expect.stringContaining('Không có dữ liệu chạy thử'),
    });
  });
});
