import { FeedCache } from '../../src/feeds/feed-cache.service.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, codeOf, NAM_HA, place, placed, slotOf } from '../support/at-the-desk.js';
import { Visitor } from '../support/browser-form.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { FANPAGE, postRow } from '../support/posting.js';

const HOURS = [{ from: '05:00', until: '21:00' }];
const MORNING = { name: 'Buổi sáng', weekdays: [1, 2, 3, 4, 5, 6, 7], start: '05:30', minutes: 30 };
const WARD = 'phuong-hai-chau';

interface ShownChannel {
  code: string;
  state: string;
  law: { name: string; sessionsPerDay: number | null } | null;
  closures: { start: number; end: number | null; retired: boolean; reason: string }[];
}

/** Đà Nẵng and one of its wards, entered on the page of units. */
async function anotherCity(admin: Client): Promise<void> {
  const visitor = new Visitor(admin);
  await visitor.visit('/don-vi');
  await visitor.submit('/don-vi', { name: 'Thành phố Đà Nẵng', kind: 'city', parentCode: '' });
  await visitor.visit('/don-vi');
  await visitor.submit('/don-vi', { name: 'Phường Hải Châu', kind: 'ward', parentCode: 'thanh-pho-da-nang' });
  expect(visitor.page.status).toBe(200);
}

