import { createHash } from 'node:crypto';
import { StationIdent } from '../../src/audio/idents/station-ident.entity.js';
import { Job } from '../../src/jobs/job.entity.js';
import { json } from '../support/client.js';
import { KillableOffice } from '../support/killable-office.js';
import { wholeFiles, withRows } from '../support/killed-server.js';
import { until } from '../support/serve-process.js';
import { onPostgres } from '../support/test-database.js';

const WARD = 'phuong-bac-ha';
/** A lease of 30 s, and time to repeat all the work on a slow machine. */
const TAKEN_OVER_MS = 90_000;

describe(`a server that is killed among station idents, on ${onPostgres ? 'PostgreSQL' : 'SQLite'}`, () => {
  let house: KillableOffice;

  beforeAll(async () => {
    house = await KillableOffice.open();
  }, 180_000);
  afterAll(() => house.close());

  it('makes each once after restart, and nothing half-made is heard', async () => {
    const { editor } = house.people;
    const idents = () =>
      withRows(house.place, (database) => database.read().find(StationIdent, { order: { id: 'ASC' } }));
    const ready = async () => (await idents()).filter(({ state }) => state === 'ready').length;
    const before = wholeFiles(house.place);
    const set = await editor.send('PUT', '/api/session-frames', {
      unitCode: WARD,
      openingCall: true,
      closingCall: true,
    });
    expect(set.status).toBe(204);
    // At once, while idents are ordered; when the first ones exist; when more of them do.
    for (const made of [0, 1, 3]) {
      await until(async () => (await ready()) >= made, TAKEN_OVER_MS, `there are no ${made} calls`, 200);
      await house.powerCut();
      for (const ident of await idents()) {
        if (ident.state === 'ready') expect(wholeFiles(house.place)).toContain(ident.sha256);
        else expect(ident).toMatchObject({ state: 'waiting', sha256: null, durationMs: null, readyAt: null });
      }
      await house.restart();
    }
    const settled = async () => {
      const all = await idents();
      return all.length >= 4 && all.every(({ state }) => state !== 'waiting');
    };
    await until(settled, TAKEN_OVER_MS, 'not all are made');
    const made = await idents();
    expect(made.map(({ state }) => state)).toEqual(made.map(() => 'ready'));
    expect(new Set(made.map(({ unitId, date, part, profile }) => [unitId, date, part, profile].join())).size).toBe(
      made.length,
    );
    expect(wholeFiles(house.place).sort()).toEqual([...before, ...made.map(({ sha256 }) => sha256 ?? '')].sort());
    const shown = json<{ state: string; sha256: string }[]>(
      await editor.get(`/api/units/${WARD}/station-calls?date=${made.at(-1)!.date}`),
    );
    for (const { sha256 } of shown) {
      const file = await editor.get(`/api/clips/${sha256}.mp3`);
      expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
    }
    const jobs = await withRows(house.place, (database) =>
      database.read().findBy(Job, { name: 'render-station-call' }),
    );
    expect(jobs.map(({ key, state }) => [key, state]).sort()).toEqual(made.map(({ id }) => [id, 'done']).sort());
    expect(jobs.some(({ attempt }) => attempt >= 2)).toBe(true);
    if (!onPostgres) return;
    // Another server starts beside the finished idents and finds everything ordered.
    const second = await house.second();
    const ordered = () =>
      withRows(house.place, (database) => database.read().findBy(Job, { name: 'order-station-calls' }));
    await until(async () => (await ordered()).every(({ state }) => state === 'done'), 30_000, 'the order does not end');
    expect(await idents()).toEqual(made);
    await second.stop();
  }, 240_000);
});
