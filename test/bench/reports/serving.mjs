/**
 * The process that reports.bench.mjs measures: the real application with stations and slots that are over, and beside
 * it a bare handler that puts one row into one table for each report, each in a transaction of its own.
 */
import fastify from 'fastify';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { createApp, listenOn } from '../../../dist/app.js';
import { Channels } from '../../../dist/channels/channels.service.js';
import { SeedFiles } from '../../../dist/channels/seed-files.js';
import { Config } from '../../../dist/config/config.js';
import { Database } from '../../../dist/database/database.js';
import { Accounts } from '../../../dist/people/accounts/accounts.service.js';
import { systemActor } from '../../../dist/people/access/actor.js';
import { AsRun } from '../../../dist/proof/as-run.entity.js';
import { Slot } from '../../../dist/schedule/slots/slot.entity.js';
import { Clock } from '../../../dist/shared/clock.js';
import { newId } from '../../../dist/shared/ids.js';
import { localDateOf } from '../../../dist/shared/local-time.js';
import { Station } from '../../../dist/stations/station.entity.js';
import { Stations } from '../../../dist/stations/stations.service.js';
import { putAnnouncement } from '../put-announcement.mjs';

const CHANNELS = 5;
const STATIONS_A_CHANNEL = 10;
const SLOTS_A_CHANNEL = 100;
const APART_MS = 60_000;
const PLAY_MS = 30_000;
const PASSWORD = 'mật khẩu để đo nhật ký phát';

const config = new Config();
const app = await createApp(config, { quiet: true });
await app.get(SeedFiles).load();
await listenOn(app, 0, '127.0.0.1');
const system = systemActor('đo tốc độ');
const grants = ['editor', 'official', 'admin'].map((role) => ({ role }));
const account = { username: 'nguoi.xem', displayName: 'Người xem', password: PASSWORD, grants };
await app.get(Accounts).create(system, account);
const { stations, sha256 } = await fill();
const bare = config.databaseUrl.startsWith('sqlite:') ? bareSqlite() : await barePostgres();
await bare.door.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
process.on('message', async (word) => {
  if (word !== 'count') return;
  const em = app.get(Database).read();
  const decided = await em.createQueryBuilder(Slot, 'slot').where("slot.state <> 'planned'").getCount();
  const accounts = await em.find(Station);
  process.send({
    rows: await em.count(AsRun),
    decided,
    complete: accounts.filter(({ lastSequence, logGaps }) => lastSequence === SLOTS_A_CHANNEL && !logGaps.length)
      .length,
    bareRows: await bare.count(),
  });
});
process.send({
  url: await app.getUrl(),
  bareUrl: `http://127.0.0.1:${bare.door.server.address().port}`,
  username: account.username,
  password: PASSWORD,
  stations,
  sha256,
});

async function fill() {
  const now = app.get(Clock).now();
  const channels = (await app.get(Channels).list('ward-loudspeaker')).slice(0, CHANNELS);
  const today = localDateOf(now, channels[0].zone);
  const { campaignId, clipId, sha256, made } = await putAnnouncement(app, today);
  const stations = [];
  for (const channel of channels) {
    const slots = Array.from({ length: SLOTS_A_CHANNEL }, (_, n) => {
      const startsAt = now - (SLOTS_A_CHANNEL - n + 1) * APART_MS;
      const place = { channelId: channel.id, windowId: null, date: today, startsAt, endsAt: startsAt + PLAY_MS };
      const what = { campaignId, obligationId: null, clipId, state: 'planned', reason: null, why: 'Đo tốc độ.' };
      return { id: newId(now), key: `do-${channel.code}-${n}`, ...place, ...what, ...made };
    });
    await app.get(Database).write(async (tx) => {
      for (const slot of slots) await tx.insert(Slot, slot);
    });
    for (let n = 0; n < STATIONS_A_CHANNEL; n++) {
      const { token } = await app.get(Stations).enrol(system, { channelCode: channel.code, name: `Trạm ${n}` });
      stations.push({ token, slots: slots.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt })) });
    }
  }
  return { stations, sha256 };
}

function bareSqlite() {
  const db = new BetterSqlite3(`${config.databaseUrl.slice('sqlite:'.length)}.bare`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE bare (sequence integer, slot text, hash text, began integer, ended integer, outcome text)');
  const insert = db.prepare('INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)');
  return {
    door: door(async (values) => void insert.run(values)),
    count: async () => db.prepare('SELECT count(*) AS n FROM bare').get().n,
  };
}

async function barePostgres() {
  const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 4 });
  await pool.query(
    'CREATE TABLE bare (sequence integer, slot text, hash text, began bigint, ended bigint, outcome text)',
  );
  return {
    door: door((values) => pool.query('INSERT INTO bare VALUES ($1, $2, $3, $4, $5, $6)', values)),
    count: async () => Number((await pool.query('SELECT count(*) AS n FROM bare')).rows[0].n),
  };
}

function door(put) {
  const bareApp = fastify();
  bareApp.post('/api/station/as-run', async ({ body }) => {
    for (const { sequence, slotId, sha256: hash, startedAt, endedAt, outcome } of body.events) {
      await put([sequence, slotId, hash, startedAt, endedAt, outcome]);
    }
    return { accepted: body.events.length };
  });
  return bareApp;
}
