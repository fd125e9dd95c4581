import { connect } from 'node:net';
import { Logger } from '@nestjs/common';
import { Database } from '../../src/database/database.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { QuietLogger } from '../../src/quiet-logger.js';
import { withLogFields } from '../../src/shared/context.js';
import { Silence } from '../../src/stations/silence.service.js';
import { BAC_HA, at, clipOf, placed } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { enrolmentCode, enrolPhoneWith } from '../support/phone.js';
import { plannedPost } from '../support/posting.js';
import { parsePrometheus } from '../support/prometheus-text.js';

const MINUTE = 60_000;
const TOKEN = 'mã-đọc-số-liệu-0123456789'.normalize('NFKD').replace(/[^\w-]/g, '');
const HARMLESS = 'from-the-proxy.0042';

interface Line {
  time: string;
  level: string;
  context: string;
  message: string;
  requestId?: string;
  actor?: string | null;
  method?: string;
  route?: string;
  status?: number | null;
  durationMs?: number;
  job?: string;
  jobId?: string;
  attempt?: number;
  outcome?: string;
  stack?: string;
}

/** The output of the application from now on, as `LOA_LOG=json` writes it. */
function listen(house: House): { text: () => string; lines: () => Line[] } {
  let text = '';
  const levels = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const;
  const write = (line: string) => void (text += line);
  Logger.overrideLogger(new QuietLogger({ levels: [...levels], format: 'json', clock: house.clock, write }));
  const parse = (line: string) => JSON.parse(line) as Line;
  return { text: () => text, lines: () => text.split('\n').slice(0, -1).map(parse) };
}

