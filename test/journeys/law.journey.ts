import { Channels } from '../../src/channels/channels.service.js';
import { ChannelRulesChanged } from '../../src/channels/entities/channels.events.js';
import { ChannelWindow } from '../../src/channels/entities/channel-window.entity.js';
import { Holiday } from '../../src/channels/entities/holiday.entity.js';
import { Policy } from '../../src/channels/entities/policy.entity.js';
import { WindowOverride } from '../../src/channels/entities/window-override.entity.js';
import { Database } from '../../src/database/database.js';
import { Events } from '../../src/database/events.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';
import type { DayView } from '../../src/schedule/calendar/day-view.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { type Answer, type Client, json } from '../support/client.js';
import { Visitor } from '../support/browser-form.js';
import { type House, openHouse } from '../support/house.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const WINDOWS = `/api/channels/${BAC_HA}/windows`;
const at = (time: string, date: string) => instantOf(date, time, VIETNAM);

interface WindowView {
  id: string;
  name: string;
  weekdays: number[];
  rrule: string | null;
  start: string;
}
interface Said {
  code: string;
  message: string;
  details?: { field?: string; fields?: { field: string; problem: string }[] };
}

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh, in every installation here.
describe('the law of the place', () => {
  let house: House;
  let admin: Client;
  let editor: Client;
  let clip: ApprovedClip;
  let told: ChannelRulesChanged[];

  beforeEach(async () => {
    house = await openHouse();
    admin = await house.person('admin');
    editor = await house.person('editor');
    clip = await approvedClip(house, { seconds: 60 });
    told = [];
    house.app.get(Events).on(ChannelRulesChanged, (event) => Promise.resolve(void told.push(event)));
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const windows = async () => json<WindowView[]>(await admin.get(WINDOWS));
  const morning = async () => (await windows())[0]?.id ?? '';
  const openings = async (from: string, until = from) => {
    const answer = await editor.get(`/api/channels/${BAC_HA}/slots?from=${from}&until=${until}`);
    const { days } = json<{ days: DayView[] }>(answer);
    return days.flatMap((day) => day.windows.map((one) => `${day.date} ${one.start}–${one.end}`));
  };
  const place = (time: string, date: string) =>
    editor.post('/api/slots', {
      channelCode: BAC_HA,
      clipId: clip.clipId,
      campaignId: clip.campaignId,
      startsAt: at(time, date),
    });
  const codeOf = (answer: Answer) =>
    answer.status < 300 ? answer.status : `${answer.status} ${json<Said>(answer).code}`;
  const put = (path: string, body: object) => admin.send('PUT', path, body);
  const heard = async (date: string) => {
    const answer = await editor.get(`/api/channels/${BAC_HA}/playlists/${date}.json`);
    return json<PlaylistDocument>(answer).items.map(({ localTime }) => localTime.slice(0, 5));
  };
  const law = (more: object = {}) => ({
    name: 'Quy định thử',
    permitted: [{ from: '05:00', until: '21:00' }],
    ...more,
  });

  describe('policies by kind of unit', () => {
    it('begin with what is cited, and the presets name their sources', async () => {
      const { policies, presets } = json<{
        policies: { unitKind: string; inForce: boolean; sessionsPerDay: number; minutesPerSession: number }[];
        presets: { code: string; source: string }[];
      }>(await editor.get('/api/policies'));
      expect(policies.map(({ unitKind }) => unitKind)).toEqual(['centre', 'commune', 'ward']);
      for (const one of policies) {
        expect(one).toMatchObject({ inForce: true, sessionsPerDay: 2, minutesPerSession: 60 });
      }
      expect(presets.map(({ code }) => code)).toEqual([
        'ha-noi-2021-quan',
        'ha-noi-2021-huyen',
        'da-nang-2025',
        'khung-chung',
      ]);
      for (const { source } of presets) expect(source.length).toBeGreaterThan(50);
    });

    it('rule what is placed: Hà Nội has 15 minutes on working days', async () => {
      const adopted = await admin.post('/api/policies/ward/preset', { preset: 'ha-noi-2021-quan' });
      expect(json(adopted)).toMatchObject({ unitKind: 'ward', minutesPerSession: 15, effectiveFrom: '2026-11-24' });
      expect(await openings('2026-11-27', '2026-11-28')).toEqual(['2026-11-27 05:30–05:45', '2026-11-27 17:00–17:15']);
      expect(codeOf(await place('05:40', '2026-11-27'))).toBe(201);
      expect(codeOf(await place('05:50', '2026-11-27'))).toBe('422 session-too-long');
      expect(codeOf(await place('05:40', '2026-11-28'))).toBe('422 outside-permitted-weekdays');
      expect(codeOf(await place('03:15', '2026-11-27'))).toBe('422 outside-permitted-hours');
      // The weekend is for special occasions.
      const special = { kind: 'special', title: 'Lễ hội', reason: 'Lễ hội của phường' };
      expect((await put(`${WINDOWS}/${await morning()}/overrides/2026-11-28`, special)).status).toBe(200);
      expect(codeOf(await place('05:40', '2026-11-28'))).toBe(201);
      expect(codeOf(await place('05:50', '2026-11-28'))).toBe('422 session-too-long');
    });

    it('hold from the day they say; quiet hours cut a session in two', async () => {
      const answer = await put(
        '/api/policies/ward',
        law({
          quiet: [{ from: '05:45', until: '06:00' }],
          effectiveFrom: '2026-12-01',
          source: 'Quyết định thử',
        }),
      );
      expect(answer.status).toBe(200);
      house.clock.set(at('04:00', '2026-12-01'));
      const then = await house.person('editor');
      const channel = json<{ law: object }>(await then.get(`/api/channels/${BAC_HA}`));
      expect(channel.law).toMatchObject({
        source: 'Quyết định thử',
        permitted: [
          { from: '05:00', until: '05:45' },
          { from: '06:00', until: '21:00' },
        ],
      });
      house.clock.set(at('08:00', '2026-11-24'));
      expect(await openings('2026-11-30', '2026-12-01')).toEqual([
        '2026-11-30 05:30–06:30',
        '2026-11-30 17:00–18:00',
        '2026-12-01 05:30–05:45',
        '2026-12-01 06:00–06:30',
        '2026-12-01 17:00–18:00',
      ]);
      expect(codeOf(await place('05:50', '2026-11-30'))).toBe(201);
      expect(codeOf(await place('05:50', '2026-12-01'))).toBe('422 outside-permitted-hours');
      expect(told.at(-1)).toMatchObject({ from: '2026-12-01', until: null, part: 'policy' });
      const wards = await house.app.get(Channels).list('ward-loudspeaker');
      expect(new Set(told.at(-1)?.channelIds)).toEqual(
        new Set(wards.filter(({ code }) => code.includes('phuong')).map(({ id }) => id)),
      );
    });

    it('are followed and never rewritten: what is in force stays in the book', async () => {
      const later = json<{ id: string }>(await put('/api/policies/ward', law({ effectiveFrom: '2027-01-01' })));
      const again = json<{ id: string }>(
        await put('/api/policies/ward', law({ sessionsPerDay: 1, effectiveFrom: '2027-01-01' })),
      );
      expect(again.id).toBe(later.id);
      expect(codeOf(await put('/api/policies/ward', law({ effectiveFrom: '2026-11-23' })))).toBe('422 in-the-past');
      const { policies } = json<{ policies: { id: string; unitKind: string; effectiveFrom: string }[] }>(
        await admin.get('/api/policies'),
      );
      const wards = policies.filter(({ unitKind }) => unitKind === 'ward');
      expect(wards.map(({ effectiveFrom }) => effectiveFrom)).toEqual(['2000-01-01', '2027-01-01']);
      expect(codeOf(await admin.send('DELETE', `/api/policies/${wards[0]?.id}`))).toBe('409 in-force');
      expect(codeOf(await admin.send('DELETE', `/api/policies/${later.id}`))).toBe(204);
      expect(codeOf(await admin.send('DELETE', `/api/policies/${later.id}`))).toBe('404 not-found');
      const audit = await read().find(AuditEntry, {
        where: { entity: 'policy', entityId: later.id },
        order: { seq: 'ASC' },
      });
      expect(audit.map(({ action }) => action)).toEqual(['policy.set', 'policy.set', 'policy.removed']);
      expect(audit[1]).toMatchObject({ before: { sessionsPerDay: null }, after: { sessionsPerDay: 1 } });
    });
  });

  describe('is asked three times', () => {
    it('when a slot is placed, when the playlist is built, and in what a station receives', async () => {
      const system = systemActor('thử nghiệm');
      const { token } = await house.app.get(Stations).enrol(system, { channelCode: BAC_HA, name: 'Trạm chợ' });
      const pull = async () => {
        const path = '/api/station/playlist?date=2026-11-26';
        const answer = await house.stranger().get(path, { authorization: `Bearer ${token}` });
        expect(answer.status).toBe(200);
        const document = json<PlaylistDocument>(answer);
        return [document.permitted, ...document.items.map(({ localTime }) => localTime.slice(0, 5))];
      };
      for (const time of ['05:40', '06:10', '17:30']) expect(codeOf(await place(time, '2026-11-26'))).toBe(201);
      const hours = [{ from: '05:00', until: '21:00' }];
      expect(await pull()).toEqual([hours, '05:40', '06:10', '17:30']);
      // No re-planning has run at this moment: the playlist leaves out the forbidden slots.
      const muted = house.app
        .get(Database)
        .write((tx) =>
          tx.update(
            Policy,
            { unitKind: 'ward' },
            { permitted: [{ from: '05:00', until: '17:00' }], minutesPerSession: 30 },
          ),
        );
      await muted;
      house.clock.advance(11_000);
      expect(await heard('2026-11-26')).toEqual(['05:40']);
      expect(await pull()).toEqual([[{ from: '05:00', until: '17:00' }], '05:40']);
      expect(codeOf(await place('17:40', '2026-11-26'))).toBe('422 outside-permitted-hours');
    });

    it('and a change here is seen at once', async () => {
      expect(codeOf(await place('05:40', '2026-11-26'))).toBe(201);
      expect(await heard('2026-11-26')).toEqual(['05:40']);
      expect(
        (await put(`/api/channels/${BAC_HA}/hours`, { permitted: [{ from: '06:00', until: '21:00' }] })).status,
      ).toBe(204);
      expect(await heard('2026-11-26')).toEqual([]);
    });
  });

  describe('windows are rules', () => {
    it('of weekdays, of the calendar, of every year and of days off', async () => {
      await admin.post('/api/holidays/import', { year: 2027 });
      for (const { id } of await windows()) await admin.send('DELETE', `${WINDOWS}/${id}`);
      expect(await openings('2027-01-01', '2027-01-31')).toEqual([]);
      await put('/api/policies/ward', law());
      const add = async (body: object) => {
        const answer = await admin.post(WINDOWS, { minutes: 30, start: '06:00', ...body });
        expect(answer.text).toContain('"id"');
        return json<WindowView>(answer);
      };
      await add({ name: 'Ngày 1 và cuối tháng', rrule: 'FREQ=MONTHLY;BYMONTHDAY=1,-1', holidays: 'skip' });
      await add({ name: 'Mùa mưa bão', weekdays: [1], start: '17:00', season: { from: '09-01', until: '01-15' } });
      await add({ name: 'Ngày lễ', weekdays: [1, 2, 3, 4, 5, 6, 7], start: '07:00', holidays: 'only' });
      await add({ name: 'Treo cờ', rrule: 'FREQ=DAILY', start: '08:00', holidays: 'flag-days' });
      expect(await openings('2027-01-01', '2027-02-08')).toEqual([
        '2027-01-01 07:00–07:30',
        '2027-01-04 17:00–17:30',
        '2027-01-11 17:00–17:30',
        '2027-01-31 06:00–06:30',
        '2027-02-01 06:00–06:30',
        ...['05', '06', '07', '08'].flatMap((day) => [`2027-02-${day} 07:00–07:30`, `2027-02-${day} 08:00–08:30`]),
      ]);
      const shown = json<{ windows: WindowView[] }>(await editor.get(`/api/channels/${BAC_HA}`));
      expect(shown.windows.map(({ rrule }) => rrule)).toContain('FREQ=MONTHLY;BYMONTHDAY=1,-1');
    });

    it('that an administrator adds, changes and takes out of use, each told and written down', async () => {
      const body = {
        name: 'Buổi trưa',
        weekdays: [6, 7],
        start: '11:00',
        minutes: 15,
        from: '2026-12-01',
        until: '2026-12-31',
      };
      const added = json<WindowView>(await admin.post(WINDOWS, body));
      expect(codeOf(await admin.post(WINDOWS, body))).toBe('409 window-name-taken');
      const changed = await put(`${WINDOWS}/${added.id}`, { ...body, start: '10:00', until: undefined });
      expect(json(changed)).toMatchObject({ start: '10:00', until: null, weekdays: [6, 7] });
      expect(codeOf(await admin.send('DELETE', `${WINDOWS}/${added.id}`))).toBe(204);
      expect(codeOf(await admin.send('DELETE', `${WINDOWS}/${added.id}`))).toBe('404 not-found');
      // Its name may be used again.
      expect(codeOf(await admin.post(WINDOWS, body))).toBe(201);
      expect(told.map(({ from, until, part }) => [from, until, part])).toEqual([
        ['2026-11-24', '2026-12-31', 'window'],
        ['2026-11-24', null, 'window'],
        ['2026-11-24', null, 'window'],
        ['2026-11-24', '2026-12-31', 'window'],
      ]);
      const audit = await read().find(AuditEntry, {
        where: { entity: 'channel_window', entityId: added.id },
        order: { seq: 'ASC' },
      });
      expect(audit.map(({ action }) => action)).toEqual(['window.added', 'window.changed', 'window.retired']);
      const fanpage = await admin.post('/api/channels/fanpage-thanh-pho/windows', body);
      expect(codeOf(fanpage)).toBe('422 not-a-loudspeaker');
      expect(codeOf(await editor.post(WINDOWS, body))).toBe('403 forbidden');
    });
  });

  describe('who has not seen what stands there does not overwrite it', () => {
    const ifMatch = (version: string) => ({ 'if-match': `"${version}"` });
    const twice = async (send: (n: number) => Promise<Answer>) =>
      (await Promise.all([0, 1].map(send))).map(codeOf).map(String).sort();

    it('a window: of two who saw the same, one changes it and the other is told', async () => {
      type W = { id: string; version: string };
      const [seen] = json<W[]>(await admin.get(WINDOWS));
      const path = `${WINDOWS}/${seen!.id}`;
      const body = (n: number) => ({
        name: 'Buổi sáng',
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        start: '05:30',
        minutes: 50 + n,
      });
      const headers = ifMatch(seen!.version);
      expect(await twice((n) => admin.send('PUT', path, body(n), headers))).toEqual(['200', '412 stale']);
      expect(codeOf(await admin.send('DELETE', path, undefined, headers))).toBe('412 stale');
      const [now] = json<W[]>(await admin.get(WINDOWS));
      const changed = await admin.send('PUT', path, body(9), ifMatch(now!.version));
      expect(json(changed)).toMatchObject({ minutes: 59 });
      expect(codeOf(await admin.send('PUT', path, body(8)))).toBe(200);
    });

    it('a policy: the same', async () => {
      const { version } = json<{ version: string }>(await admin.get('/api/policies'));
      const send = (n: number) =>
        admin.send('PUT', '/api/policies/ward', law({ sessionsPerDay: n + 1 }), ifMatch(version));
      expect(await twice(send)).toEqual(['200', '412 stale']);
      const preset = { preset: 'ha-noi-2021-quan' };
      expect(codeOf(await admin.send('POST', '/api/policies/ward/preset', preset, ifMatch(version)))).toBe('412 stale');
    });

    it('on the pages as well: the form holds what was seen', async () => {
      const page = `/khung-gio/${BAC_HA}/${await morning()}`;
      const [first, second] = [new Visitor(admin), new Visitor(admin)];
      await first.visit(page);
      await second.visit(page);
      await first.submit(page, { minutes: '40', weekdays: '1' });
      expect(first.page.status).toBe(200);
      await second.submit(page, { minutes: '45', weekdays: '1' });
      expect([second.page.status, second.page.text.includes('vừa được người khác thay đổi')]).toEqual([412, true]);
      const laws = '/khung-gio/luat/quy-dinh';
      await first.visit(laws);
      await second.visit(laws);
      const law = { name: 'Quy định thử', permitted: '05:00-21:00', unitKind: 'ward' };
      await first.submit(laws, law);
      expect(first.page.status).toBe(200);
      await second.submit(laws, { ...law, sessionsPerDay: '2' });
      expect([second.page.status, second.page.text.includes('vừa được người khác thay đổi')]).toEqual([412, true]);
    });
  });

  describe('one date is changed and the series stays', () => {
    const DAY = '2026-12-02';
    const skip = { kind: 'skip', reason: 'Cúp điện' };
    const move = { kind: 'move', start: '06:30', minutes: 20, reason: 'Họp dân' };

    it('skipped, moved, made special, and taken back step by step', async () => {
      const path = `${WINDOWS}/${await morning()}/overrides/${DAY}`;
      const usual = [`${DAY} 05:30–06:30`, `${DAY} 17:00–18:00`];
      const moved = [`${DAY} 06:30–06:50`, `${DAY} 17:00–18:00`];
      expect((await editor.send('PUT', path, move)).status).toBe(200);
      expect(await openings(DAY)).toEqual(moved);
      expect((await editor.send('PUT', path, skip)).status).toBe(200);
      expect(await openings(DAY)).toEqual(usual.slice(1));
      expect(await openings('2026-12-03')).toEqual(usual.map((one) => one.replace(DAY, '2026-12-03')));
      const list = await editor.get(`/api/channels/${BAC_HA}/overrides?from=2026-12-01&until=2026-12-31`);
      expect(json(list)).toMatchObject([{ date: DAY, kind: 'skip', reason: 'Cúp điện', window: 'Buổi sáng' }]);

      expect(json(await editor.post(`${path}/undo`))).toMatchObject({ override: { kind: 'move', start: '06:30' } });
      expect(await openings(DAY)).toEqual(moved);
      expect(json(await editor.post(`${path}/undo`))).toEqual({ override: null });
      expect(await openings(DAY)).toEqual(usual);
      expect(codeOf(await editor.post(`${path}/undo`))).toBe('409 nothing-to-undo');

      await editor.send('PUT', path, move);
      await editor.send('PUT', path, {
        kind: 'special',
        start: '09:00',
        minutes: 45,
        reason: 'Tết',
        title: 'Chúc Tết',
      });
      expect(await openings(DAY)).toEqual([`${DAY} 09:00–09:45`, `${DAY} 17:00–18:00`]);
      const day = await editor.get(`/api/channels/${BAC_HA}/slots?date=${DAY}`);
      const names = json<{ days: DayView[] }>(day).days[0]?.windows.map(({ name }) => name);
      expect(names).toEqual(['Chúc Tết', 'Buổi chiều']);
      expect(codeOf(await editor.send('DELETE', path))).toBe(204);
      expect(codeOf(await editor.send('DELETE', path))).toBe(204);
      expect(await openings(DAY)).toEqual(usual);
      expect(await read().countBy(WindowOverride, { active: true })).toBe(0);
      expect(new Set(told.map(({ from, until, part }) => `${from} ${until} ${part}`))).toEqual(
        new Set([`${DAY} ${DAY} override`]),
      );
      expect(told[1]?.reason).toBe('“Buổi sáng” ngày 02/12/2026 không phát: Cúp điện');
      const audit = await read().find(AuditEntry, { where: { entity: 'window_override' }, order: { seq: 'ASC' } });
      expect(audit.map(({ action }) => action.split('.')[1])).toEqual([
        'set',
        'set',
        'undone',
        'undone',
        'set',
        'set',
        'removed',
      ]);
    });

    it('by two at once: one change stands', async () => {
      const path = `${WINDOWS}/${await morning()}/overrides/${DAY}`;
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => editor.send('PUT', path, i % 2 ? skip : move)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      expect(await read().countBy(WindowOverride, { active: true })).toBe(1);
      expect(await read().count(WindowOverride)).toBe(6);
    });

    it('never a day that is over, nor a window of another channel', async () => {
      const window = await morning();
      expect(codeOf(await put(`${WINDOWS}/${window}/overrides/2026-11-23`, skip))).toBe('422 in-the-past');
      const other = `/api/channels/truyen-thanh-phuong-nam-ha/windows/${window}/overrides/${DAY}`;
      expect(codeOf(await put(other, skip))).toBe('404 not-found');
      expect(await read().count(WindowOverride)).toBe(0);
    });
  });

  describe('holidays', () => {
    interface Day {
      id: string;
      date: string;
      name: string;
    }
    const year = async () => json<Day[]>(await editor.get('/api/holidays?year=2027'));

    it('come from the Vietnamese calendar and are then kept by people', async () => {
      expect(json(await admin.post('/api/holidays/import', { year: 2027 }))).toEqual({ added: 30, kept: 0 });
      const eve = (await year()).find(({ name }) => name.startsWith('Giao thừa'));
      expect(eve?.date).toBe('2027-02-05');
      const body = { date: '2027-02-04', name: 'Nghỉ Tết sớm', kind: 'local', dayOff: true, flagDay: false };
      expect(json(await put(`/api/holidays/${eve?.id}`, body))).toMatchObject(body);
      const women = (await year()).find(({ date }) => date === '2027-03-08');
      expect(codeOf(await admin.send('DELETE', `/api/holidays/${women?.id}`))).toBe(204);
      const own = { date: '2027-06-15', name: 'Lễ hội đền', dayOff: false, flagDay: true };
      expect(json(await admin.post('/api/holidays', own))).toMatchObject({ ...own, kind: 'local', source: 'nhập tay' });
      expect(codeOf(await admin.post('/api/holidays', own))).toBe('409 holiday-exists');

      expect(json(await admin.post('/api/holidays/import', { year: 2027 }))).toEqual({ added: 0, kept: 30 });
      const names = (await year()).map(({ name }) => name);
      expect(names).toContain('Nghỉ Tết sớm');
      expect(names).toContain('Lễ hội đền');
      expect(names).not.toContain('Quốc tế Phụ nữ');
      expect(names).toHaveLength(30);
      const audit = await read().find(AuditEntry, { where: { entity: 'holiday' }, order: { seq: 'ASC' } });
      expect(audit.map(({ action }) => action)).toEqual([
        'holidays.imported',
        'holiday.changed',
        'holiday.removed',
        'holiday.added',
        'holidays.imported',
      ]);
    });

    it('lift the weekdays of a policy or silence it, and whoever asks about them is told', async () => {
      const add = (body: object) =>
        admin.post('/api/holidays', { name: 'Ngày hội', dayOff: true, flagDay: false, ...body });
      await add({ date: '2026-12-05' });
      expect(told).toEqual([]);
      await put('/api/policies/ward', law({ weekdays: [1, 2, 3, 4, 5], holidays: 'open' }));
      expect(await openings('2026-12-05', '2026-12-06')).toEqual(['2026-12-05 05:30–06:30', '2026-12-05 17:00–18:00']);
      told.length = 0;
      await add({ date: '2026-12-06' });
      expect(told).toMatchObject([{ from: '2026-12-06', until: '2026-12-06', part: 'holiday' }]);
      expect(await openings('2026-12-06')).toHaveLength(2);
      await put('/api/policies/ward', law({ holidays: 'silent' }));
      expect(await openings('2026-12-05', '2026-12-07')).toEqual(['2026-12-07 05:30–06:30', '2026-12-07 17:00–18:00']);
      expect(codeOf(await place('05:40', '2026-12-05'))).toBe('422 silent-day');
    });
  });

  describe('what cannot be meant is refused with the field and the reason, and nothing is stored', () => {
    const window = { name: 'Buổi thử', weekdays: [1], start: '05:30', minutes: 30 };
    const bad: [string, object, string][] = [
      ['an end before a start', { from: '2026-12-02', until: '2026-12-01' }, 'until'],
      ['30 February', { from: '2027-02-30' }, 'from'],
      ['year 9999', { until: '9999-12-31' }, 'until'],
      ['a naive local string', { start: '2026-11-24T05:30' }, 'start'],
      ['a naive local string as a day', { from: '2026-11-24T00:00' }, 'from'],
      ['25 hours', { start: '25:00' }, 'start'],
      ['a length of 0', { minutes: 0 }, 'minutes'],
      ['a length of −1', { minutes: -1 }, 'minutes'],
      ['a length of NaN', { minutes: NaN }, 'minutes'],
      ['a length that is a word', { minutes: 'NaN' }, 'minutes'],
      ['half a minute', { minutes: 0.5 }, 'minutes'],
      ['30 hours', { minutes: 1800 }, 'minutes'],
      ['no weekday', { weekdays: [] }, 'weekdays'],
      ['a weekday twice', { weekdays: [1, 1] }, 'weekdays'],
      ['weekday 8', { weekdays: [8] }, 'weekdays.0'],
      ['weekdays and a rule', { rrule: 'FREQ=DAILY' }, 'weekdays'],
      ['every second', { weekdays: undefined, rrule: 'FREQ=SECONDLY' }, 'rrule'],
      ['every second of a day', { weekdays: undefined, rrule: 'FREQ=DAILY;BYSECOND=0,1,2' }, 'rrule'],
      ['30 February of every year', { weekdays: undefined, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'rrule'],
      ['a Monday that is no Monday', { from: '2026-12-01', until: '2026-12-01' }, 'weekdays'],
      ['a season that is over', { from: '2026-01-01', until: '2026-02-01' }, 'until'],
      ['a yearly season on 30 February', { season: { from: '02-30', until: '03-01' } }, 'season.from'],
      ['no rule at all', { weekdays: undefined, rrule: 'mỗi sáng' }, 'rrule'],
      ['a rule of great length', { weekdays: undefined, rrule: `FREQ=DAILY;BYMONTH=${'1,'.repeat(300)}1` }, 'rrule'],
      ['an extra field', { permitted: [] }, '(toàn bộ)'],
    ];

    it('a window', async () => {
      const before = await read().count(ChannelWindow);
      for (const [name, more, field] of bad) {
        const began = performance.now();
        const answer = await admin.post(WINDOWS, { ...window, ...more });
        expect([name, performance.now() - began < 1000]).toEqual([name, true]);
        expect([name, answer.status >= 400 && answer.status < 500, fieldOf(answer)]).toEqual([name, true, field]);
      }
      expect(await read().count(ChannelWindow)).toBe(before);
      expect(told).toEqual([]);
    });

    it('a policy, a change of one date, a holiday, the hours of a channel', async () => {
      const path = `${WINDOWS}/${await morning()}/overrides`;
      const override = { kind: 'move', start: '06:00', reason: 'Họp dân' };
      const day = { date: '2027-01-02', name: 'Ngày', dayOff: true, flagDay: false };
      const counts = () =>
        Promise.all([Policy, WindowOverride, Holiday, AuditEntry].map((entity) => read().count(entity)));
      const before = await counts();
      const refusedWith = async (answer: Promise<Answer>) => {
        const began = performance.now();
        const { status } = await answer;
        expect(performance.now() - began).toBeLessThan(1000);
        expect(status >= 400 && status < 500).toBe(true);
        return fieldOf(await answer);
      };
      const fields: string[] = [];
      const policies: object[] = [
        { permitted: [{ from: '25:00', until: '21:00' }] },
        { permitted: [{ from: '05:00' }] },
        { weekdays: [] },
        { sessionsPerDay: 0 },
        { sessionsPerDay: NaN, permitted: 'always' },
        { minutesPerSession: 1800 },
        { minutesPerSession: -1 },
        { effectiveFrom: '2027-02-30' },
        { effectiveFrom: '9999-01-01' },
        { holidays: 'maybe' },
      ];
      for (const more of policies) fields.push(await refusedWith(put('/api/policies/ward', law(more))));
      fields.push(await refusedWith(admin.post('/api/policies/ward/preset', { preset: 'sao-hoa' })));
      const overrides: object[] = [
        { start: '2026-12-02T06:00' },
        { start: undefined },
        { start: undefined, minutes: 0 },
        { minutes: 1800 },
        { reason: ' ' },
        { kind: 'explode' },
        { kind: 'skip' },
      ];
      for (const more of overrides) fields.push(await refusedWith(put(`${path}/2026-12-02`, { ...override, ...more })));
      for (const date of ['2027-02-30', '9999-12-31', 'hom-nay', '2026-12-02T00:00']) {
        fields.push(await refusedWith(put(`${path}/${date}`, override)));
      }
      for (const more of [{ date: '2027-02-29' }, { name: '' }, { dayOff: 'yes' }]) {
        fields.push(await refusedWith(admin.post('/api/holidays', { ...day, ...more })));
      }
      for (const number of [9999, 1899, NaN, '2027']) {
        fields.push(await refusedWith(admin.post('/api/holidays/import', { year: number })));
      }
      fields.push(
        await refusedWith(put(`/api/channels/${BAC_HA}/hours`, { permitted: [{ from: '5h', until: '21:00' }] })),
      );
      fields.push(await refusedWith(editor.get(`/api/channels/${BAC_HA}/overrides?from=2026-12-02&until=2026-12-01`)));
      expect(fields).toEqual([
        'permitted.0.from',
        'permitted.0.until',
        'weekdays',
        'sessionsPerDay',
        'permitted',
        'minutesPerSession',
        'minutesPerSession',
        'effectiveFrom',
        'effectiveFrom',
        'holidays',
        'preset',
        'start',
        'start',
        'minutes',
        'minutes',
        'reason',
        'kind',
        '(toàn bộ)',
        'date',
        'date',
        'date',
        'date',
        'date',
        'name',
        'dayOff',
        'year',
        'year',
        'year',
        'year',
        'permitted.0.from',
        'until',
      ]);
      expect(await counts()).toEqual(before);
      expect(told).toEqual([]);
    });
  });
});

function fieldOf(answer: Answer): string {
  const { details, message } = json<Said>(answer);
  const [first] = details?.fields ?? [];
  expect([message.length > 10, (first?.problem.length ?? 0) > 2]).toEqual([true, true]);
  return details?.field ?? first?.field ?? '';
}
