/**
 * The process that pages.bench.mjs measures: the real application on the demo's data, and in the same application a
 * bare handler, which also reports the cost of the visit before it: milliseconds of this process on the processor, and
 * statements sent to the database. It sends its parent its address, an account that may see everything, and its pages;
 * on the message `fill` it adds 250 channels with 60 days of slots.
 */
import { createApp } from '../../../dist/app.js';
import { Clip } from '../../../dist/audio/clips/clip.entity.js';
import { Campaign } from '../../../dist/campaigns/campaign.entity.js';
import { ChannelWindow } from '../../../dist/channels/entities/channel-window.entity.js';
import { Channel } from '../../../dist/channels/entities/channel.entity.js';
import { SeedFiles } from '../../../dist/channels/seed-files.js';
import { Config } from '../../../dist/config/config.js';
import { Database } from '../../../dist/database/database.js';
import { Obligation } from '../../../dist/directives/obligation.entity.js';
import { RegisteredRoutes } from '../../../dist/http/requests/registered-routes.js';
import { Accounts } from '../../../dist/people/accounts/accounts.service.js';
import { systemActor } from '../../../dist/people/access/actor.js';
import { Unit } from '../../../dist/people/units/unit.entity.js';
import { AsRun } from '../../../dist/proof/as-run.entity.js';
import { Slot } from '../../../dist/schedule/slots/slot.entity.js';
import { Clock } from '../../../dist/shared/clock.js';
import { newId } from '../../../dist/shared/ids.js';
import { Station } from '../../../dist/stations/station.entity.js';
import { addDays, instantOf, localDateOf } from '../../../dist/shared/local-time.js';

const CHANNELS = 250;
/** Twenty days are over and were played according to their stations; the others are to come. */
const DAYS = { behind: 20, all: 60 };
const STARTS = ['05:31', '05:38', '05:45', '17:05', '17:12', '17:19'];
const PLAY_MS = 60_000;
const ROWS_A_CALL = 500;
const PASSWORD = 'mật khẩu để đo các trang';
const roles = ['editor', 'approver', 'page-admin', 'official', 'admin'];

const app = await createApp(new Config(), { quiet: true });
const server = app.getHttpAdapter().getInstance();
const before = { cpu: process.cpuUsage(), statements: 0 };
const bare = `<!doctype html><title>Loa</title><main>${'<p>Bài phát thanh của phường.</p>'.repeat(250)}</main>`;
server.addHook('onRequest', (request, _reply, done) => {
  if (request.url !== '/bare') Object.assign(before, { cpu: process.cpuUsage(), statements: 0 });
  done();
});
server.get('/bare', (_request, reply) => {
  const { user, system } = process.cpuUsage(before.cpu);
  reply.header('x-cpu-before', ((user + system) / 1000).toFixed(2)).header('x-statements-before', before.statements);
  return reply.type('text/html; charset=utf-8').send(bare);
});
const em = app.get(Database).read();
const nothing = () => undefined;
em.dataSource.logger = {
  logQuery: () => void before.statements++,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};
await app.get(SeedFiles).load();
const now = app.get(Clock).now();
const username = 'do.toc.do';
await app.get(Accounts).create(systemActor('đo tốc độ'), {
  username,
  displayName: 'Người đo',
  password: PASSWORD,
  grants: roles.map((role) => ({ role })),
});
await app.listen(0, '127.0.0.1');
const routes = app.get(RegisteredRoutes).all.flatMap(({ method, path }) => (method === 'GET' ? [path] : []));
process.on('message', () => void fill().then((filled) => process.send(filled)));
process.send({ url: await app.getUrl(), username, password: PASSWORD, routes });

/** Wards with a channel of two windows each, and six plays a day of one of the demo's clips, for the demo's letter. */
async function fill() {
  const [like] = await em.find(Channel, { where: { kind: 'ward-loudspeaker' }, take: 1 });
  const windows = await em.findBy(ChannelWindow, { channelId: like.id });
  const unit = await em.findOneByOrFail(Unit, { id: like.unitId });
  const [campaign] = await em.find(Campaign, { take: 1 });
  const { directiveId } = campaign;
  const obligation = await em.findOneByOrFail(Obligation, { directiveId, channelKind: like.kind });
  const [clip] = await em.find(Clip, { where: { state: 'ready', profile: like.profile }, take: 1 });
  const [station] = await em.find(Station, { take: 1 });
  const today = localDateOf(now, like.zone);
  const rows = { units: [], channels: [], windows: [], slots: [], runs: [] };
  for (let n = 0; n < CHANNELS; n++) {
    const [unitId, channelId] = [newId(now), newId(now)];
    const name = `Xã Đo ${n + 1}`;
    rows.units.push({ ...unit, id: unitId, code: `xa-do-${n}`, name, shortName: name, search: `xa do ${n + 1}` });
    const code = `truyen-thanh-xa-do-${n}`;
    rows.channels.push({ ...like, id: channelId, unitId, code, name: `Truyền thanh ${name}` });
    for (const window of windows) rows.windows.push({ ...window, id: newId(now), channelId });
    for (let d = -DAYS.behind; d < DAYS.all - DAYS.behind; d++) {
      const date = addDays(today, d);
      for (const start of STARTS) play({ channelId, date, startsAt: instantOf(date, start, like.zone) });
    }
  }
  await app.get(Database).write(async (tx) => {
    const all = [
      [Unit, rows.units],
      [Channel, rows.channels],
      [ChannelWindow, rows.windows],
      [Slot, rows.slots],
      [AsRun, rows.runs],
    ];
    for (const [entity, list] of all) {
      for (let i = 0; i < list.length; i += ROWS_A_CALL) await tx.insert(entity, list.slice(i, i + ROWS_A_CALL));
    }
  });
  return { channels: rows.channels.length, slots: rows.slots.length };

  function play({ channelId, date, startsAt }) {
    const id = newId(now);
    const endsAt = startsAt + PLAY_MS;
    const over = date < today;
    rows.slots.push({
      id,
      key: `do|${channelId}|${startsAt}`,
      channelId,
      date,
      startsAt,
      endsAt,
      windowId: null,
      campaignId: campaign.id,
      clipId: clip.id,
      obligationId: obligation.id,
      state: over ? 'played' : 'planned',
      reason: null,
      why: 'Đo tốc độ.',
      createdAt: now,
      createdBy: null,
    });
    if (!over) return;
    rows.runs.push({
      id: newId(now),
      stationId: station.id,
      sequence: 1_000_000 + rows.runs.length,
      slotId: id,
      channelId,
      clipSha256: clip.sha256,
      startedAt: startsAt,
      endedAt: endsAt,
      outcome: 'played',
      detail: null,
      grade: 'B',
      receivedAt: endsAt,
      recordedBy: null,
    });
  }
}