/** The log line of a request is written a moment after its answer. */
async function lineOf(log: { lines: () => Line[] }, requestId: string): Promise<Line> {
  for (let turn = 0; turn < 200; turn++) {
    const found = log.lines().find((line) => line.requestId === requestId && line.method !== undefined);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no line of ${requestId}`);
}

const idOf = ({ headers }: { headers: Headers }) => headers.get('x-request-id') ?? '';

describe('the log', () => {
  let house: House;
  let log: ReturnType<typeof listen>;
  beforeAll(async () => {
    house = await openHouse();
    log = listen(house);
  });
  afterAll(() => house.close());

  it('has a line for each request: its id, who asked, the pattern, the status, the time', async () => {
    const editor = await house.person('editor');
    const { id } = json<{ id: string }>(await editor.get('/api/session'));
    const answer = await editor.get('/lich/truyen-thanh-phuong-bac-ha?ngay=2026-11-24');
    expect(await lineOf(log, idOf(answer))).toEqual({
      time: '2026-11-24T01:00:00.000Z',
      level: 'log',
      context: 'Http',
      message: 'Request answered',
      requestId: idOf(answer),
      actor: `person:${id}`,
      method: 'GET',
      route: '/lich/:code',
      status: 200,
      durationMs: expect.any(Number),
    });
    const stranger = await house.stranger().get('/api/session');
    expect(await lineOf(log, idOf(stranger))).toMatchObject({ actor: null, status: 401, route: '/api/session' });
    const nowhere = await house.stranger().get('/tôi-gõ-mật-khẩu-vào-đây');
    expect(await lineOf(log, idOf(nowhere))).toMatchObject({ route: 'none', status: 404 });
  });

  it.each([
    ['a b', false],
    ['"}{', false],
    ['x'.repeat(65), false],
    ['', false],
    ['<script>', false],
    [HARMLESS, true],
    ['x'.repeat(64), true],
  ])('takes over the id that a caller gives only if it is a plain word: %j', async (told, isTaken) => {
    const answer = await house.stranger().get('/health', { 'x-request-id': told });
    expect(idOf(answer) === told).toBe(isTaken);
    expect(idOf(answer)).toMatch(/^[\w.-]{1,64}$/);
    await lineOf(log, idOf(answer));
  });

  it('tells of a caller who has gone', async () => {
    const { hostname, port } = new URL(house.url);
    const head = ['POST /api/session HTTP/1.1', 'host: loa', 'content-type: application/json', 'content-length: 99'];
    const socket = connect(Number(port), hostname);
    socket.write([...head, 'x-request-id: gone', '', '{'].join('\r\n'), () => setTimeout(() => socket.destroy(), 50));
    expect(await lineOf(log, 'gone')).toMatchObject({ message: 'Request broken off', status: null });
  });

  it('has a line for each attempt of a job, and its ids beside whatever the job says', async () => {
    const jobs = house.app.get(Jobs);
    const outer = new Logger('Outer');
    jobs.define('said', { run: async () => outer.warn('in the middle') });
    jobs.define('broken', {
      backoffMs: () => 0,
      run: async () => {
        throw new Error('no');
      },
    });
    await house.app.get(Database).write(async (tx) => {
      await jobs.add(tx, { name: 'said', key: 'x' });
      await jobs.add(tx, { name: 'broken', key: 'x', maxAttempts: 2 });
    });
    // As a request wakes the runner.
    await withLogFields({ requestId: 'of-the-request' }, () => house.drain());
    const ended = (name: string) => log.lines().filter((line) => line.job === name && line.message === 'Job ended');
    const { id } = (await jobs.find('said', 'x'))!;
    expect(ended('said')).toEqual([
      expect.objectContaining({ jobId: id, attempt: 1, outcome: 'done', context: 'Jobs' }),
    ]);
    expect(ended('said')[0]?.durationMs).toEqual(expect.any(Number));
    expect(ended('broken').map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'again'],
      [2, 'failed'],
    ]);
    expect(log.lines()).toContainEqual(expect.objectContaining({ message: 'in the middle', job: 'said', jobId: id }));
  });

  it('a job that a request has woken carries the ids of the job alone', () => {
    const jobs = log.lines().filter((line) => line.jobId !== undefined);
    expect(jobs.length).toBeGreaterThan(0);
    expect(jobs.filter((line) => line.requestId !== undefined)).toEqual([]);
  });

  it('never has a secret in it, whatever passes through', async () => {
    const secrets = new Map<string, string>([['password', PASSWORD]]);
    const keep = (what: string, value: string | undefined) => {
      if (!value) throw new Error(`no ${what}`);
      secrets.set(what, value);
    };
    const username = 'nguoi.bi.mat';
    const account = {
      username,
      displayName: 'Họ Tên Không Ghi',
      password: PASSWORD,
      grants: [{ role: 'admin' as const }],
    };
    const accountId = await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    keep('name', account.displayName);
    keep('username', username);
    const admin = await house.stranger().signIn(username, PASSWORD);
    keep('session', admin.cookie('loa'));
    keep('device', admin.cookie('loa-device'));
    const code = await enrolmentCode(house, accountId);
    keep('enrolment code', code);
    const phone = await enrolPhoneWith(admin, code, () => house.clock.now());
    keep('CSRF', admin.csrfToken);
    house.clock.advance(MINUTE);
    const oneTime = phone.code();
    await admin.post('/api/session/code', { code: oneTime });
    await house.stranger().post('/api/session', { username, password: 'sai-mat-khau-trong-nhat-ky' });
    keep('wrong password', 'sai-mat-khau-trong-nhat-ky');
    await house.stranger().post('/api/session', `{"password": "${PASSWORD}`, { 'content-type': 'application/json' });
    await house.stranger().post('/dang-nhap', new URLSearchParams({ username, password: PASSWORD }));

    const enrolled = await admin.post('/api/stations', { channelCode: BAC_HA, name: 'Trạm chợ' });
    const { token } = json<{ token: string }>(enrolled);
    keep('station token', token);
    const bearer = { authorization: `Bearer ${token}` };
    const editor = await house.person('editor');
    await placed(editor, await clipOf(house, {}), at('06:00'));
    const day = await house.stranger().get('/api/station/playlist?date=2026-11-25', bearer);
    const path = clipPath(day.text);
    const key = path.split('?k=')[1];
    keep('key of a clip', key);
    expect((await house.stranger().get(path)).status).toBe(200);
    await house.stranger().get(`/api/playlists/nowhere/${key}?k=${key}`);
    await house.stranger().get(`/khong-co/${token}`, bearer);
    await house.stranger().get(`/%zz/${token}`);
    await house.stranger().get('/metrics', { authorization: `Bearer ${TOKEN}` });
    keep('token of metrics', TOKEN);
    await unexpected(house, admin);

    expect(log.lines().length).toBeGreaterThan(30);
    const found = [...secrets].filter(
      ([, value]) => log.text().includes(value) || log.text().includes(encodeURIComponent(value)),
    );
    expect(found.map(([what]) => what)).toEqual([]);
    expect(log.text()).not.toMatch(new RegExp(`\\b${oneTime}\\b`));
    expect(log.text()).not.toContain('?');
  });
});

