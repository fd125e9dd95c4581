import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transform } from '@swc/core';
import { Channels } from '../../src/channels/channels.service.js';
import { projectRoot } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { forMachines } from '../../src/database/engines/lane.js';
import { Events } from '../../src/database/events.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Playlists } from '../../src/playlists/playlists.service.js';
import { verifyPlaylist } from '../../src/playlists/formats/playlist-signature.js';
import { AsRun } from '../../src/proof/as-run.entity.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { FixedClock } from '../../src/shared/clock.js';
import { sha256 } from '../../src/shared/ids.js';
import { addDays, instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { FaultyWire } from '../../src/stations/player/faulty-wire.fake.js';
import { Player } from '../../src/stations/player/player.js';
import { Silence, SILENT_AFTER_MINUTES } from '../../src/stations/silence.service.js';
import { Station } from '../../src/stations/station.entity.js';
import { StationSilent } from '../../src/stations/stations.events.js';
import { Stations, type StationView } from '../../src/stations/stations.service.js';
import { approvedClip, type ApprovedClip, someone } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const TODAY = '2026-11-24';
const MINUTE = 60_000;
const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';
const system = systemActor('thử nghiệm');

describe('stations', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ at: { date: TODAY, time: '04:00' } });
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const enrol = (channelCode = BAC_HA, name = 'Trạm chợ') =>
    house.app.get(Stations).enrol(system, { channelCode, name, simulated: true });
  const ask = (token: string, path: string, headers: Record<string, string> = {}) =>
    house.stranger().get(path, { authorization: `Bearer ${token}`, ...headers });
  const channelOf = async (code: string) => {
    const channel = (await house.app.get(Channels).list()).find((one) => one.code === code);
    if (!channel) throw new Error(code);
    return channel;
  };

  async function plan(code: string, clip: ApprovedClip, days = 1, plays = 3): Promise<Slot[]> {
    const { id } = await channelOf(code);
    const { campaignId, clipId, obligationId } = clip;
    const outcome = await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId,
      demands: [{ channelIds: [id], clipId, minPlaysPerDay: plays, maxPlaysPerDay: plays, obligationId }],
      from: TODAY,
      until: addDays(TODAY, days - 1),
    });
    expect(outcome.shortfalls).toEqual([]);
    return read().find(Slot, { where: { channelId: id, campaignId }, order: { startsAt: 'ASC' } });
  }

  describe('are enrolled by an administrator', () => {
    it('who is shown the token once; only its hash is kept', async () => {
      const admin = await house.person('admin');
      const answer = await admin.post('/api/stations', { channelCode: BAC_HA, name: '  Trạm chợ ' });
      expect(answer.status).toBe(201);
      const { id, token } = json<{ id: string; token: string }>(answer);
      const stored = await read().findOneByOrFail(Station, { id });
      expect(stored).toMatchObject({ name: 'Trạm chợ', tokenHash: sha256(token), tokenHint: token.slice(-4) });
      const list = await admin.get('/api/stations');
      expect(json(list)).toMatchObject([{ id, channelCode: BAC_HA, tokenHint: token.slice(-4), active: true }]);
      const audit = await read().find(AuditEntry);
      for (const text of [list.text, JSON.stringify(stored), JSON.stringify(audit)]) expect(text).not.toContain(token);
      expect(list.text).not.toContain(sha256(token));
      expect(audit.map((entry) => entry.action)).toContain('station.enrolled');
    });

    it('and by nobody else, for a loudspeaker, under a name of its own', async () => {
      const admin = await house.person('admin');
      const code = (answer: { status: number; text: string }) =>
        `${answer.status} ${(JSON.parse(answer.text) as { code: string }).code}`;
      const body = { channelCode: BAC_HA, name: 'Trạm chợ' };
      for (const role of ['editor', 'approver', 'official', 'page-admin'] as const) {
        expect(code(await (await house.person(role)).post('/api/stations', body))).toBe('403 forbidden');
      }
      await expect(house.app.get(Stations).enrol(await someone(house, 'editor'), body)).rejects.toMatchObject({
        kind: 'forbidden',
      });
      expect((await admin.post('/api/stations', body)).status).toBe(201);
      expect(code(await admin.post('/api/stations', body))).toBe('409 station-name-taken');
      const fanpage = { channelCode: 'fanpage-thanh-pho', name: 'Trạm' };
      expect(code(await admin.post('/api/stations', fanpage))).toBe('422 not-a-loudspeaker');
      expect(code(await admin.post('/api/stations', { ...body, channelCode: 'khong-co' }))).toBe('404 not-found');
      expect(code(await admin.post('/api/stations', { ...body, token: 'của tôi' }))).toBe('400 malformed');
      expect(await read().count(Station)).toBe(1);
    });

    it('and an operator sees those of his own ward', async () => {
      await enrol();
      await enrol(NAM_HA, 'Trạm đình');
      const operator = await house.person('operator', 'phuong-nam-ha');
      const seen = json<StationView[]>(await operator.get('/api/stations'));
      expect(seen.map((one) => one.name)).toEqual(['Trạm đình']);
      expect((await operator.post(`/api/stations/${seen[0]?.id}/rotate`)).status).toBe(403);
      expect((await house.stranger().get('/api/stations')).status).toBe(401);
    });
  });

  describe('come in by their token', () => {
    const routes = ['/api/station/me', '/api/station/playlist', `/api/station/clips/${'a'.repeat(64)}.mp3`];

    it('and a missing, wrong, old or revoked one is refused in the same words on every route', async () => {
      const admin = await house.person('admin');
      const { id, token: first } = await enrol();
      const rotated = await admin.post(`/api/stations/${id}/rotate`);
      const { token: second } = json<{ token: string }>(rotated);
      expect([rotated.status, (await ask(second, '/api/station/me')).status]).toEqual([201, 200]);
      const other = await enrol(BAC_HA, 'Trạm đình');
      expect((await admin.send('DELETE', `/api/stations/${other.id}`)).status).toBe(204);
      expect((await admin.send('DELETE', `/api/stations/${other.id}`)).status).toBe(204);
      const bodies = new Set<string>();
      for (const path of routes) {
        const answers = [await house.stranger().get(path), await admin.get(path)];
        for (const token of [first, other.token, 'loa_st_', 'x'.repeat(50), `${second}x`]) {
          answers.push(await ask(token, path));
        }
        expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 401));
        for (const answer of answers) bodies.add(answer.text);
      }
      for (const [path, body] of [
        ['/api/station/heartbeat', { playerVersion: '1' }],
        ['/api/station/as-run', { events: [] }],
      ] as const) {
        const answer = await house.stranger().post(path, body, { authorization: `Bearer ${other.token}` });
        expect(answer.status).toBe(401);
        bodies.add(answer.text);
      }
      expect(bodies.size).toBe(1);
    });

    it('that is dead from the moment of revoking or rotating, however often it was used a moment before', async () => {
      const { id, token } = await enrol();
      for (let poll = 0; poll < 3; poll++) expect((await ask(token, '/api/station/playlist')).status).toBe(200);
      const stations = house.app.get(Stations);
      const { token: second } = await stations.rotate(system, id);
      const answers = await Promise.all([token, second].map((one) => ask(one, '/api/station/playlist')));
      expect(answers.map(({ status }) => status)).toEqual([401, 200]);
      await stations.revoke(system, id);
      expect((await ask(second, '/api/station/playlist')).status).toBe(401);
    });

    it('and within a second when another process has revoked it', async () => {
      const { id, token } = await enrol();
      expect((await ask(token, '/api/station/playlist')).status).toBe(200);
      // Changes of another process are visible only in the rows.
      await house.app.get(Database).write((tx) => tx.update(Station, { id }, { active: false }));
      house.clock.advance(1000);
      expect((await ask(token, '/api/station/playlist')).status).toBe(401);
    });

    it('and a poll that follows another asks the database nothing', async () => {
      const { token } = await enrol();
      expect((await ask(token, '/api/station/playlist')).status).toBe(200);
      const source = forMachines(read).dataSource;
      const asked: string[] = [];
      const original = source.createQueryRunner.bind(source);
      source.createQueryRunner = (...how) => {
        const runner = original(...how);
        const query = runner.query.bind(runner) as (...of: unknown[]) => Promise<unknown>;
        runner.query = ((...of: unknown[]) => (asked.push(String(of[0])), query(...of))) as typeof runner.query;
        return runner;
      };
      for (let poll = 0; poll < 5; poll++) expect((await ask(token, '/api/station/playlist')).status).toBe(200);
      expect(asked).toEqual([]);
      house.clock.advance(1000);
      await ask(token, '/api/station/playlist');
      expect(asked).toHaveLength(1);
      source.createQueryRunner = original;
    });

    it('which opens nothing that is for people', async () => {
      const { token } = await enrol();
      expect((await ask(token, '/api/stations')).status).toBe(401);
      expect((await ask(token, `/api/channels/${BAC_HA}`)).status).toBe(401);
    });

    it('and a revoked station comes back only with a new token', async () => {
      const { id, token } = await enrol();
      await house.app.get(Stations).revoke(system, id);
      const { token: fresh } = await house.app.get(Stations).rotate(system, id);
      expect([(await ask(token, '/api/station/me')).status, (await ask(fresh, '/api/station/me')).status]).toEqual([
        401, 200,
      ]);
    });
  });

  describe('take home', () => {
    it('the very bytes of the playlist, signed, and nothing twice', async () => {
      const clip = await approvedClip(house);
      await plan(BAC_HA, clip);
      const { token } = await enrol();
      const answer = await ask(token, '/api/station/playlist');
      const day = await house.app.get(Playlists).day((await channelOf(BAC_HA)).id, TODAY);
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([200, day.json, day.etag]);
      expect(json<{ items: unknown[] }>(answer).items).toHaveLength(3);
      const key = (await house.stranger().get('/api/playlist-key')).text;
      expect(verifyPlaylist(answer.bytes, answer.headers.get('x-loa-signature') ?? '', key)).toBe(true);
      const again = await ask(token, `/api/station/playlist?date=${TODAY}`, { 'if-none-match': day.etag });
      expect([again.status, again.text]).toEqual([304, '']);
    });

    it('the days from yesterday to the day after tomorrow, as the clocks of the channel show them', async () => {
      const { token } = await enrol();
      const status = async (date: string) => (await ask(token, `/api/station/playlist?date=${date}`)).status;
      expect(await status('2026-11-22')).toBe(422);
      for (const date of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']) expect(await status(date)).toBe(200);
      expect(await status('2026-11-27')).toBe(422);
      expect([await status('2026-02-30'), await status('homqua')]).toEqual([400, 400]);
      house.clock.set(instantOf('2026-11-25', '00:10', VIETNAM)); // still the 24th in UTC and in New York
      expect(json(await ask(token, '/api/station/playlist'))).toMatchObject({ date: '2026-11-25' });
    });

    it('the clips of their own channel in these days, whole or a part; another ward’s is like none at all', async () => {
      const [mine, theirs, later] = [
        await approvedClip(house, { title: 'Bài Bắc Hà' }),
        await approvedClip(house, { title: 'Bài Nam Hà' }),
        await approvedClip(house, { title: 'Bài chưa xếp' }),
      ];
      const [slot] = await plan(BAC_HA, mine, 1, 1);
      await plan(NAM_HA, theirs);
      const { token } = await enrol();
      const path = (clip: ApprovedClip) => `/api/station/clips/${clip.sha256}.mp3`;
      const whole = await ask(token, path(mine));
      expect([whole.status, sha256(whole.bytes)]).toEqual([200, mine.sha256]);
      const part = await ask(token, path(mine), { range: 'bytes=10-19' });
      expect([part.status, part.bytes]).toEqual([206, whole.bytes.subarray(10, 20)]);
      const missing = await ask(token, `/api/station/clips/${'0'.repeat(64)}.mp3`);
      for (const clip of [theirs, later]) {
        const answer = await ask(token, path(clip));
        expect([answer.status, answer.text]).toEqual([404, missing.text]);
      }
      expect((await ask(token, '/api/station/clips/..%2f..%2fetc%2fpasswd')).status).toBe(404);
      if (slot) await house.app.get(Schedule).cancel(await someone(house, 'editor'), slot.id, 'thôi không phát');
      expect((await ask(token, path(mine))).status).toBe(404);
    });

    it('no clip of a day that is not yet, or no longer, held', async () => {
      const clip = await approvedClip(house);
      await plan(BAC_HA, clip, 1);
      const { token } = await enrol();
      const path = `/api/station/clips/${clip.sha256}.mp3`;
      house.clock.set(instantOf('2026-11-25', '23:00', VIETNAM));
      expect((await ask(token, path)).status).toBe(200);
      house.clock.set(instantOf('2026-11-26', '00:00', VIETNAM));
      expect((await ask(token, path)).status).toBe(404);
    });
  });

  describe('live', () => {
    it('as long as they call; silence is told once, and again after the next silence', async () => {
      const told: StationSilent[] = [];
      house.app.get(Events).on(StationSilent, (event) => {
        told.push(event);
        return Promise.resolve();
      });
      const { id, token } = await enrol();
      const silence = house.app.get(Silence);
      const call = async () => {
        const body = { playerVersion: 'x/1', freeBytes: 5e9, now: house.clock.now() + 2_000 };
        const answer = await house
          .stranger()
          .post('/api/station/heartbeat', body, { authorization: `Bearer ${token}` });
        expect([answer.status, json(answer)]).toMatchObject([200, { now: house.clock.now(), aheadMs: 2_000 }]);
        return house.clock.now();
      };
      const look = async () => {
        await Promise.all([silence.look(), silence.look()]);
        await house.drain();
        await silence.look();
        await house.drain();
      };
      const seen = await call();
      house.clock.advance(SILENT_AFTER_MINUTES * MINUTE);
      await look();
      expect(told).toEqual([]);
      house.clock.advance(1);
      await look();
      house.clock.advance(60 * MINUTE);
      await look();
      const channelId = (await channelOf(BAC_HA)).id;
      expect(told).toEqual([new StationSilent(id, channelId, seen)]);
      const since = await call();
      expect(await silence.silent(house.clock.now(), 15)).toEqual([]);
      const [view] = await house.app.get(Stations).visibleTo(system);
      expect(view).toMatchObject({ lastSeenAt: since, vitals: { playerVersion: 'x/1', freeBytes: 5e9, at: since } });
      house.clock.advance(SILENT_AFTER_MINUTES * MINUTE + 1);
      await look();
      expect(told.map((event) => event.lastSeenAt)).toEqual([seen, since]);
      expect(await read().countBy(AuditEntry, { action: 'station.silent' })).toBe(2);
    });
  });

  describe('play', () => {
    let dir: string;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'loa-station-'));
    });
    afterEach(() => rm(dir, { recursive: true, force: true }));
    const key = async () => (await house.stranger().get('/api/playlist-key')).text;
    const outcomes = async () =>
      (await read().find(AsRun, { order: { sequence: 'ASC' } })).map((row) => [row.sequence, row.outcome]);

    it('through a cut line, spoiled downloads, a lost answer and a change of computers', async () => {
      const clip = await approvedClip(house);
      const slots = await plan(BAC_HA, clip, 2);
      const { id, token } = await enrol();
      const wire = new FaultyWire(fetch);
      const options = { baseUrl: house.url, token, dir, clock: house.clock, publicKey: await key(), fetch: wire.fetch };
      const first = new Player(options);
      wire.spoilClips = 2;
      expect(await first.pull([TODAY, addDays(TODAY, 1)])).toMatchObject([
        { state: 'new', items: 3, downloaded: 1, missing: [] },
        { state: 'new', items: 3, downloaded: 0, missing: [] },
      ]);
      expect(wire.asked.filter((path) => path.includes('/clips/'))).toHaveLength(3);
      wire.cut = true;
      expect(await first.play(TODAY)).toHaveLength(3);
      expect(await first.report()).toMatchObject({ sent: 0, left: 3, problem: 'offline' });
      wire.cut = false;
      wire.loseAnswers = 3;
      expect(await first.report()).toMatchObject({ sent: 0, left: 3, problem: 'offline' });
      await first.close();
      const second = new Player(options); // the same folder after a kill
      expect(await second.report()).toEqual({ sent: 3, refused: 0, left: 0 });
      await second.close();
      await rm(dir, { recursive: true });
      const { token: fresh } = await house.app.get(Stations).rotate(system, id);
      const third = new Player({ ...options, token: fresh });
      await third.pull([addDays(TODAY, 1)]);
      await third.play(addDays(TODAY, 1));
      expect(await third.report()).toEqual({ sent: 3, refused: 0, left: 0 });
      expect(await third.heartbeat()).toBe(true);
      await third.close();
      expect(await outcomes()).toEqual([1, 2, 3, 4, 5, 6].map((n) => [n, 'played']));
      const states = await read().find(Slot, { order: { startsAt: 'ASC' } });
      expect(states.map((slot) => [slot.id, slot.state])).toEqual(slots.map((slot) => [slot.id, 'played']));
    });

    it('and what could not be played is told with its reason', async () => {
      await plan(BAC_HA, await approvedClip(house));
      const { token } = await enrol();
      const player = new Player({ baseUrl: house.url, token, dir, clock: house.clock, publicKey: await key() });
      await player.pull([TODAY]);
      for (const name of await readdir(join(dir, 'clips'))) await writeFile(join(dir, 'clips', name), 'hỏng');
      const noon = instantOf(TODAY, '12:00', VIETNAM);
      await player.play(TODAY, { miss: (item) => (Date.parse(item.startsAt) < noon ? 'mất điện' : null) });
      await player.report();
      await player.close();
      const rows = await read().find(AsRun, { order: { sequence: 'ASC' } });
      expect(rows.map((row) => row.outcome)).toEqual(['failed', 'failed', 'failed']);
      expect(new Set(rows.map((row) => row.detail))).toEqual(new Set(['mất điện', 'thiếu clip']));
    });

    it('and are killed (SIGKILL) at any moment: nothing is lost, nothing is played twice', async () => {
      const clip = await approvedClip(house, { seconds: 20 });
      const slots = await plan(BAC_HA, clip, 1, 40);
      const { token } = await enrol();
      const build = await compiledPlayer(dir);
      const folder = join(dir, 'station');
      const setUp = { baseUrl: house.url, token, dir: folder, publicKey: await key() };
      const puller = new Player({ ...setUp, clock: house.clock });
      expect(await puller.pull([TODAY])).toMatchObject([{ items: 40, missing: [] }]);
      await puller.close();
      let kills = 0;
      for (let lines = 15; kills < 4; lines += 15) {
        const child = spawn(process.execPath, [join(build, 'child.mjs'), JSON.stringify(setUp), TODAY], {
          stdio: 'inherit',
        });
        const gone = once(child, 'exit');
        while (child.exitCode === null && (await linesOf(folder)) < lines) await new Promise(setImmediate);
        child.kill('SIGKILL');
        const [code, signal] = (await gone) as [number | null, string | null];
        expect([code, signal]).toEqual([null, 'SIGKILL']);
        kills++;
      }
      house.clock.set(instantOf(TODAY, '22:00', VIETNAM));
      const last = new Player({ ...setUp, clock: house.clock });
      await last.play(TODAY, { clock: new FixedClock(instantOf(TODAY, '04:00', VIETNAM)) });
      expect(await last.report()).toMatchObject({ refused: 0, left: 0 });
      await last.close();
      const rows = await read().find(AsRun, { order: { sequence: 'ASC' } });
      expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      expect(new Set(rows.map((row) => row.slotId))).toEqual(new Set(slots.map((slot) => slot.id)));
      const partial = rows.filter((row) => row.outcome === 'partial').length;
      expect(partial).toBeLessThanOrEqual(kills);
      expect(rows.filter((row) => row.outcome === 'played').length).toBe(40 - partial);
    });
  });
});

