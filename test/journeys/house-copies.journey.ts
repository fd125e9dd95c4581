import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Like } from 'typeorm';
import { SystemClock } from '../../src/shared/clock.js';
import { localDateOf, VIETNAM } from '../../src/shared/local-time.js';
import { Job } from '../../src/jobs/job.entity.js';
import { Post } from '../../src/posts/state/post.entity.js';
import { Player } from '../../src/stations/player/player.js';
import { FakeGraph } from '../fakes/graph.server.js';
import { BAC_HA } from '../support/at-the-desk.js';
import { Client, json } from '../support/client.js';
import { KillableOffice } from '../support/killable-office.js';
import { letTimePass, withRows } from '../support/killed-server.js';
import { copiedPlace, emptyPlace } from '../support/other-house.js';
import { approved, newcomer, PASSWORD } from '../support/served-office.js';
import { type Place, runLoa, ServeProcess, until } from '../support/serve-process.js';
import { onPostgres } from '../support/test-database.js';

const MINUTE = 60_000;
const [PAGE, TOKEN] = ['100064', 'EAAGsecretPageToken0123456789'];

interface ShownPost {
  id: string;
  state: string;
  reason: string | null;
  externalId: string | null;
}

describe(`copies of one house, on ${onPostgres ? 'PostgreSQL' : 'SQLite'}`, () => {
  let graph: FakeGraph;
  let old: KillableOffice;
  let restored: { place: Place; drop: () => Promise<void> };
  let token: string;
  let pageAdmin: Client;
  let stationDir: string;
  const drops: (() => Promise<void>)[] = [];
  const today = localDateOf(Date.now(), VIETNAM);

  beforeAll(async () => {
    graph = await FakeGraph.open({ pageId: PAGE, token: TOKEN, now: () => Date.now() });
    old = await KillableOffice.open({ LOA_GRAPH_URL: graph.url, LOA_PAGE_ID: PAGE, LOA_PAGE_TOKEN: TOKEN });
    const admin = await new Client(old.server.url).signIn('quan.tri', PASSWORD);
    const made = await admin.post('/api/stations', { channelCode: BAC_HA, name: 'Trạm chợ' });
    token = json<{ token: string }>(made).token;
    pageAdmin = await newcomer(old.server, admin, 'page-admin', 'page-admin.mot');
    stationDir = join(old.place.dir, 'station');
  }, 120_000);
  afterAll(async () => {
    await ServeProcess.killAll();
    for (const drop of drops) await drop();
    await old.close();
    await graph.close();
  });

  /** The one station, whose address is changed. */
  async function pull(server: ServeProcess) {
    const player = new Player({ baseUrl: server.url, token, dir: stationDir, clock: new SystemClock() });
    const [day] = await player.pull([today]);
    await player.close();
    return day;
  }
  const health = async (server: ServeProcess) => {
    const answer = await fetch(`${server.url}/health`);
    return [answer.status, ((await answer.json()) as { details: { house: { word: string } } }).details.house.word];
  };
  const post = async (editor: Client, text: string, dueAt: number) => {
    const versionId = await approved(old.people, text);
    const order = { campaignId: old.people.campaignId, versionId, channelCode: 'fanpage-thanh-pho', dueAt };
    return json<ShownPost>(await editor.post('/api/posts', { ...order, adapter: 'graph' })).id;
  };
  const signedIn = (server: ServeProcess) => new Client(server.url).signIn('editor.mot', PASSWORD);
  const shown = async (editor: Client, id: string) => json<ShownPost>(await editor.get(`/api/posts/${id}`));
  const sent = () => graph.requests.filter((one) => one.startsWith('POST')).length;

  it('a restored one does nothing, is activated by a person, finds what went out, and the old one learns of it and stops', async () => {
    const texts = ['Mời bà con tổng vệ sinh sáng thứ Bảy.', 'Lịch tiêm chủng tháng này có thay đổi.'] as const;
    const { editor } = old.people;
    const dueAt = Date.now() + 10 * MINUTE;
    const [goesOut, stays] = [await post(editor, texts[0], dueAt), await post(editor, texts[1], dueAt + 1)];
    const folder = join(old.place.dir, 'saved');
    expect(await runLoa(old.place, ['backup', folder])).toMatchObject({ code: 0 });
    expect(sent()).toBe(0);
    expect((await pull(old.server))?.state).not.toBe('offline');
    // Its hour comes.
    await withRows(old.place, (database) =>
      database.write(async (tx) => {
        await tx.update(Post, { id: goesOut }, { dueAt: Date.now() });
        await tx.update(Job, { key: Like(`${goesOut}/%`) }, { runAt: Date.now() });
      }),
    );
    await until(() => graph.accepted(texts[0]).length > 0, 30_000, 'nothing is posted after the backup');
    expect((await pageAdmin.post(`/api/posts/${stays}/cancel`)).status).toBe(200);

    restored = await emptyPlace(old.place, join(old.place.dir, 'elsewhere'));
    drops.push(restored.drop);
    const done = await runLoa(restored.place, ['restore', folder]);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('loa activate') });
    // Both are due by now.
    await letTimePass(restored.place, 10 * MINUTE);
    const server = await ServeProcess.start(restored.place);
    await until(() => server.said.includes('Bản khôi phục, chưa kích hoạt'), 10_000, 'nothing is said');
    expect(await health(server)).toEqual([503, 'passive']);
    expect(await pull(server)).toMatchObject({ state: 'offline', reason: 'house-passive' });
    const there = await signedIn(server);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect([sent(), (await shown(there, goesOut)).state, (await shown(there, stays)).state]).toEqual([
      1,
      'scheduled',
      'scheduled',
    ]);

    const asked = await runLoa(restored.place, ['activate']);
    expect([asked.code, asked.out]).toEqual([2, expect.stringContaining('2 bài đến hạn được tìm trên fanpage')]);
    expect(await health(server)).toEqual([503, 'passive']);
    expect(await runLoa(restored.place, ['activate', '--yes'])).toMatchObject({ code: 0 });
    await until(async () => (await health(server))[0] === 200, 5_000, 'the running server does not see the activation');
    const [entry] = graph.accepted(texts[0]);
    const found = async () => (await shown(there, goesOut)).state === 'published';
    await until(found, 90_000, 'what went out is not found');
    expect((await shown(there, goesOut)).externalId).toBe(entry?.id);
    expect((await pull(server))?.state).not.toBe('offline');

    // The old copy learns of it only when the station calls it again.
    expect(await health(old.server)).toEqual([200, 'ok']);
    expect(await pull(old.server)).toMatchObject({ state: 'offline', reason: 'house-passive' });
    expect(await health(old.server)).toEqual([503, 'passive']);
    expect(old.server.said).toContain('a newer copy of the house is running');
    const late = 'Bản cũ không được đăng bài này.';
    await post(editor, late, Date.now());
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect([graph.accepted(late), sent()]).toEqual([[], 1]);
    await old.server.kill();

    // Looked up again when the page has certainly settled, and then left to a person.
    await server.stop();
    await letTimePass(restored.place, 10 * MINUTE);
    const again = await ServeProcess.start(restored.place);
    const after = await signedIn(again);
    const left = async () => (await shown(after, stays)).reason?.includes('không tự đăng') ?? false;
    await until(left, 60_000, 'nobody is asked');
    expect([(await shown(after, stays)).state, sent()]).toEqual(['unknown', 1]);
    await again.stop();
    expect(await runLoa(restored.place, ['audit', 'verify'])).toMatchObject({ code: 0 });
  }, 300_000);

  it('made by copying files and rows are found out by a station, and the second one that it hears stops', async () => {
    const copied = await copiedPlace(restored.place, join(old.place.dir, 'copied'));
    drops.push(copied.drop);
    const [one, twin] = [await ServeProcess.start(restored.place), await ServeProcess.start(copied.place)];
    expect((await pull(one))?.state).not.toBe('offline');
    expect(await pull(twin)).toMatchObject({ state: 'offline', reason: 'house-passive' });
    expect(await health(twin)).toEqual([503, 'passive']);
    expect(twin.said).toContain('two copies of the house are running');
    expect((await pull(one))?.state).not.toBe('offline');
    expect(await health(one)).toEqual([200, 'ok']);
    // Passive for good, also after a restart, until a person decides.
    await twin.stop();
    const again = await ServeProcess.start(copied.place);
    expect(await health(again)).toEqual([503, 'passive']);
    await Promise.all([one.stop(), again.stop()]);
    rmSync(copied.place.dir, { recursive: true, force: true });
  }, 120_000);
});