describe('the law is chosen', () => {
  it('in a new installation nothing is in force, and each place is told what is left to choose', async () => {
    const house = await openHouse({ lawless: true });
    try {
      const admin = await house.person('admin');
      const { policies, presets } = json<{ policies: unknown[]; presets: unknown[] }>(await admin.get('/api/policies'));
      expect([policies, presets.length]).toEqual([[], 4]);
      expect(json<ShownChannel>(await admin.get(`/api/channels/${BAC_HA}`)).law).toBeNull();
      const page = await admin.get('/kenh', { accept: 'text/html' });
      expect(page.text).toContain('Có nơi chưa chọn quy định giờ phát');
      expect((await admin.post('/api/policies/ward/preset', { preset: 'ha-noi-2021-quan' })).status).toBe(200);
      const { law } = json<ShownChannel>(await admin.get(`/api/channels/${BAC_HA}`));
      expect(law).toMatchObject({ name: 'Hà Nội 2021, quận', sessionsPerDay: 2 });
      await anotherCity(admin);
      expect(await codeOf(admin.post('/api/policies/ward/preset', { preset: 'khung-chung' }))).toBe('422 which-place');
    } finally {
      await house.close();
    }
  });
});

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh.
describe('channels of any unit', () => {
  let house: House;
  let admin: Client;
  let editor: Client;
  let clip: ApprovedClip;
  beforeEach(async () => {
    house = await openHouse();
    admin = await house.person('admin');
    editor = await house.person('editor');
    clip = await approvedClip(house);
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const shown = async (code: string) => json<ShownChannel>(await admin.get(`/api/channels/${code}`));
  const listed = async (code: string, date: string) => {
    const answer = await editor.get(`/api/channels/${code}/playlists/${date}.json`);
    return json<PlaylistDocument>(answer).items.map(({ localTime }) => localTime.slice(0, 5));
  };
  const acts = async (action: string) => (await read().findBy(AuditEntry, { action })).length;
  const ward = (more: object = {}) => ({
    name: 'Truyền thanh phường Hải Châu',
    kind: 'ward-loudspeaker',
    unit: WARD,
    permitted: HOURS,
    windows: [MORNING],
    ...more,
  });

  it('another city is set up: its units, its law, its loudspeakers, and its first plan', async () => {
    await anotherCity(admin);
    const before = json<{ policies: unknown[] }>(await admin.get('/api/policies')).policies.length;
    expect(await codeOf(admin.post('/api/channels', ward()))).toBe('422 law-not-chosen');
    for (const role of ['editor', 'approver', 'operator', 'official', 'page-admin'] as const) {
      const person = await house.person(role, role === 'operator' ? 'phuong-bac-ha' : undefined);
      expect(await codeOf(person.post('/api/channels', ward()))).toBe('403 forbidden');
    }
    expect(await codeOf(admin.post('/api/channels', ward({ law: { preset: 'hue' } })))).toBe('422 unknown-preset');
    expect(await codeOf(admin.post('/api/channels', ward({ unit: 'khong-co' })))).toBe('422 unknown-unit');
    expect(await codeOf(admin.post('/api/channels', ward({ permitted: [] })))).toBe('422 bad-rule');
    expect(await codeOf(admin.post('/api/channels', ward({ profile: 'web' })))).toBe('422 bad-profile');
    const law = { preset: 'ha-noi-2021-quan' };
    const added = await admin.post('/api/channels', ward({ law }));
    const code = 'truyen-thanh-phuong-hai-chau';
    expect([added.status, json(added)]).toMatchObject([201, { code, unit: WARD, profile: 'horn', state: 'open' }]);
    expect((await shown(code)).law).toMatchObject({ name: 'Hà Nội 2021, quận' });
    // The law of one city stays the law of that city.
    expect((await shown(BAC_HA)).law).toMatchObject({ name: 'Đà Nẵng 2025' });
    const { policies } = json<{ policies: { place: { code: string } }[] }>(await admin.get('/api/policies'));
    expect(policies.length).toBe(before + 1);
    expect(policies.filter(({ place: { code } }) => code === 'thanh-pho-da-nang')).toHaveLength(1);
    expect(await codeOf(admin.post('/api/channels', ward()))).toBe('409 channel-exists');
    const fanpage = { name: 'Fanpage Hải Châu', kind: 'fanpage', unit: WARD };
    expect(json(await admin.post('/api/channels', fanpage))).toMatchObject({ profile: 'web' });
    expect(await acts('channel.added')).toBeGreaterThanOrEqual(2);

    expect((await place(editor, clip, at('05:31'), { channelCode: code })).status).toBe(201);
    // Hà Nội's law has working days only.
    const saturday = at('05:31', '2026-11-28');
    expect(await codeOf(place(editor, clip, saturday, { channelCode: code }))).toBe('422 outside-permitted-weekdays');
    expect(await listed(code, '2026-11-25')).toEqual(['05:31']);

    const renamed = { name: 'Loa phường Hải Châu', unit: WARD, profile: 'fm' };
    expect(json(await admin.send('PUT', `/api/channels/${code}`, renamed))).toMatchObject({ code, ...renamed });
    const moved = { ...renamed, unit: 'phuong-bac-ha' };
    expect((await admin.send('PUT', `/api/channels/${code}`, moved)).status).toBe(200);
    expect((await shown(code)).law).toMatchObject({ name: 'Đà Nẵng 2025' });
    expect(await acts('channel.changed')).toBe(2);
  });

  it('a ward that moves to another city obeys the law of that city', async () => {
    await anotherCity(admin);
    const law = { preset: 'ha-noi-2021-quan', place: 'thanh-pho-da-nang' };
    await admin.post('/api/channels', ward({ law }));
    const visitor = new Visitor(admin);
    await visitor.visit('/don-vi/phuong-bac-ha');
    await visitor.submit('/don-vi/phuong-bac-ha', { parentCode: 'thanh-pho-da-nang', active: 'co' });
    expect((await shown(BAC_HA)).law).toMatchObject({ name: 'Hà Nội 2021, quận' });
    expect((await shown(NAM_HA)).law).toMatchObject({ name: 'Đà Nẵng 2025' });
  });

  it('a pause takes out what is planned in it, with the reason, and nothing else', async () => {
    const { id: channelId } = await read().findOneByOrFail(Channel, { code: BAC_HA });
    const demands = [{ channelIds: [channelId], clipId: clip.clipId, minPlaysPerDay: 2 }];
    const plan = { demands, from: '2026-11-25', until: '2026-11-29' };
    expect((await editor.post(`/api/campaigns/${clip.campaignId}/plan`, plan)).status).toBe(200);
    const byHand = await placed(editor, await approvedClip(house), at('06:10', '2026-11-26'));
    const elsewhere = await placed(editor, clip, at('05:40', '2026-11-26'), { channelCode: NAM_HA });
    const body = { from: '2026-11-26', until: '2026-11-27', reason: 'Sửa tăng âm' };
    const pause = (client: Client, more: object = {}) =>
      client.post(`/api/channels/${BAC_HA}/pause`, { ...body, ...more });
    expect(await codeOf(pause(editor))).toBe('403 forbidden');
    expect(await codeOf(pause(admin, { reason: ' ' }))).toBe('400 malformed');
    expect(await codeOf(pause(admin, { from: '2026-11-20' }))).toBe('422 in-the-past');
    expect(json(await pause(admin))).toMatchObject({ state: 'open' });
    expect(await codeOf(pause(admin))).toBe('409 already-closed');

    const reason = 'Kênh tạm dừng từ 26/11/2026 đến hết 27/11/2026: Sửa tăng âm';
    expect(await slotOf(house, byHand.id)).toMatchObject({ state: 'cancelled', reason });
    expect(await slotOf(house, elsewhere.id)).toMatchObject({ state: 'planned' });
    const planned = async () => {
      const rows = await read().find(Slot, { where: { channelId, state: 'planned', role: 'item' } });
      return rows.map(({ date }) => date).sort();
    };
    const open = ['2026-11-25', '2026-11-28', '2026-11-29'].flatMap((date) => [date, date]);
    expect(await planned()).toEqual(open);
    expect(await listed(BAC_HA, '2026-11-26')).toEqual([]);
    await house.drain();
    expect(await planned()).toEqual(open);
    expect(await codeOf(place(editor, clip, at('05:31', '2026-11-27')))).toBe('422 channel-closed');
    expect((await place(editor, clip, at('06:11', '2026-11-28'))).status).toBe(201);
    const board = await editor.get(`/api/board?date=2026-11-26`);
    expect(board.text).toContain('Kênh tạm dừng hoặc đã ngừng.');
    expect([await acts('channel.paused'), await acts('slots.cancelled')]).toEqual([1, 1]);

    // Opened again on the first morning: the evening and the next day are planned again.
    house.clock.set(at('12:00', '2026-11-26'));
    admin = await house.person('admin');
    editor = await house.person('editor');
    expect((await shown(BAC_HA)).state).toBe('paused');
    expect(await codeOf(editor.post(`/api/channels/${BAC_HA}/resume`, {}))).toBe('403 forbidden');
    expect(json(await admin.post(`/api/channels/${BAC_HA}/resume`, {}))).toMatchObject({ state: 'open' });
    await house.drain();
    expect((await planned()).filter((date) => date === '2026-11-27')).toHaveLength(2);
    expect((await planned()).filter((date) => date === '2026-11-26').length).toBeGreaterThan(0);
    expect((await shown(BAC_HA)).closures).toMatchObject([{ end: house.clock.now(), reason: 'Sửa tăng âm' }]);
    expect(await codeOf(admin.post(`/api/channels/${BAC_HA}/resume`, {}))).toBe('409 not-closed');
  });

  it('a pause from this moment leaves what has aired and what is on the air', async () => {
    const aired = await placed(editor, clip, at('05:31'));
    const onAir = await placed(editor, clip, at('05:40'));
    const ahead = await placed(editor, clip, at('05:50'));
    const evening = await placed(editor, clip, at('17:10'));
    await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, aired.id, 'played', null));
    house.clock.set(at('05:40') + 5_000);
    admin = await house.person('admin');
    editor = await house.person('editor');
    expect((await admin.post(`/api/channels/${BAC_HA}/pause`, { reason: 'Mất điện' })).status).toBe(200);
    const states = await Promise.all([aired, onAir, ahead, evening].map(({ id }) => slotOf(house, id)));
    expect(states.map(({ state }) => state)).toEqual(['played', 'planned', 'cancelled', 'cancelled']);
    expect(await listed(BAC_HA, '2026-11-25')).toEqual(['05:31', '05:40']);
    expect((await shown(BAC_HA)).state).toBe('paused');
  });

  it('retired: all that is to come is taken out, history stays readable, and it can be taken into use again', async () => {
    const station = json<{ token: string }>(await admin.post('/api/stations', { channelCode: BAC_HA, name: 'Trạm' }));
    const aired = await placed(editor, clip, at('05:31'));
    const ahead = await placed(editor, clip, at('17:10', '2026-11-26'));
    await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, aired.id, 'played', null));
    house.clock.set(at('08:00'));
    admin = await house.person('admin');
    editor = await house.person('editor');
    const retire = (client: Client) => client.post(`/api/channels/${BAC_HA}/retire`, { reason: 'Sáp nhập phường' });
    expect(await codeOf(retire(editor))).toBe('403 forbidden');
    expect(json(await retire(admin))).toMatchObject({ state: 'retired' });
    expect(await codeOf(retire(admin))).toBe('409 already-closed');
    expect(await slotOf(house, ahead.id)).toMatchObject({
      state: 'cancelled',
      reason: 'Kênh ngừng sử dụng: Sáp nhập phường',
    });
    expect(await slotOf(house, aired.id)).toMatchObject({ state: 'played' });

    const codes = async (query: string) =>
      json<ShownChannel[]>(await editor.get(`/api/channels${query}`)).map((one) => one.code);
    expect(await codes('')).not.toContain(BAC_HA);
    expect(await codes('?retired=true')).toContain(BAC_HA);
    const poll = await house.stranger().get('/api/station/playlist?date=2026-11-26', {
      authorization: `Bearer ${station.token}`,
    });
    expect([poll.status, json<PlaylistDocument>(poll).items]).toEqual([200, []]);
    expect(await codeOf(place(editor, clip, at('17:10', '2026-11-27')))).toBe('422 not-in-service');
    const board = async (date: string) => (await editor.get(`/api/board?date=${date}`)).text.includes(`"${BAC_HA}"`);
    expect([await board('2026-11-25'), await board('2026-11-26')]).toEqual([true, false]);
    for (const page of [`/lich/${BAC_HA}`, `/lich/luot/${aired.id}`, '/lich?ngay=2026-11-25', `/kenh/${BAC_HA}`]) {
      expect([page, (await editor.get(page, { accept: 'text/html' })).status]).toEqual([
        page,
        page.startsWith('/kenh') ? 404 : 200,
      ]);
    }
    expect((await admin.post(`/api/channels/${BAC_HA}/resume`, {})).status).toBe(200);
    expect((await place(editor, clip, at('17:10', '2026-11-27'))).status).toBe(201);
    expect([await acts('channel.retired'), await acts('channel.resumed')]).toEqual([1, 1]);
  });

  it('a page that is paused or retired publishes nothing, a website that is paused is offered nothing new', async () => {
    const text = await approvedClip(house, { channelKind: 'fanpage', of: clip, title: 'Trên trang' });
    const order = (dueAt: number) => ({
      campaignId: clip.campaignId,
      versionId: text.versionId,
      channelCode: FANPAGE,
      dueAt,
    });
    const { id } = json<{ id: string }>(await editor.post('/api/posts', order(at('09:00', '2026-11-26'))));
    const pause = { from: '2026-11-26', until: '2026-11-26', reason: 'Trang bảo trì' };
    expect((await admin.post(`/api/channels/${FANPAGE}/pause`, pause)).status).toBe(200);
    expect(await postRow(house, id)).toMatchObject({ state: 'cancelled' });
    expect(await codeOf(editor.post('/api/posts', order(at('10:00', '2026-11-26'))))).toBe('409 channel-closed');
    const later = json<{ id: string }>(await editor.post('/api/posts', order(at('10:00', '2026-11-27'))));
    expect((await admin.post(`/api/channels/${FANPAGE}/retire`, { reason: 'Gộp trang' })).status).toBe(200);
    expect(await postRow(house, later.id)).toMatchObject({
      state: 'cancelled',
      reason: 'Kênh ngừng sử dụng: Gộp trang',
    });
    const pageAdmin = await house.person('page-admin');
    expect(json(await pageAdmin.get(`/api/posts/${later.id}`))).toMatchObject({ state: 'cancelled' });

    const site = 'trang-tin-phuong-bac-ha';
    const feed = async () =>
      JSON.parse((await house.app.get(FeedCache).get(house.url, site, 'json')).body) as { items: unknown[] };
    const play = async (time: string, title: string) => {
      const slot = await placed(editor, await approvedClip(house, { title }), at(time));
      await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, slot.id, 'played', null));
      house.clock.set(at(time) + 60_000);
      editor = await house.person('editor');
      admin = await house.person('admin');
    };
    await play('05:31', 'Trước khi dừng');
    expect((await feed()).items).toHaveLength(1);
    const today = { until: '2026-11-25', reason: 'Trang tin bảo trì' };
    expect((await admin.post(`/api/channels/${site}/pause`, today)).status).toBe(200);
    await play('05:45', 'Trong lúc dừng');
    expect((await feed()).items).toHaveLength(1);
    expect((await admin.post(`/api/channels/${site}/resume`, {})).status).toBe(200);
    expect((await feed()).items).toHaveLength(2);
  });

  it('on the pages: another city from nothing, a refused form keeps what was typed, paused and opened again', async () => {
    await anotherCity(admin);
    const visitor = new Visitor(admin);
    await visitor.visit('/kenh');
    const fields = { name: 'Truyền thanh phường Hải Châu', unit: WARD, morning: '05:30', morningMinutes: '30' };
    await visitor.submit('/kenh', fields);
    expect([
      visitor.page.status,
      visitor.page.text.includes('Chưa chọn quy định giờ phát cho “Phường Hải Châu”'),
    ]).toEqual([422, true]);
    await visitor.submit('/kenh', { preset: 'ha-noi-2021-quan' });
    expect([visitor.path, visitor.page.text.includes('Truyền thanh phường Hải Châu')]).toEqual([
      '/kenh?xong=da-luu',
      true,
    ]);
    const page = '/kenh/truyen-thanh-phuong-hai-chau';
    await visitor.visit(page);
    expect(visitor.page.text).toContain('Quy định giờ phát: Hà Nội 2021, quận.');
    expect(
      json<{ windows: { start: string }[] }>(await admin.get(`/api/channels/${page.split('/')[2]}`)).windows,
    ).toMatchObject([{ start: '05:30', minutes: 30 }]);
    await visitor.submit(`${page}/tam-dung`, { from: '2026-11-20', reason: 'Sửa loa' });
    expect([visitor.page.status, visitor.page.text.includes('value="Sửa loa"')]).toEqual([422, true]);
    await visitor.submit(`${page}/tam-dung`, { from: '', reason: 'Sửa loa' });
    expect(visitor.page.text).toContain('Kênh đã tạm dừng');
    await visitor.submit(`${page}/mo-lai`);
    expect(visitor.page.text).toContain('đang hoạt động');
    await visitor.submit(`${page}/ngung`, { reason: 'Gộp phường' });
    expect([visitor.page.text.includes('đã ngừng sử dụng'), visitor.hasForm(`${page}/tam-dung`)]).toEqual([
      true,
      false,
    ]);
    await visitor.submit(page, { name: 'Loa phường Hải Châu cũ' });
    expect(visitor.page.text).toContain('Loa phường Hải Châu cũ');
  });
});
