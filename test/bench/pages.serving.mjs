/**
 * The process that pages.bench.mjs asks: the real application on the demo's data with 250 more channels and 60 days of slots,
 * and a bare handler in the same application. Tells its parent where it listens and who may see everything.
 */
import { createApp } from '../../dist/app.js';
import { Clip } from '../../dist/audio/clip.entity.js';
import { Campaign } from '../../dist/campaigns/campaign.entity.js';
import { ChannelWindow } from '../../dist/channels/channel-window.entity.js';
import { Channel } from '../../dist/channels/channel.entity.js';
import { SeedFiles } from '../../dist/channels/seed-files.js';
import { Config } from '../../dist/config/config.js';
import { Database } from '../../dist/database/database.js';
import { Accounts } from '../../dist/people/accounts.service.js';
import { systemActor } from '../../dist/people/actor.js';
import { Unit } from '../../dist/people/unit.entity.js';
import { Slot } from '../../dist/schedule/slot.entity.js';
import { Clock } from '../../dist/shared/clock.js';
import { newId } from '../../dist/shared/ids.js';
import { addDays, instantOf, localDateOf } from '../../dist/shared/local-time.js';

const CHANNELS = 250;
const DAYS = 60;
const STARTS = ['05:31', '05:38', '05:45', '17:05', '17:12', '17:19'];
const PLAY_MS = 60_000;
const ROWS_A_CALL = 500;
const PASSWORD = 'mật khẩu để đo các trang';
const roles = ['editor', 'approver', 'page-admin', 'official', 'admin'];

const app = await createApp(new Config(), { quiet: true });
const bare = `<!doctype html><title>Loa</title><main>${'<p>Bài phát thanh của phường.</p>'.repeat(250)}</main>`;
app
  .getHttpAdapter()
  .getInstance()
  .get('/bare', (_request, reply) => reply.type('text/html; charset=utf-8').send(bare));
await app.get(SeedFiles).load();
const now = app.get(Clock).now();
const slots = await fill();
const username = 'do.toc.do';
await app.get(Accounts).create(systemActor('đo tốc độ'), {
  username,
  displayName: 'Người đo',
  password: PASSWORD,
  grants: roles.map((role) => ({ role })),
});
await app.listen(0, '127.0.0.1');
process.send({ url: await app.getUrl(), username, password: PASSWORD, channels: CHANNELS, slots });

/** Wards with a channel of two windows each, and six plays a day of clips that the demo has made. Answers how many plays. */
async function fill() {
  const em = app.get(Database).read();
  const [like] = await em.find(Channel, { where: { kind: 'ward-loudspeaker' }, take: 1 });
  const windows = await em.findBy(ChannelWindow, { channelId: like.id });
  const unit = await em.findOneByOrFail(Unit, { id: like.unitId });
  const campaign = (await em.find(Campaign, { take: 1 }))[0];
  const clip = (await em.find(Clip, { where: { state: 'ready', profile: like.profile }, take: 1 }))[0];
  const today = localDateOf(now, like.zone);
  const rows = { units: [], channels: [], windows: [], slots: [] };
  for (let n = 0; n < CHANNELS; n++) {
    const [unitId, channelId] = [newId(now), newId(now)];
    const name = `Xã Đo ${n + 1}`;
    rows.units.push({ ...unit, id: unitId, code: `xa-do-${n}`, name, shortName: name, search: `xa do ${n + 1}` });
    rows.channels.push({
      ...like,
      id: channelId,
      unitId,
      code: `truyen-thanh-xa-do-${n}`,
      name: `Truyền thanh ${name}`,
    });
    for (const window of windows) rows.windows.push({ ...window, id: newId(now), channelId });
    for (let d = 0; d < DAYS; d++) {
      const date = addDays(today, d);
      for (const start of STARTS)
        rows.slots.push(play({ channelId, date, startsAt: instantOf(date, start, like.zone) }));
    }
  }
  function play({ channelId, date, startsAt }) {
    return {
      id: newId(now),
      key: `do|${channelId}|${startsAt}`,
      channelId,
      date,
      startsAt,
      endsAt: startsAt + PLAY_MS,
      windowId: null,
      campaignId: campaign.id,
      clipId: clip.id,
      obligationId: null,
      state: 'planned',
      reason: null,
      why: 'Đo tốc độ.',
      createdAt: now,
      createdBy: null,
    };
  }
  await app.get(Database).write(async (tx) => {
    const all = [
      [Unit, rows.units],
      [Channel, rows.channels],
      [ChannelWindow, rows.windows],
      [Slot, rows.slots],
    ];
    for (const [entity, list] of all) {
      for (let i = 0; i < list.length; i += ROWS_A_CALL) await tx.insert(entity, list.slice(i, i + ROWS_A_CALL));
    }
  });
  return rows.slots.length;
}
