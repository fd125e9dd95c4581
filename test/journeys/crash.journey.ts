import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { In } from 'typeorm';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Job } from '../../src/jobs/job.entity.js';
import { FakeGraph } from '../fakes/graph.server.js';
import { Client, json } from '../support/client.js';
import { KillableOffice } from '../support/killable-office.js';
import { letTimePass, wholeFiles, withRows } from '../support/killed-server.js';
import { announcement, approved, clipsOf, newcomer, PASSWORD, script } from '../support/served-office.js';
import { runLoa, until } from '../support/serve-process.js';
import { onPostgres } from '../support/test-database.js';

const MINUTE = 60_000;
const [PAGE, TOKEN] = ['100064', 'EAAGsecretPageToken0123456789'];
/** A lease of 30 s, and time to repeat all the work on a slow machine. */
const TAKEN_OVER_MS = 240_000;

interface ShownPost {
  id: string;
  state: string;
  reason: string | null;
  externalId: string | null;
  attempts: { kind: string; outcome: string | null }[];
}

describe(`a server that is killed, on ${onPostgres ? 'PostgreSQL' : 'SQLite'}`, () => {
  let graph: FakeGraph;
  let house: KillableOffice;

  beforeAll(async () => {
    graph = await FakeGraph.open({ pageId: PAGE, token: TOKEN, now: () => Date.now() });
    house = await KillableOffice.open({ LOA_GRAPH_URL: graph.url, LOA_PAGE_ID: PAGE, LOA_PAGE_TOKEN: TOKEN });
  }, 600_000);
  afterAll(async () => {
    await house.close();
    await graph.close();
  });

  it('in the middle of a render: nothing half-made is seen, nothing goes on running, and after the lease it is done once', async () => {
    const { editor } = house.people;
    const made: string[] = [];
    const ask = async (name: string) => {
      const versionId = await script(house.people, announcement(name, 20));
      expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
      made.push(versionId);
      return versionId;
    };
    const stage = (name: string, percent: number) => async () => {
      const versionId = await ask(name);
      const reached = async () => {
        const [clip] = await clipsOf(editor, versionId);
        if (clip?.state !== 'waiting') throw new Error(`too late: ${clip?.state}`);
        return (clip.progress?.percent ?? 0) >= percent;
      };
      await until(reached, 60_000, `${name} does not begin`, 10);
    };
    const moments: (() => Promise<unknown>)[] = [
      stage('đọc', 20),
      stage('chỉnh', 75),
      stage('ghi', 82),
      async () => {
        // The file exists and the row does not, or has just been written.
        const before = wholeFiles(house.place).length;
        await ask('xong');
        const clips = join(house.place.dir, 'media', 'clips');
        const files = () => (existsSync(clips) ? readdirSync(clips, { recursive: true }) : []);
        const seen = () => files().filter((name) => String(name).endsWith('.mp3')).length > before;
        await until(seen, 60_000, 'no file appears', 1);
      },
    ];
    for (const moment of moments) {
      await moment();
      await house.powerCut();
      await house.restart();
      for (const versionId of made) {
        for (const clip of await clipsOf(editor, versionId)) {
          if (clip.state === 'ready') expect(wholeFiles(house.place)).toContain(clip.sha256);
          else expect(clip).toMatchObject({ state: 'waiting', sha256: null, durationMs: null });
        }
      }
    }
    const all = async () => (await Promise.all(made.map((versionId) => clipsOf(editor, versionId)))).flat();
    await until(async () => (await all()).every(({ state }) => state !== 'waiting'), TAKEN_OVER_MS, 'not all are done');
    const clips = await all();
    expect(clips.map(({ state }) => state)).toEqual(made.map(() => 'ready'));
    expect(clips.every(({ durationMs }) => (durationMs ?? 0) > 120_000)).toBe(true);
    expect(wholeFiles(house.place).sort()).toEqual(clips.map(({ sha256 }) => sha256).sort());
    for (const { sha256 } of clips) {
      const file = await editor.get(`/api/clips/${sha256}.mp3`);
      expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
    }
    await withRows(house.place, async (database) => {
      const jobs = await database.read().findBy(Job, { name: 'render-clip' });
      expect(jobs).toHaveLength(made.length);
      expect(jobs.map(({ state }) => state)).toEqual(made.map(() => 'done'));
      // Lost attempts were started again and counted; the last one may have finished at that very moment.
      expect(jobs.filter(({ attempt }) => attempt >= 2).length).toBeGreaterThanOrEqual(made.length - 1);
      if (!onPostgres) {
        expect(await database.read().query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      }
    });
  }, 600_000);

  it('in the middle of a post: it is on the page once, whatever is killed and whenever', async () => {
    const { editor, campaignId } = house.people;
    const text = 'Thứ Bảy này, mời bà con tổng vệ sinh đường làng, ngõ phố.';
    const versionId = await approved(house.people, text);
    const order = { campaignId, versionId, channelCode: 'fanpage-thanh-pho', dueAt: Date.now(), adapter: 'graph' };
    graph.publishScript = ['accept-then-hang'];
    const { id } = json<ShownPost>(await editor.post('/api/posts', order));
    const shown = async () => json<ShownPost>(await editor.get(`/api/posts/${id}`));
    const sent = () => graph.requests.filter((one) => one.startsWith('POST')).length;

    await until(() => graph.accepted(text).length > 0, 10_000, 'nothing is sent');
    await house.server.kill();
    await house.restart();
    // Its claim still holds: only the sender may report the post as published.
    expect(await shown()).toMatchObject({ state: 'publishing', attempt: 1 });

    await house.server.kill();
    await letTimePass(house.place, 4 * MINUTE);
    await house.restart();
    await until(async () => (await shown()).state === 'unknown', 15_000, 'nobody notices the dead sender');
    expect((await shown()).reason).toContain('Máy chủ dừng giữa lúc đăng');

    await house.server.kill();
    await letTimePass(house.place, 2 * MINUTE);
    graph.feedScript = ['hang'];
    const asked = () => graph.requests.filter((one) => one.startsWith('GET')).length;
    await house.restart();
    await until(() => asked() > 0, 15_000, 'nobody looks for the post');
    await house.server.kill();
    await letTimePass(house.place, 4 * MINUTE);
    await house.restart();
    await until(async () => (await shown()).state === 'published', 15_000, 'the post is not found');
    const { attempts, externalId } = await shown();
    expect(attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['publish', 'unknown'],
      ['lookup', null],
      ['lookup', 'found'],
    ]);
    expect([graph.accepted(text).map((entry) => entry.id), sent()]).toEqual([[externalId], 1]);
  }, 120_000);

  if (onPostgres) {
    it('two servers on the same rows share the work: every job is done once', async () => {
      const second = await house.second();
      const editors = [house.people.editor, await new Client(second.url).signIn('editor.mot', PASSWORD)] as const;
      const versions: string[] = [];
      for (let n = 1; n <= 20; n++) {
        const versionId = await script(house.people, `Nhóm ${n} họp lúc 19h30 tại nhà văn hóa tổ ${n}.`);
        versions.push(versionId);
      }
      const ask = (versionId: string, n: number) => editors[n % 2 ? 1 : 0].post(`/api/versions/${versionId}/clips`);
      for (const answer of await Promise.all(versions.map(ask))) expect(answer.status).toBe(202);
      await withRows(house.place, async (database) => {
        let most = 0;
        const allDone = async () => {
          const jobs = await database.read().findBy(Job, { name: 'render-clip' });
          most = Math.max(most, jobs.filter(({ state }) => state === 'running').length);
          return jobs.every(({ state }) => state === 'done' || state === 'failed');
        };
        await until(allDone, 90_000, 'not all are done', 20);
        // More at once than one server accepts, so both have worked.
        expect(most).toBeGreaterThan(Math.min(4, availableParallelism()));
        const clips = await database.read().findBy(Clip, { scriptVersionId: In(versions) });
        const jobs = await database.read().findBy(Job, { key: In(clips.map((clip) => clip.id)) });
        expect(clips.map(({ state }) => state)).toEqual(versions.map(() => 'ready'));
        expect(jobs.map(({ state, attempt }) => [state, attempt])).toEqual(versions.map(() => ['done', 1]));
        expect(wholeFiles(house.place)).toEqual(expect.arrayContaining(clips.map(({ sha256 }) => sha256)));
        expect(new Set(wholeFiles(house.place)).size).toBe(wholeFiles(house.place).length);
      });
      // Commands work beside them.
      const create = ['admin', 'create', '--username', 'quan.tri.hai', '--name', 'Trần Văn Hai'];
      expect(await runLoa(house.place, create, `${PASSWORD}\n`)).toMatchObject({ code: 0 });
      await newcomer(second, await new Client(second.url).signIn('quan.tri.hai', PASSWORD), 'approver', 'approver.hai');
      await second.stop();
    }, 120_000);

    it('a server that freezes in a render is replaced, and when it comes back its result changes nothing', async () => {
      const { editor } = house.people;
      const versionId = await script(house.people, announcement('đứng', 20));
      expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
      const clip = async (client: Client) => (await clipsOf(client, versionId))[0];
      await until(async () => ((await clip(editor))?.progress?.percent ?? 0) >= 75, 60_000, 'no render', 10);
      house.server.pause();
      const second = await house.second();
      const client = await new Client(second.url).signIn('editor.mot', PASSWORD);
      // The lease of 30 s, and more.
      await letTimePass(house.place, MINUTE);
      await until(async () => (await clip(client))?.state === 'ready', 60_000, 'nobody takes over');
      const row = () =>
        withRows(house.place, (database) => database.read().findOneByOrFail(Clip, { scriptVersionId: versionId }));
      const before = await row();
      house.server.resume();
      await until(
        () => house.server.said.includes(`${before.id} attempt 1 no longer ours`),
        30_000,
        'the old attempt does not end',
      );
      expect(await row()).toEqual(before);
      const job = await withRows(house.place, (database) => database.read().findOneByOrFail(Job, { key: before.id }));
      expect(job).toMatchObject({ state: 'done', attempt: 2, percent: 100 });
      expect(wholeFiles(house.place).filter((hash) => hash === before.sha256)).toHaveLength(1);
      await second.stop();
    }, 120_000);
  } else {
    it('a second server on the same file is refused and told why; commands work beside the first', async () => {
      const second = await runLoa({ ...house.place, env: { ...house.place.env, LOA_PORT: '0' } }, ['serve']);
      expect(second).toMatchObject({ code: 2, out: '' });
      expect(second.err).toContain(`Loa đang chạy trên dữ liệu ${join(house.place.dir, 'data', 'loa.sqlite')} rồi`);
      expect(second.err).not.toContain('    at ');
      const create = ['admin', 'create', '--username', 'quan.tri.hai', '--name', 'Trần Văn Hai'];
      expect(await runLoa(house.place, create, `${PASSWORD}\n`)).toMatchObject({ code: 0 });
      const admin = await new Client(house.server.url).signIn('quan.tri.hai', PASSWORD);
      // Its phone is enrolled with a code of the terminal, which confirms the account as well.
      await newcomer(house.server, admin, 'approver', 'approver.hai');
      const folder = join(house.place.dir, 'backup');
      expect(await runLoa(house.place, ['backup', folder])).toMatchObject({ code: 0, out: `${folder}\n` });
      expect((await house.people.editor.get('/api/session')).status).toBe(200);
      // The lock of the serving process is released with the process, however it ends.
      await house.server.stop();
      await house.restart();
      await house.server.kill();
      await house.restart();
      expect((await house.people.editor.get('/api/session')).status).toBe(200);
    }, 120_000);
  }
});
