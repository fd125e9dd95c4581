import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import {
  at,
  BAC_HA,
  clipOf,
  codeOf,
  NAM_HA,
  place,
  placed,
  type PlacedSlot,
  type Refused,
  rowCounts,
  slotOf,
} from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { editorAndApprover } from '../support/phone.js';
import type { Difference } from '../../src/schedule/slots/slot-difference.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';

describe('a clash has choices', () => {
  let house: House;
  let editor: Client;
  let one: ApprovedClip;
  let other: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    one = await clipOf(house, { title: 'Bài đứng trước', seconds: 60 });
    other = await clipOf(house, { title: 'Bài đến sau', seconds: 60 });
  });
  afterAll(() => house.close());

  it('names what it meets and offers to override, to append and three free places', async () => {
    const existing = await placed(editor, one, at('05:40'));
    const answer = await place(editor, other, at('05:40') + 30_000);
    expect(answer.status).toBe(409);
    const { code, details } = json<Refused>(answer);
    expect(code).toBe('overlap');
    expect(details.meets).toMatchObject([
      { id: existing.id, title: 'Bài đứng trước', bulletinClass: 'normal', own: false },
    ]);
    expect(details.nearestFree).toEqual([at('05:41'), at('05:39'), at('17:00')]);
    expect(details.choices).toEqual([
      { choice: 'override', allowed: true, code: null, why: null },
      { choice: 'append', startsAt: at('05:41'), why: null },
      ...details.nearestFree.map((startsAt) => ({ choice: 'place', startsAt })),
    ]);
  });

  it('appends after a row of slots, in the order of time', async () => {
    for (const time of ['05:50', '05:51', '05:52']) await placed(editor, one, at(time));
    const appended = await placed(editor, other, at('05:50'), { onClash: 'append' });
    expect(appended.startsAt).toBe(at('05:53'));
    const late = await approvedClip(house, { seconds: 40 * 60, title: 'Bài bốn mươi phút' });
    const full = await place(editor, late, at('05:50'), { onClash: 'append' });
    expect(await codeOf(full)).toBe('409 overlap');
    expect(json<Refused>(full).details.choices[1]).toMatchObject({ choice: 'append', startsAt: null });
  });

  it('replaces: what stood there is replaced with a reason, and a make-good is proposed in the next window with room', async () => {
    const first = await placed(editor, one, at('06:10'));
    const winner = await placed(editor, other, at('06:10'), { onClash: 'override', reason: 'Lãnh đạo yêu cầu' });
    const replaced = await slotOf(house, first.id);
    expect(replaced).toMatchObject({ state: 'replaced', replacedBy: winner.id, version: 2 });
    expect(replaced.reason).toContain('Nhường chỗ cho “Bài đến sau”');
    expect(replaced.reason).toContain('Lãnh đạo yêu cầu');
    expect(winner.difference).toMatchObject({ addedTotal: 1, removedTotal: 1, movedTotal: 0 });
    const { makeGoods } = json<{ makeGoods: { id: string; slot: { slotId: string }; place: { startsAt: number } }[] }>(
      await editor.get('/api/make-goods?state=proposed'),
    );
    expect(makeGoods.find(({ slot }) => slot.slotId === first.id)?.place.startsAt).toBeGreaterThan(house.clock.now());
  });

  it('a dry run shows the difference of any change, and stores nothing at all', async () => {
    const existing = await placed(editor, one, at('17:10'));
    const before = await rowCounts(house);
    const rehearsed = async (answer: ReturnType<typeof place>) => {
      const { status, text } = await answer;
      expect([status, text]).toEqual([200, expect.stringContaining('"dryRun":true')]);
      return (JSON.parse(text) as { difference: Difference }).difference;
    };
    const placing = await rehearsed(place(editor, other, at('17:10'), { onClash: 'override', dryRun: true }));
    expect(placing.removed).toMatchObject([{ slotId: existing.id, state: 'replaced', channelCode: BAC_HA }]);
    expect(placing.added).toMatchObject([{ title: 'Bài đến sau', startsAt: at('17:10') }]);
    const moving = await rehearsed(
      editor.post(`/api/slots/${existing.id}/move`, { startsAt: at('17:20'), channelCode: NAM_HA, dryRun: true }),
    );
    expect(moving.moved).toMatchObject([
      { slotId: existing.id, before: { channelCode: BAC_HA }, after: { channelCode: NAM_HA, startsAt: at('17:20') } },
    ]);
    const cancelling = await rehearsed(
      editor.post(`/api/slots/${existing.id}/cancel`, { reason: 'Thử', dryRun: true }),
    );
    expect(cancelling.removed).toMatchObject([{ slotId: existing.id, state: 'cancelled', reason: 'Thử' }]);
    expect(await codeOf(place(editor, other, at('03:15'), { dryRun: true }))).toBe('422 outside-permitted-hours');
    expect(await rowCounts(house)).toEqual(before);
    expect(await slotOf(house, existing.id)).toMatchObject({ state: 'planned', version: 1 });
  });

  it('moves in time and between channels from the version that was seen, and from no other', async () => {
    const slot = await placed(editor, one, at('17:40'));
    const seen = await editor.get(`/api/slots/${slot.id}`);
    expect(seen.headers.get('etag')).toBe('"1"');
    const drag = (startsAt: number, headers: Record<string, string>, more: object = {}) =>
      editor.post(`/api/slots/${slot.id}/move`, { startsAt, ...more }, headers);
    // Two people drag the same slot at once: one of them is refused and sees the new state.
    const both = await Promise.all([
      drag(at('17:42'), { 'if-match': '"1"' }),
      drag(at('17:44'), { 'if-match': '"1"' }, { channelCode: NAM_HA }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const loser = both.find(({ status }) => status === 412)!;
    expect(json<Refused>(loser)).toMatchObject({ code: 'stale', details: { version: 2 } });
    const moved = json<PlacedSlot>(await drag(at('17:46'), {}, { channelCode: NAM_HA, version: 2 }));
    expect(moved).toMatchObject({ version: 3, startsAt: at('17:46'), held: true });
    expect(await codeOf(drag(at('17:46'), { 'if-match': 'ba' }))).toBe('400 bad-version');
    const day = await editor.get(`/api/channels/${NAM_HA}/playlists/2026-11-25.json`);
    expect(json<PlaylistDocument>(day).items.map(({ slotId }) => slotId)).toContain(slot.id);
    const patched = await editor.send(
      'PATCH',
      `/api/slots/${slot.id}`,
      { start: { rule: 'cut' } },
      { 'if-match': '"3"' },
    );
    expect(json<PlacedSlot>(patched)).toMatchObject({ version: 4, start: { rule: 'cut' } });
  });

  it('a lower class never replaces a higher one', async () => {
    const urgent = await clipOf(house, { title: 'Tin ưu tiên', bulletinClass: 'priority' });
    await placed(editor, urgent, at('05:32'));
    const refusal = await place(editor, one, at('05:32'), { onClash: 'override' });
    expect(await codeOf(refusal)).toBe('409 higher-class');
    expect(json<Refused>(refusal).message).toContain('“Tin ưu tiên” là tin ưu tiên, tin thông thường không được thay');
    expect(json<Refused>(await place(editor, one, at('05:32'))).details.choices[0]).toMatchObject({
      choice: 'override',
      allowed: false,
      code: 'higher-class',
    });
  });
});

describe('what a slot holds', () => {
  let approver: Client;
  let house: House;
  let editor: Client;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    approver = await house.person('approver');
  });
  afterAll(() => house.close());

  const relay = (startsAt: number, more: object = {}, orderedBy = approver) =>
    orderedBy.post('/api/slots', {
      kind: 'relay',
      channelCode: BAC_HA,
      startsAt,
      streamUrl: 'https://dai-tinh.vn/song1',
      durationMs: 300_000,
      title: 'Thời sự đài tỉnh',
      start: { rule: 'cut' },
      ...more,
    });

  it('a relay and a live item stand in the playlist with their rules, and a person says that they played', async () => {
    expect(await codeOf(relay(at('05:30'), {}, editor))).toBe('403 approver-needed');
    const carried = json<PlacedSlot>(await relay(at('05:30')));
    const elsewhere = { startsAt: at('05:30'), channelCode: NAM_HA };
    expect(await codeOf(editor.post(`/api/slots/${carried.id}/move`, elsewhere))).toBe('403 approver-needed');
    expect(carried).toMatchObject({ kind: 'relay', clipId: null, campaignId: null, durationMs: 300_000 });
    const clip = await clipOf(house, { title: 'Bài đọc trực tiếp' });
    const live = await editor.post('/api/slots', {
      kind: 'live',
      channelCode: BAC_HA,
      campaignId: clip.campaignId,
      scriptVersionId: clip.versionId,
      durationMs: 120_000,
      startsAt: at('05:35'),
      start: { rule: 'next' },
    });
    expect(json<PlacedSlot>(live)).toMatchObject({ kind: 'live', title: 'Bài đọc trực tiếp', start: { rule: 'next' } });
    const day = json<PlaylistDocument>(await editor.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.json`));
    expect(day.items).toMatchObject([
      { kind: 'relay', streamUrl: 'https://dai-tinh.vn/song1', start: { rule: 'cut' }, localTime: '05:30:00' },
      { kind: 'live', script: 'Bài đọc trực tiếp. Đề nghị bà con thực hiện.', start: { rule: 'next' } },
    ]);
    house.clock.set(at('05:36'));
    const operator = await house.person('operator', 'phuong-bac-ha');
    const told = await operator.post(`/api/slots/${carried.id}/tick`, { played: true });
    expect(json<{ state: string }>(told).state).toBe('played');
    expect(await slotOf(house, carried.id)).toMatchObject({ state: 'played', reason: 'Trực đài xác nhận' });
    house.clock.set(at('08:00', '2026-11-24'));
  });

  it('a relay in the night is refused like everything else', async () => {
    expect(await codeOf(relay(at('03:15')))).toBe('422 outside-permitted-hours');
  });

  it.each([
    ['no address', { streamUrl: 'song1' }],
    ['a file', { streamUrl: 'file:///etc/passwd' }],
    ['a password in the address', { streamUrl: 'https://a:b@dai.vn/' }],
    ['no length', { durationMs: 0 }],
    ['a negative length', { durationMs: -1 }],
    ['a length that is no number', { durationMs: 'NaN' }],
    ['a day of length', { durationMs: 86_400_000 }],
    ['a local time', { startsAt: '2026-11-25 05:30' }],
    ['half a millisecond', { startsAt: 0.5 }],
    ['a wait of a day', { start: { rule: 'wait', seconds: 86_400 } }],
    ['an unknown rule', { start: { rule: 'soon' } }],
    ['a field that nobody knows', { loud: true }],
  ])('refuses %s with the field, and stores nothing', async (name, wrong) => {
    const before = await rowCounts(house);
    const answer = await relay(at('06:00'), wrong);
    expect(await codeOf(answer)).toBe('400 malformed');
    const { fields } = json<{ details: { fields: { field: string }[] } }>(answer).details;
    const [field = ''] = Object.keys(wrong);
    if (!name.startsWith('a field')) expect(fields[0]?.field).toMatch(new RegExp(`^${field}`));
    expect(await rowCounts(house)).toEqual(before);
  });
});

describe('close to air', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse({ env: { LOA_LOCK_MINUTES: '15' }, at: { date: '2026-11-24', time: '16:50' } });
    editor = await house.person('editor');
    clip = await clipOf(house, { title: 'Bài sắp phát', seconds: 60 });
  });
  afterAll(() => house.close());

  const move = (id: string, startsAt: number, more: object = {}) =>
    editor.post(`/api/slots/${id}/move`, { startsAt, ...more });

  it('inside the lock a slot moves only with a reason; what has begun does not move at all', async () => {
    const slot = await placed(editor, clip, at('17:20', '2026-11-24'));
    house.clock.set(at('17:05', '2026-11-24') - 1);
    expect(await codeOf(move(slot.id, at('17:40', '2026-11-24')))).toBe('200');
    expect(await codeOf(move(slot.id, at('17:19', '2026-11-24')))).toBe('422 locked');
    const locked = await move(slot.id, at('17:19', '2026-11-24'), { reason: ' ' });
    expect(json<Refused>(locked)).toMatchObject({ code: 'locked', details: { field: 'reason' } });
    expect(await codeOf(move(slot.id, at('17:19', '2026-11-24'), { reason: 'Đoàn đến sớm' }))).toBe('200');
    expect(await codeOf(move(slot.id, at('17:50', '2026-11-24')))).toBe('422 locked');
    house.clock.set(at('17:19', '2026-11-24'));
    expect(await codeOf(move(slot.id, at('17:50', '2026-11-24'), { reason: 'Muộn' }))).toBe('422 frozen');
    const over = await place(editor, clip, at('17:19', '2026-11-24') + 30_000, { onClash: 'override', reason: 'Gấp' });
    expect(await codeOf(over)).toBe('409 on-air');
  });

  it('an emergency passes hours, windows and what is on the air, in the name of the approver who orders it', async () => {
    const urgent = await clipOf(house, { title: 'Xả lũ khẩn cấp', seconds: 60, bulletinClass: 'emergency' });
    const emergency = { emergency: { reason: 'Hồ xả lũ' } };
    const night = at('03:15', '2026-11-26');
    expect(await codeOf(place(editor, urgent, night))).toBe('422 outside-permitted-hours');
    expect(await codeOf(place(editor, urgent, night, emergency))).toBe('403 approver-needed');
    let approver = await house.person('approver');
    expect(await codeOf(place(approver, clip, night, emergency))).toBe('422 not-an-emergency');
    const ordered = await placed(approver, urgent, night, emergency);
    expect(ordered).toMatchObject({ start: { rule: 'cut' }, windowId: null, date: '2026-11-26' });
    expect(ordered.authorisedBy).toMatch(/^Thử approver/);
    // Place and time were ordered by the approver, so an editor neither moves the slot nor lets it wait.
    const later = { startsAt: at('03:45', '2026-11-26') };
    expect(await codeOf(move(ordered.id, later.startsAt))).toBe('403 approver-needed');
    const waits = { start: { rule: 'next' } };
    expect(await codeOf(editor.send('PATCH', `/api/slots/${ordered.id}`, waits))).toBe('403 approver-needed');
    const both = await editorAndApprover(house);
    expect(json<PlacedSlot>(await both.post(`/api/slots/${ordered.id}/move`, later))).toMatchObject(later);
    await both.post(`/api/slots/${ordered.id}/move`, { startsAt: night });
    const moved = await slotOf(house, ordered.id);
    expect(moved.authorisedBy).toMatch(/^Người soạn và duyệt/);
    const day = json<PlaylistDocument>(await editor.get(`/api/channels/${BAC_HA}/playlists/2026-11-26.json`));
    expect(day.items).toMatchObject([{ slotId: ordered.id, localTime: '03:15:00', authorisedBy: moved.authorisedBy }]);

    const running = await placed(editor, clip, at('17:30', '2026-11-24'));
    house.clock.set(at('17:30', '2026-11-24') + 10_000);
    const now = house.clock.now();
    const stale = { ...emergency, onClash: 'override' };
    expect(await codeOf(place(approver, urgent, now, stale))).toBe('403 code-needed');
    approver = await house.person('approver');
    const cut = await placed(approver, urgent, now, { ...emergency, onClash: 'override' });
    expect(cut.startsAt).toBe(now);
    const stopped = await slotOf(house, running.id);
    expect(stopped).toMatchObject({ state: 'replaced', replacedBy: cut.id });
    expect(stopped.reason).toContain('lệnh của Thử approver');
  });
});

describe('what cannot be', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    clip = await clipOf(house, { title: 'Bài' });
  });
  afterAll(() => house.close());

  const plan = (more: object = {}, demand: object = {}) =>
    editor.post(`/api/campaigns/${clip.campaignId}/plan`, {
      demands: [{ channelKind: 'ward-loudspeaker', clipId: clip.clipId, minPlaysPerDay: 3, ...demand }],
      from: '2026-11-25',
      until: '2026-11-26',
      ...more,
    });
  const startsAt = at('05:30');
  const slots = (count: number) => Array.from({ length: count }, () => ({ startsAt }));

  it.each<[string, () => ReturnType<typeof plan>, string, RegExp]>([
    ['an end before a start', () => plan({ until: '2026-11-24' }), '422', /until|from/],
    ['30 February', () => plan({ from: '2027-02-30' }), '400 malformed', /from/],
    ['the year 9999', () => place(editor, clip, Date.UTC(9999, 0, 1)), '422 bad-range', /start/],
    ['a naive local string', () => place(editor, clip, '2026-11-25T05:30' as never), '400 malformed', /startsAt/],
    ['minus one', () => place(editor, clip, -1), '400 malformed', /startsAt/],
    ['100,000 slots in one request', () => editor.post('/api/slots', slots(100_000)), '413 too-large', /toàn bộ.*2 MB/],
    ['1,000 slots in one request', () => editor.post('/api/slots', slots(1_000)), '400 malformed', /toàn bộ/],
    [
      'a plan of 133,920 slots',
      () => plan({ until: '2026-12-24' }, { minPlaysPerDay: 288 }),
      '413 too-many-slots',
      /demands/,
    ],
    ['a clip of nobody', () => place(editor, { ...clip, clipId: clip.campaignId }, at('05:30')), '404', /not-found/],
  ])('%s is refused with the field, nothing is stored', async (_name, ask, code, field) => {
    const before = await rowCounts(house);
    const answer = await ask();
    expect(await codeOf(answer)).toMatch(new RegExp(`^${code}`));
    expect(answer.text).toMatch(field);
    expect(await rowCounts(house)).toEqual(before);
  });

  it('what is not approved is neither placed nor planned, and the field is named', async () => {
    const waiting = await approvedClip(house, { state: 'submitted' });
    const before = await rowCounts(house);
    const demand = { channelKind: 'ward-loudspeaker', clipId: waiting.clipId, minPlaysPerDay: 3 };
    for (const answer of [
      await place(editor, waiting, at('05:30')),
      await editor.post(`/api/campaigns/${waiting.campaignId}/plan`, {
        demands: [demand],
        from: '2026-11-25',
        until: '2026-11-26',
      }),
    ]) {
      expect(json<Refused>(answer)).toMatchObject({ code: 'not-approved', details: { field: 'clipId' } });
    }
    expect(await rowCounts(house)).toEqual(before);
  });

  it('a retired channel takes nothing', async () => {
    await house.app.get(Database).write((tx) => tx.update(Channel, { code: NAM_HA }, { active: false }));
    const before = await rowCounts(house);
    const answer = await place(editor, clip, at('05:30'), { channelCode: NAM_HA });
    expect(await codeOf(answer)).toBe('422 not-in-service');
    expect(json<Refused>(answer).details.field).toBe('channelCode');
    expect(await rowCounts(house)).toEqual(before);
  });
});