function clipPath(playlist: string): string {
  const { items } = JSON.parse(playlist) as { items: { url?: string }[] };
  const url = items.find((item) => item.url !== undefined)?.url ?? '';
  return url.replace(/^https?:\/\/[^/]+/, '');
}

/** A page and an answer that fail with an unexpected error. */
async function unexpected(house: House, client: Client) {
  await house.app.get(Database).write((tx) => tx.query('ALTER TABLE holiday RENAME TO holiday_away'));
  try {
    const asked = { accept: 'text/html' };
    return [
      await client.get('/khung-gio/luat/ngay-le?k=bi-mat', asked),
      await client.get('/khung-gio/luat/ngay-le?k=bi-mat'),
    ] as const;
  } finally {
    await house.app.get(Database).write((tx) => tx.query('ALTER TABLE holiday_away RENAME TO holiday'));
  }
}

describe('an error that nobody expected', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('tells its number, by which the administrator finds it in the log', async () => {
    const log = listen(house);
    const [page, answer] = await unexpected(house, await house.person('admin'));
    expect([page.status, answer.status]).toEqual([500, 500]);
    expect(page.text).toContain(`<code>${idOf(page)}</code>`);
    expect(json(answer)).toMatchObject({ code: 'unexpected', requestId: idOf(answer) });
    for (const one of [page, answer]) {
      const errors = log.lines().filter(({ level, requestId }) => level === 'error' && requestId === idOf(one));
      expect(errors).toEqual([expect.objectContaining({ stack: expect.stringContaining('at ') })]);
      expect(await lineOf(log, idOf(one))).toMatchObject({ status: 500, level: 'warn' });
    }
  });

  it('one that is expected tells no number', async () => {
    expect(json(await house.stranger().get('/api/session'))).not.toHaveProperty('requestId');
  });
});