async function linesOf(folder: string): Promise<number> {
  return (await readFile(join(folder, 'log.ndjson'), 'utf8').catch(() => '')).split('\n').length - 1;
}

/** The player as a program of its own, so that it can be killed: compiled beside a script that plays a day. */
async function compiledPlayer(dir: string): Promise<string> {
  const build = join(dir, 'build');
  for (const folder of ['shared', 'stations/player']) {
    const names = (await readdir(join(projectRoot, 'src', folder))).filter((name) => /^(?!.*\.spec).*\.ts$/.test(name));
    for (const name of names) {
      const to = join(build, folder, name.replace(/\.ts$/, '.js'));
      const { code } = await transform(await readFile(join(projectRoot, 'src', folder, name), 'utf8'), {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      });
      await mkdir(dirname(to), { recursive: true });
      await writeFile(to, code);
    }
  }
  await symlink(join(projectRoot, 'node_modules'), join(build, 'node_modules'));
  await writeFile(join(build, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(build, 'child.mjs'),
    `import { FixedClock } from './shared/clock.js';
     import { instantOf, VIETNAM } from './shared/local-time.js';
     import { Player } from './stations/player/player.js';
     const [options, date] = [JSON.parse(process.argv[2]), process.argv[3]];
     const clock = new FixedClock(instantOf(date, '04:00', VIETNAM));
     const player = new Player({ ...options, clock });
     await player.play(date);
     await new Promise((resolve) => setTimeout(resolve, 60_000));`,
  );
  return build;
}
