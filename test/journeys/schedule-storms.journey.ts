import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Channels } from '../../src/channels/channels.service.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { DomainError } from '../../src/shared/domain-error.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, someone } from '../support/approved-clip.js';
import { type Answer, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const SECOND = 1000;

interface Placed {
  id: string;
  startsAt: number;
  endsAt: number;
}

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh.
describe('many at once', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.close());

  const stored = async () => {
    const found = await house.app
      .get(Database)
      .read()
      .find(Slot, { order: { startsAt: 'ASC' } });
    return found.filter(({ state }) => state === 'planned');
  };

  function apart(slots: { startsAt: number; endsAt: number }[]): void {
    const sorted = [...slots].sort((a, b) => a.startsAt - b.startsAt);
    sorted.slice(1).forEach((slot, i) => expect(slot.startsAt).toBeGreaterThanOrEqual(sorted[i]!.endsAt));
  }

  it('a thousand placements on one channel: what was promised stands, nothing else does, and nothing overlaps', async () => {
    const clip = await approvedClip(house, { seconds: 30 });
    const editor = await someone(house, 'editor');
    const open = instantOf('2026-11-25', '05:30', VIETNAM);
    // Every seven seconds of the morning and the evening session: each place is requested by some nine others.
    const startOf = (n: number) => open + (n % 500) * 7 * SECOND + (n >= 500 ? 11.5 * 3_600_000 : 0);
    const { clipId, campaignId } = clip;
    // Without HTTP, because a thousand connections at once would measure the network queue.
    const place = (n: number) =>
      house.app
        .get(Schedule)
        .place(editor, { channelCode: BAC_HA, clipId, campaignId, startsAt: startOf((n * 617) % 1000) });
    const answers = await Promise.allSettled(Array.from({ length: 1000 }, (_, n) => place(n)));
    const promised = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as DomainError] : []));
    expect(promised.length).toBeGreaterThan(100);
    expect(refused.filter(({ kind, code }) => kind !== 'conflict' || code !== 'overlap')).toEqual([]);
    const rows = await stored();
    const facts = ({ id, startsAt, endsAt }: Placed) => ({ id, startsAt, endsAt });
    const byId = (a: Placed, b: Placed) => (a.id < b.id ? -1 : 1);
    expect(rows.map(facts).sort(byId)).toEqual(promised.map(facts).sort(byId));
    apart(rows);
  }, 300_000);

  it('twenty people who move the same slot as they saw it: one does, the others are told', async () => {
    const clip = await approvedClip(house, { seconds: 30 });
    const editor = await house.person('editor');
    const { clipId, campaignId } = clip;
    const open = instantOf('2026-11-25', '05:30', VIETNAM);
    const answer = await editor.post('/api/slots', { channelCode: BAC_HA, clipId, campaignId, startsAt: open });
    const slot = json<Placed & { version: number }>(answer);
    const { version } = slot;
    const move = (n: number) =>
      editor.post(`/api/slots/${slot.id}/move`, { startsAt: open + (n + 1) * 60 * SECOND, version });
    const answers: Answer[] = await Promise.all(Array.from({ length: 20 }, (_, n) => move(n)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    const done = json<Placed>(answers.find(({ status }) => status === 200)!);
    expect((await stored()).map(({ id, startsAt }) => [id, startsAt])).toEqual([[slot.id, done.startsAt]]);
  });

  it('two processes that plan the same campaign make one plan', async () => {
    const { clipId, campaignId, obligationId } = await approvedClip(house);
    const editor = await someone(house, 'editor');
    const wards = await house.app.get(Channels).list('ward-loudspeaker');
    const [plays, days] = [3, 14];
    const request = {
      accountId: editor.accountId,
      now: house.clock.now(),
      campaignId,
      demands: [{ channelIds: wards.map(({ id }) => id), clipId, obligationId, minPlaysPerDay: plays }],
      from: '2026-11-25',
      until: '2026-12-08',
    };
    const script = fileURLToPath(new URL('../support/plan-process.mjs', import.meta.url));
    const { databaseUrl, dataDir, mediaDir } = house.app.get(Config);
    const env = { ...process.env, LOA_DATABASE_URL: databaseUrl, LOA_DATA_DIR: dataDir, LOA_MEDIA_DIR: mediaDir };
    const offices = [0, 1].map(() => fork(script, [JSON.stringify(request)], { env, execArgv: [] }));
    const word = async (office: ChildProcess): Promise<unknown> => {
      const ended = once(office, 'exit').then(() => 'the process ended');
      const said = once(office, 'message').then(([message]) => message as unknown);
      return Promise.race([said, ended]);
    };
    expect(await Promise.all(offices.map(word))).toEqual(['ready', 'ready']);
    const answers = Promise.all(offices.map(word));
    for (const office of offices) office.send('go');
    const wanted = wards.length * plays * days;
    const told = (await answers) as { keys: string[]; kept: number; shortfalls: number }[];
    expect(told.map(({ keys }) => keys.length).sort((a, b) => a - b)).toEqual([0, wanted]);
    expect(told.map(({ kept, shortfalls }) => [kept, shortfalls]).sort()).toEqual([
      [0, 0],
      [wanted, 0],
    ]);
    const rows = await stored();
    expect(rows.map(({ key }) => key).sort()).toEqual(told.flatMap(({ keys }) => keys).sort());
    for (const { id } of wards) apart(rows.filter(({ channelId }) => channelId === id));
  }, 180_000);
});