describe('the numbers', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  /** Five seconds later, because the values are cached for so long. */
  async function numbers() {
    house.clock.advance(5_000);
    const answer = await house.stranger().get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    return parsePrometheus(answer.text);
  }

  it('move when things happen', async () => {
    const admin = await house.person('admin');
    const { token } = json<{ token: string }>(
      await admin.post('/api/stations', { channelCode: BAC_HA, name: 'Trạm chợ' }),
    );
    const before = await numbers();
    const health = { method: 'GET', route: '/health', status: '2xx' };
    for (let n = 0; n < 3; n++) await house.stranger().get('/health');
    const bearer = { authorization: `Bearer ${token}` };
    const day = await house.stranger().get('/api/station/playlist', bearer);
    const held = await house.stranger().get('/api/station/playlist', {
      ...bearer,
      'if-none-match': day.headers.get('etag') ?? '',
    });
    expect([day.status, held.status]).toEqual([200, 304]);
    await plannedPost(house, 'manual');
    const jobs = house.app.get(Jobs);
    jobs.define('counted', { run: async () => undefined });
    await house.app.get(Database).write((tx) => jobs.add(tx, { name: 'counted', key: 'x' }));
    house.clock.advance(20 * MINUTE);
    const after = await numbers();

    const more = (name: string, labels: Record<string, string>) =>
      after.value(name, labels) - before.value(name, labels);
    expect(more('loa_http_request_seconds_count', health)).toBe(3);
    expect(more('loa_playlists_served_total', { format: 'json', status: '200' })).toBe(1);
    expect(more('loa_playlists_served_total', { format: 'json', status: '304' })).toBe(1);
    expect([before, after].map((one) => one.value('loa_stations', { state: 'silent' }))).toEqual([0, 1]);
    expect([before, after].map((one) => one.value('loa_posts_due', { state: 'scheduled' }))).toEqual([0, 1]);
    expect([before, after].map((one) => one.value('loa_posts_late', { state: 'scheduled' }))).toEqual([0, 1]);
    expect(after.value('loa_jobs', { name: 'counted', state: 'waiting' })).toBe(1);
    expect(after.value('loa_job_oldest_due_seconds', { name: 'counted' })).toBe(1_205);
    expect(more('loa_database_seconds_count', { lane: 'people', kind: 'question' })).toBeGreaterThan(0);
    expect(more('loa_database_seconds_count', { lane: 'machines', kind: 'question' })).toBeGreaterThan(0);
    expect(more('loa_database_seconds_count', { lane: 'people', kind: 'transaction' })).toBeGreaterThan(0);
    expect(after.value('loa_health', { part: 'database', word: 'ok' })).toBe(1);
    expect(after.value('nodejs_eventloop_lag_seconds', {})).toBeGreaterThanOrEqual(0);

    await house.app.get(Silence).look();
    await house.drain();
    const last = await numbers();
    expect(last.value('loa_jobs', { name: 'counted', state: 'waiting' })).toBe(0);
    expect(last.value('loa_job_seconds_count', { name: 'counted', outcome: 'done' })).toBe(1);
    expect(last.value('loa_posts_due', { state: 'awaiting-person' })).toBe(1);
  });

  it('are asked of the database once, however many ask at once and in the next five seconds', async () => {
    await numbers();
    const questions: string[] = [];
    house.app.get(Database).times.onTimed((work) => questions.push(work));
    house.clock.advance(5_000);
    const all = await Promise.all(Array.from({ length: 20 }, () => house.stranger().get('/metrics')));
    const first = questions.length;
    expect(first).toBeGreaterThan(0);
    house.clock.advance(4_000);
    all.push(await house.stranger().get('/metrics'));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(questions.length).toBe(first);
  });

  it('name no route but patterns, and nobody by an id', async () => {
    await house.stranger().get('/khong-co-trang-nay/0123456789');
    const text = (await numbers()).text;
    expect(text).not.toContain('khong-co-trang-nay');
    expect(text).toContain('route="none"');
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it('are for nobody who comes through a proxy', async () => {
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto']) {
      const answer = await house.stranger().get('/metrics', { [name]: '127.0.0.1' });
      expect([name, answer.status]).toEqual([name, 404]);
    }
  });
});

describe('the numbers behind a proxy', () => {
  it('are for nobody without a token, and with one for whoever has it', async () => {
    // A proxy may send no header about the caller: the public address reveals it.
    const proxied: Record<string, string>[] = [
      { LOA_TRUST_PROXY: 'true' },
      { LOA_PUBLIC_URL: 'https://loa.example' },
      { LOA_PUBLIC_URL: 'http://loa.example' },
    ];
    for (const env of proxied) {
      const without = await openHouse({ env });
      expect([env, (await without.stranger().get('/metrics')).status]).toEqual([env, 404]);
      await without.close();
    }
    const house = await openHouse({ env: { LOA_TRUST_PROXY: 'true', LOA_METRICS_TOKEN: TOKEN } });
    const status = async (authorization?: string) => {
      const headers = { 'x-forwarded-for': '203.0.113.7', ...(authorization !== undefined && { authorization }) };
      return (await house.stranger().get('/metrics', headers)).status;
    };
    expect(await status()).toBe(401);
    expect(await status('Bearer ')).toBe(401);
    expect(await status(`Bearer ${TOKEN}x`)).toBe(401);
    expect(await status(`Basic ${TOKEN}`)).toBe(401);
    expect(await status(`Bearer ${TOKEN}`)).toBe(200);
    expect((await house.stranger().get('/metrics')).headers.get('www-authenticate')).toContain('Bearer');
    await house.close();
  });
});
