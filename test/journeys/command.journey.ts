import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command as a person runs it: the built program in a process of its own. */
describe('the command', () => {
  let dir = '';

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'loa-command-'));
    // The command builds stale files; when that fails, every test below would only fail again, slowly.
    const built = loa(['--help']);
    if (built.code !== 0) throw new Error(built.err);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  function loa(args: string[], options: { input?: string | Buffer; data?: string; env?: Record<string, string> } = {}) {
    const data = join(dir, options.data ?? 'data');
    const env = {
      ...process.env,
      LOA_DATA_DIR: data,
      LOA_MEDIA_DIR: join(data, 'media'),
      LOA_DATABASE_URL: '',
      ...options.env,
    };
    const done = spawnSync(process.execPath, [join(root, 'bin/loa.mjs'), ...args], { input: options.input ?? '', env });
    return { code: done.status, out: done.stdout.toString('utf8'), err: done.stderr.toString('utf8') };
  }
  const file = (name: string, content: string | Buffer) => {
    const path = join(dir, name);
    writeFileSync(path, content);
    return path;
  };

  it('helps everywhere', () => {
    for (const args of [
      ['--help'],
      ['demo', '--help'],
      ['intake', '--help'],
      ['admin', 'create', '--help'],
      ['restore', '--help'],
    ]) {
      expect(loa(args)).toMatchObject({ code: 0, out: expect.stringContaining('Usage: loa') });
    }
    expect(loa(['khong-co'])).toMatchObject({ code: 2 });
  });

  it('shows the line of renderings, and says so when there is none of a name', () => {
    const data = 'renders';
    expect(loa(['renders'], { data })).toMatchObject({ code: 0, out: expect.stringMatching(/^Không có bản thu nào/) });
    expect(loa(['renders', '--json'], { data })).toMatchObject({ code: 0, out: '[]\n' });
    const none = '01900000-0000-7000-8000-000000000000';
    for (const args of [
      ['renders', 'stop', none],
      ['renders', 'retry', none, '--reason', 'thử'],
    ]) {
      expect(loa(args, { data })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(none) });
    }
    expect(loa(['renders', 'retry', none], { data })).toMatchObject({ code: 2, out: '' });
  });

  it('reads a letter as JSON and nothing else', () => {
    const { code, out } = loa(['intake', join(root, 'scripts-content/letters/sample-letter.txt'), '--json']);
    expect(code).toBe(0);
    const letter = JSON.parse(out) as { directive: { number: string }; obligations: unknown[] };
    expect(letter.directive.number).toMatch(/^\d+\/\S+$/);
    expect(letter.obligations.length).toBeGreaterThan(2);
  });

  it.each([
    ['empty', ''],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3])],
    ['not a letter', 'Hôm nay trời đẹp.\nMai cũng vậy.\n'],
    ['ten megabytes', 'Số: 1/UBND\n'.repeat(1_000_000)],
    ['not UTF-8', Buffer.from([0xc3, 0x28, 0xa0, 0xff])],
  ])('what is no letter (%s) is exit 2 with a sentence and an empty standard output', (name, content) => {
    const { code, out, err } = loa(['intake', file(`${name}.txt`, content), '--json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Lỗi: \S/);
    expect(err).not.toContain('    at ');
  });

  it('a letter that is not there is exit 2', () => {
    expect(loa(['intake', join(dir, 'khong-co.txt')])).toMatchObject({ code: 2, out: '' });
  });

  it('speaks a line for a line', () => {
    const { code, out } = loa(['speak'], { input: 'Ngày 05/8/2020\n\nUBND phường\n' });
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe('');
    expect(lines[2]?.toLowerCase()).toContain('ủy ban nhân dân');
    expect(out).not.toMatch(/\d/);
  });

  it('makes an administrator whose password is nowhere on the command line, and backs everything up and back', () => {
    const password = 'người giữ chìa khóa kho thóc';
    const create = ['admin', 'create', '--username', 'quan.tri', '--name', 'Nguyễn Thị Quản Trị'];
    expect(loa(create, { input: 'ngắn\n' })).toMatchObject({ code: 2 });
    expect(loa(create, { input: `${password}\n` })).toMatchObject({ code: 0 });
    expect(loa(create, { input: `${password}\n` })).toMatchObject({
      code: 2,
      err: expect.stringContaining('đã có người dùng'),
    });

    const folder = join(dir, 'backup');
    expect(loa(['backup', folder])).toMatchObject({ code: 0, out: `${folder}\n` });
    expect(loa(['backup', folder])).toMatchObject({ code: 2 });
    expect(readFileSync(join(folder, 'tables/account.ndjson'), 'utf8')).not.toContain(password);

    // The administrator is an account in a database without units; restore refuses only where units are.
    expect(loa(['restore', folder], { data: 'second' })).toMatchObject({ code: 0 });
    expect(loa(create, { input: `${password}\n`, data: 'second' })).toMatchObject({ code: 2 });

    const table = join(folder, 'tables/account.ndjson');
    writeFileSync(table, readFileSync(table, 'utf8').replace('Nguyễn', 'Trần'));
    expect(loa(['restore', folder], { data: 'third' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('account.ndjson'),
    });
    expect(loa(['restore', dir], { data: 'third' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('manifest.json'),
    });
  });

  it('examines the machine', () => {
    const { code, out } = loa(['doctor', '--json'], { env: { LOA_PUBLIC_URL: 'https://loa.example.vn' } });
    const { ok, findings, install } = JSON.parse(out) as {
      ok: boolean;
      findings: { what: string; ok: boolean; refused: string[] }[];
      install: Record<string, string>;
    };
    expect([code, ok]).toEqual([0, true]);
    expect(findings.map((one) => one.what)).toEqual(expect.arrayContaining(['Node', 'ffmpeg', 'ffprobe', 'espeak']));
    // Nothing here serves TLS, so an untrusted proxy is assumed.
    expect(findings.find(({ what }) => what === 'proxy')?.refused.join()).toContain('LOA_TRUST_PROXY=true');
    expect(Object.keys(install).join(' ')).toMatch(/Debian.*Fedora.*macOS.*Windows/);
    const looked = ['cổng', 'địa chỉ', 'ổ đĩa', 'sao lưu', 'giọng đọc'];
    expect(findings.map((one) => one.what)).toEqual(expect.arrayContaining(looked));
    expect(findings.find(({ what }) => what === 'địa chỉ')?.refused).toEqual([]);
    expect(findings.find(({ what }) => what === 'sao lưu')?.refused.join()).toContain('Chưa có bản sao lưu');
  });

  it('says which address only this machine can open, and that an online voice does not answer', () => {
    const env = { LOA_PUBLIC_URL: '', LOA_VOICES: 'google,espeak', LOA_GOOGLE_TTS_URL: 'http://127.0.0.1:1' };
    const { out } = loa(['doctor'], { env });
    expect(out).toContain('Chỉ máy này mở được Loa');
    expect(out).toMatch(/giọng đọc +google, espeak\n.*127\.0\.0\.1:1 không trả lời/);
  });

  it('a wrong setting stops the start with its name', () => {
    for (const [name, value, sentence] of [
      ['LOA_PORT', 'abc', /Thiết đặt sai: LOA_PORT/],
      [
        'LOA_PUBLIC_URL',
        'javascript:alert(1)',
        /LOA_PUBLIC_URL: phải là địa chỉ .*\n.*LOA_PUBLIC_URL: must be an address/,
      ],
      [
        'LOA_VOICES',
        'espeak,espaek',
        /LOA_VOICES: Không có giọng đọc "espaek"\..*\n.*LOA_VOICES: There is no voice "espaek"/,
      ],
    ] as const) {
      const env = { ...process.env, [name]: value, LOA_DATA_DIR: join(dir, 'wrong') };
      const done = spawnSync(process.execPath, [join(root, 'bin/loa.mjs'), 'serve'], { env, timeout: 60_000 });
      expect([name, done.status, done.stderr.toString()]).toEqual([name, 2, expect.stringMatching(sentence)]);
    }
  });

  it('keys and the database are nobody else’s on this machine; what is open is closed, and a secret that cannot be is named', () => {
    const data = 'rights';
    const renders = () => loa(['renders', '--json'], { data });
    expect(renders().code).toBe(0);
    const modes = () =>
      readdirSync(join(dir, data), { recursive: true, withFileTypes: true })
        .map((one) => join(one.parentPath, one.name))
        .map((path): [string, number] => [path.slice(dir.length), statSync(path).mode & 0o077]);
    expect(modes().length).toBeGreaterThan(3);
    expect(modes().filter(([, open]) => open !== 0)).toEqual([]);

    const [database, key] = ['loa.sqlite', 'keys/secrets.key'].map((name) => join(dir, data, name));
    for (const path of [database!, key!]) chmodSync(path, 0o644);
    const told = renders();
    expect([told.code, told.out]).toEqual([0, '[]\n']);
    for (const path of [database!, key!]) expect(told.err).toContain(`${path}; Loa đã đóng lại`);
    // Permissions of the group are the administrator's choice.
    expect(modes().filter(([, open]) => open !== 0)).toHaveLength(2);
    expect(renders().err).toContain(`chmod g-rwx '${key}'`);
  });

  it('serves, shows the setup secret on its own terminal only, and stops when told', async () => {
    const data = join(dir, 'serving');
    const env = {
      ...process.env,
      LOA_DATA_DIR: data,
      LOA_MEDIA_DIR: join(data, 'media'),
      LOA_DATABASE_URL: '',
      LOA_PORT: '0',
    };
    const server = spawn(process.execPath, [join(root, 'bin/loa.mjs'), 'serve'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    const told = new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (chunk: Buffer) => {
        err += chunk.toString('utf8');
        if (/\n {4}\S{20,}\n/.test(err)) resolve();
      });
      server.on('exit', () => reject(new Error(err)));
    });
    await told;
    const url = /http:\/\/\S+?:\d+/.exec(err)?.[0] ?? '';
    const page = await fetch(`${url}/thiet-lap`);
    expect(page.status).toBe(200);
    const secret = /\n {4}(\S{20,})\n/.exec(err)?.[1] ?? '';
    expect(await page.text()).not.toContain(secret);
    const stopped = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await stopped;
  });
});
