/**
 * The process that playlist.bench.mjs measures: the real application with one full day, and beside it a bare handler.
 */
import { Buffer } from 'node:buffer';
import fastify from 'fastify';
import { createApp } from '../../dist/app.js';
import { Channels } from '../../dist/channels/channels.service.js';
import { SeedFiles } from '../../dist/channels/seed-files.js';
import { Config } from '../../dist/config/config.js';
import { Database } from '../../dist/database/database.js';
import { Accounts } from '../../dist/people/accounts/accounts.service.js';
import { systemActor } from '../../dist/people/access/actor.js';
import { Slot } from '../../dist/schedule/slots/slot.entity.js';
import { Clock } from '../../dist/shared/clock.js';
import { newId } from '../../dist/shared/ids.js';
import { instantOf, localDateOf } from '../../dist/shared/local-time.js';
import { Stations } from '../../dist/stations/stations.service.js';
import { putAnnouncement } from './put-announcement.mjs';

const CHANNEL = 'truyen-thanh-phuong-bac-ha';
const ITEMS = 30;

const app = await createApp(new Config(), { quiet: true });
await app.get(SeedFiles).load();
await app.listen(0, '127.0.0.1');
const date = await fillToday();
const token = await enrolled();

const path = `/api/station/playlist?date=${date}`;
const appUrl = await app.getUrl();
const answer = await fetch(appUrl + path, { headers: { authorization: `Bearer ${token}` } });
const body = Buffer.from(await answer.arrayBuffer());
const { items } = JSON.parse(body.toString('utf8'));
if (answer.status !== 200 || items.length !== ITEMS) throw new Error(`no playlist: ${answer.status} ${body}`);

const own = ['connection', 'keep-alive', 'date', 'content-length'];
const headers = Object.fromEntries([...answer.headers].filter(([name]) => !own.includes(name)));
const bare = fastify();
bare.get('/api/station/playlist', (request, reply) => {
  reply.headers(headers);
  if (request.headers['if-none-match'] === headers.etag) reply.code(304).send();
  else reply.send(body);
});
await bare.listen({ port: 0, host: '127.0.0.1' });
process.send({
  appPort: Number(new URL(appUrl).port),
  barePort: bare.server.address().port,
  path,
  token,
  etag: headers.etag,
  bytes: body.length,
  items: items.length,
});

/** Thirty plays of one announcement today. */
async function fillToday() {
  const now = app.get(Clock).now();
  const channel = (await app.get(Channels).list('ward-loudspeaker')).find(({ code }) => code === CHANNEL);
  const today = localDateOf(now, channel.zone);
  const { campaignId, clipId, made } = await putAnnouncement(app, today);
  const first = instantOf(today, '05:30', channel.zone);
  await app.get(Database).write(async (tx) => {
    for (let n = 0; n < ITEMS; n++) {
      const startsAt = first + n * 60_000;
      const place = { channelId: channel.id, windowId: null, date: today, startsAt, endsAt: startsAt + 30_000 };
      const what = { campaignId, obligationId: null, clipId, state: 'planned', reason: null, why: 'Đo tốc độ.' };
      await tx.insert(Slot, { id: newId(now), key: `do-toc-do-${n}`, ...place, ...what, ...made });
    }
  });
  return today;
}

async function enrolled() {
  const accounts = app.get(Accounts);
  const account = { username: 'quan.tri', displayName: 'Quản trị', password: 'mật khẩu để đo tốc độ' };
  const id = await accounts.create(systemActor('đo tốc độ'), { ...account, grants: [{ role: 'admin' }] });
  const admin = await accounts.actor(id);
  return (await app.get(Stations).enrol(admin, { channelCode: CHANNEL, name: 'Trạm đo', simulated: true })).token;
}
