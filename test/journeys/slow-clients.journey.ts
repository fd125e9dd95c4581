import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Answer, Client, json } from '../support/client.js';
import { HalfOpen, thousandHolders } from '../support/half-open.js';
import { ServeProcess, until } from '../support/serve-process.js';
import { moveIn, type Office, PASSWORD } from '../support/served-office.js';
import { testDatabase } from '../support/test-database.js';

/** All waits of the server for clients, as a fraction of the usual time; 1 is the run by hand, and prints figures. */
const FACTOR = Number(process.env['LOA_TEST_PATIENCE'] ?? 0.2);
const WINDOW_MS = 20_000 * FACTOR;
const script = fileURLToPath(new URL('../support/serve-patience.mjs', import.meta.url));
const limited = ['sh', '-c', 'ulimit -n 1024 && exec "$0" "$@"', process.execPath, script, String(FACTOR)];

let dir: string;
let dropRows: () => Promise<void>;
let server: ServeProcess;
let office: Office;
let held: HalfOpen | undefined;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'loa-slow-'));
  const rows = await testDatabase();
  dropRows = rows.drop;
  const place = { dir, command: limited, env: rows.url ? { LOA_DATABASE_URL: rows.url } : undefined };
  const come = await moveIn(place);
  server = await ServeProcess.start(place);
  office = await come(server);
});
afterAll(async () => {
  held?.end();
  await ServeProcess.killAll();
  await dropRows();
  rmSync(dir, { recursive: true, force: true });
});

/** A body that takes longer than two windows at twice the minimum rate. Spaces before JSON are JSON. */
function slowly(body: object): ReadableStream<Uint8Array> {
  const begun = performance.now();
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      await pause(200);
      const elapsed = performance.now() - begun;
      const due = Math.floor((elapsed / 1000) * 2048) - sent;
      sent += due;
      controller.enqueue(Buffer.alloc(Math.max(1, due), ' '));
      if (elapsed < 2.5 * WINDOW_MS) return;
      controller.enqueue(Buffer.from(JSON.stringify(body)));
      controller.close();
    },
  });
}

describe('with a thousand connections half open and 1024 files', () => {
  it('people, stations and emergencies are answered, a slow ward gets through, and none of the thousand is left', async () => {
    const admin = await new Client(server.url).signIn('quan.tri', PASSWORD);
    const channelCode = 'truyen-thanh-phuong-bac-ha';
    const enrolled = await admin.post('/api/stations', { channelCode, name: 'Cụm loa 1' });
    const { token } = json<{ token: string }>(enrolled);
    const { editor, approver, campaignId } = office;
    const { directiveId } = json<{ directiveId: string }>(await editor.get(`/api/campaigns/${campaignId}`));
    const flood = { directiveId, name: 'Lũ', from: '2020-01-01', until: '2099-12-31', bulletinClass: 'emergency' };
    const urgent = json<{ id: string }>(await editor.post('/api/campaigns', flood)).id;
    const page =
      (await editor.get('/dang-nhap', { accept: 'text/html' })).text +
      (await editor.get('/bai', { accept: 'text/html' })).text;
    const asset = /\/static\/[^"]*htmx[^"]*\.js/.exec(page)?.[0] ?? '';
    const cookie = `loa=${editor.cookie('loa')}`;
    const holders = thousandHolders(cookie, editor.csrfToken ?? '', asset);
    expect([holders.length, asset]).toEqual([1000, expect.stringContaining('htmx')]);

    const body = { campaignId, channelKind: 'ward-loudspeaker', title: 'Từ xã xa', text: 'Bà con chú ý.' };
    const slow = editor.stream('/api/scripts', slowly(body), 'application/json').then(
      async (answer) => [answer.status, await answer.text()] as const,
      (error: Error) => [0, String(error.cause)] as const,
    );
    // A connection without a request so far is one of those that are closed to make room.
    await pause(1_000);
    expect((await admin.get('/health')).status).toBe(200);
    held = new HalfOpen(server.url, holders);
    const begun = performance.now();
    const waits: number[] = [];
    const answered = async (work: () => Promise<Answer>) => {
      const before = performance.now();
      const { status, text } = await work();
      waits.push(Math.round(performance.now() - before));
      return status < 300 ? status : text;
    };
    for (let n = 0; n < 5; n++) {
      const relay = {
        channelCode,
        campaignId: urgent,
        kind: 'relay',
        streamUrl: 'https://dai-tinh.vn/song1',
        title: 'Lũ về',
        durationMs: 60_000,
        startsAt: Date.now() + (n + 1) * 3_600_000,
        emergency: { reason: 'Lũ về' },
      };
      const authorization = `Bearer ${token}`;
      expect([
        await answered(() => editor.get('/health')),
        await answered(() => new Client(server.url).get('/api/station/playlist', { authorization })),
        await answered(() => approver.post('/api/slots', relay)),
      ]).toEqual([200, 200, 201]);
    }
    const openThen = held.count;
    const whileOpen = Math.round(performance.now() - begun);
    await until(() => held?.count === 0, 60_000, 'connections are still open');
    const goneAfter = Math.round(performance.now() - begun);
    expect(await slow).toEqual([201, expect.stringContaining('versionId')]);
    expect((await editor.get('/health')).status).toBe(200);
    if (FACTOR === 1) console.log({ waits, openThen, whileOpen, goneAfter, goneAfterMs: held.goneAfterMs });
  }, 180_000);
});
