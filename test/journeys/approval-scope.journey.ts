import { Approvals } from '../../src/approvals/approvals.service.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { Post } from '../../src/posts/state/post.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { newId } from '../../src/shared/ids.js';
import { approvedClip, type ApprovedClip, type ApprovedClipOptions } from '../support/approved-clip.js';
import { at, BAC_HA, codeOf, NAM_HA, place, placed } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const FANPAGE = 'fanpage-thanh-pho';
const robot = systemActor('thử nghiệm');

/** Every way in which content reaches a loudspeaker or a page, tried outside the approved scope. */
describe('an approval holds for channels, days and class, on every way out', () => {
  let house: House;
  let editor: Client;
  let approver: Client;

  beforeAll(async () => void (house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } })));
  /** A new moment; sessions expire before it. */
  const goTo = async (moment: number) => {
    house.clock.set(moment);
    editor = await house.person('editor');
    approver = await house.person('approver');
  };
  beforeEach(() => goTo(at('08:00', '2026-11-24')));
  afterAll(() => house.close());

  const em = () => house.app.get(Database).read();
  /** Approved for less than its campaign, which lasts to 24 December. */
  async function narrow(scope: object, options: ApprovedClipOptions = {}): Promise<ApprovedClip> {
    const clip = await approvedClip(house, { seconds: 60, ...options, state: 'submitted' });
    const path = `/api/approvals/${clip.versionId}`;
    const { contentHash } = json<{ contentHash: string }>(await approver.get(path));
    expect((await approver.post(`${path}/approve`, { contentHash, scope, unheard: true })).status).toBe(200);
    return clip;
  }
  const slotsOf = (clip: ApprovedClip, state: Slot['state'] = 'planned') =>
    em().find(Slot, { where: { clipId: clip.clipId, state, role: 'item' }, order: { startsAt: 'ASC' } });

  it('by hand, over another item, behind another item, live, dragged', async () => {
    const clip = await narrow({ channelCodes: [BAC_HA], until: '2026-11-25' });
    const inside = await placed(editor, clip, at('05:30'));
    expect(await codeOf(place(editor, clip, at('05:30', '2026-11-26')))).toBe('409 outside-approval');
    const move = (change: object) => editor.post(`/api/slots/${inside.id}/move`, { startsAt: at('05:31'), ...change });
    expect(await codeOf(move({}))).toBe('200');
    expect(await codeOf(move({ startsAt: at('05:30', '2026-11-26') }))).toBe('409 outside-approval');
    expect(await codeOf(move({ channelCode: NAM_HA }))).toBe('409 outside-approval');
    const other = await approvedClip(house, { seconds: 60 });
    await placed(editor, other, at('05:40', '2026-11-26'));
    for (const onClash of ['override', 'append']) {
      const over = place(editor, clip, at('05:40', '2026-11-26'), { onClash, reason: 'Gấp' });
      expect([onClash, await codeOf(over)]).toEqual([onClash, '409 outside-approval']);
    }
    const live = (startsAt: number) =>
      editor.post('/api/slots', {
        kind: 'live',
        channelCode: BAC_HA,
        campaignId: clip.campaignId,
        scriptVersionId: clip.versionId,
        durationMs: 60_000,
        startsAt,
      });
    expect([await codeOf(live(at('05:50'))), await codeOf(live(at('05:50', '2026-11-26')))]).toEqual([
      '201',
      '409 outside-approval',
    ]);
  });

  it('on a channel of another kind than it was written for', async () => {
    const clip = await narrow({});
    const city = await em().findOneByOrFail(Channel, { kind: 'city-loudspeaker' });
    expect(await codeOf(place(editor, clip, at('06:00'), { channelCode: city.code }))).toBe('409 outside-approval');
    const plan = await editor.post(`/api/campaigns/${clip.campaignId}/plan`, {
      demands: [{ channelKind: 'city-loudspeaker', clipId: clip.clipId, minPlaysPerDay: 1 }],
      from: '2026-11-25',
      until: '2026-11-25',
    });
    expect(await codeOf(plan)).toBe('409 outside-approval');
  });

  it('as an emergency: not outside of its days, nor as more than it was approved for', async () => {
    const emergency = { emergency: { reason: 'Lũ về' } };
    const flood = await narrow({ until: '2026-11-25' }, { bulletinClass: 'emergency' });
    expect(await codeOf(place(approver, flood, at('03:00', '2026-11-26'), emergency))).toBe('409 outside-approval');
    expect(await codeOf(place(approver, flood, at('03:00'), emergency))).toBe('201');
    const calm = await narrow({ bulletinClass: 'normal' }, { bulletinClass: 'emergency' });
    expect(await codeOf(place(approver, calm, at('03:10'), emergency))).toBe('409 outside-approval');
  });

  it('asked of a ward: the ward is not asked about what may not go out there', async () => {
    const own = await approvedClip(house, { seconds: 60, bulletinClass: 'priority', unit: 'phuong-bac-ha' });
    await placed(editor, own, at('17:20', '2026-11-26'));
    const centre = await narrow({ until: '2026-11-25' }, { bulletinClass: 'priority' });
    const ask = place(editor, centre, at('17:20', '2026-11-26'), { onClash: 'override' });
    expect(await codeOf(ask)).toBe('409 outside-approval');
  });

  it('planned again, and planned on when the campaign is made longer', async () => {
    const clip = await narrow({ channelCodes: [BAC_HA, NAM_HA], until: '2026-11-26' });
    const ids = (await em().findBy(Channel, [{ code: BAC_HA }, { code: NAM_HA }])).map(({ id }) => id);
    const plan = (channelIds: string[], until: string) =>
      editor.post(`/api/campaigns/${clip.campaignId}/plan`, {
        demands: [{ channelIds, clipId: clip.clipId, minPlaysPerDay: 1 }],
        from: '2026-11-25',
        until,
      });
    expect(await codeOf(plan(ids, '2026-11-26'))).toBe('200');
    expect((await slotsOf(clip)).length).toBe(4);
    expect(await codeOf(editor.post(`/api/campaigns/${clip.campaignId}/extend`, { until: '2027-01-31' }))).toMatch(
      /^20/,
    );
    await house.drain();
    const after = await slotsOf(clip);
    expect([after.length, after.every(({ date }) => date <= '2026-11-26')]).toEqual([4, true]);
    // A slot planned to the end of its campaign ends with its approval too.
    const whole = await narrow({});
    const toTheEnd = await editor.post(`/api/campaigns/${whole.campaignId}/plan`, {
      demands: [{ channelIds: ids, clipId: whole.clipId, minPlaysPerDay: 1 }],
      from: '2026-12-22',
      until: '2026-12-24',
    });
    expect(toTheEnd.status).toBe(200);
    await editor.post(`/api/campaigns/${whole.campaignId}/extend`, { until: '2026-12-31' });
    await house.drain();
    const last = (await slotsOf(whole)).at(-1);
    expect(last?.date).toBe('2026-12-24');
  });

  it('made good: in a window of its days, or not at all', async () => {
    const miss = async (id: string) => {
      await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, id, 'missed', 'Trạm mất điện'));
      await house.drain();
    };
    type Proposal = { id: string; state: string; slot: { slotId: string }; place: { date: string } | null };
    const proposal = async (id: string) =>
      json<{ makeGoods: Proposal[] }>(await editor.get('/api/make-goods')).makeGoods.find(
        ({ slot }) => slot.slotId === id,
      );
    const clip = await narrow({ channelCodes: [BAC_HA], from: '2026-11-25', until: '2026-11-25' });
    const slot = await placed(editor, clip, at('17:40'));
    await goTo(at('18:30'));
    await miss(slot.id);
    const none = await proposal(slot.id);
    expect(none).toMatchObject({ state: 'no-room', place: null });
    expect(await codeOf(editor.post(`/api/make-goods/${none?.id}/accept`))).toBe('409 no-room');
    // An older proposal, for a day that has meanwhile been left out: the approval is checked when it is accepted.
    await goTo(at('08:00', '2026-11-24'));
    const early = await narrow({ channelCodes: [BAC_HA], from: '2026-11-26' });
    const tomorrow = await placed(editor, early, at('05:55', '2026-11-26'));
    await miss(tomorrow.id);
    const before = await proposal(tomorrow.id);
    expect(before?.place?.date).toBe('2026-11-24');
    expect(await codeOf(editor.post(`/api/make-goods/${before?.id}/accept`))).toBe('409 outside-approval');
    expect(await em().countBy(Slot, { makeGoodFor: tomorrow.id })).toBe(0);
  });

  it('as the opening of every session: approved only, on its days only, and gone with its approval', async () => {
    const bookends = (body: object) =>
      editor.send('PUT', '/api/session-frames', { unitCode: 'phuong-tan-giang', ...body });
    const channelCode = 'truyen-thanh-phuong-tan-giang';
    const unseen = await approvedClip(house, { state: 'submitted' });
    expect(await codeOf(bookends({ openingClipId: unseen.clipId }))).toBe('409 not-approved');
    const opening = await narrow({ until: '2026-11-25' }, { seconds: 20 });
    const closing = await narrow({}, { seconds: 10 });
    expect((await bookends({ openingClipId: opening.clipId, closingClipId: closing.clipId })).status).toBe(204);
    const item = await approvedClip(house, { seconds: 60 });
    for (const date of ['2026-11-25', '2026-11-26']) await placed(editor, item, at('05:40', date), { channelCode });
    await house.drain();
    const heard = async (date: string) => {
      const day = await editor.get(`/api/channels/${channelCode}/playlists/${date}.json`);
      return json<{ items: { role: string }[] }>(day).items.map(({ role }) => role);
    };
    expect(await heard('2026-11-25')).toEqual(['opening', 'item', 'closing']);
    expect(await heard('2026-11-26')).toEqual(['item', 'closing']);
    await house.app
      .get(Database)
      .write((tx) => house.app.get(Approvals).void(tx, robot, closing.versionId, 'Sai tên.'));
    expect(await heard('2026-11-25')).toEqual(['opening', 'item']);
    expect(await heard('2026-11-26')).toEqual(['item']);
  });

  describe('on a page', () => {
    const post = (clip: ApprovedClip, dueAt: number, more: object = {}) => {
      const { campaignId, versionId } = clip;
      return editor.post('/api/posts', {
        campaignId,
        versionId,
        channelCode: FANPAGE,
        dueAt,
        adapter: 'manual',
        ...more,
      });
    };
    const text = (scope: object) => narrow(scope, { channelKind: 'fanpage', seconds: 1 });

    it('a post is scheduled on its days and its page', async () => {
      const clip = await text({ from: '2026-11-25', until: '2026-11-26' });
      expect(await codeOf(post(clip, at('20:00', '2026-11-24')))).toBe('409 outside-approval');
      expect(await codeOf(post(clip, at('00:00', '2026-11-27')))).toBe('409 outside-approval');
      const { id: unitId } = await em().findOneByOrFail(Unit, { code: 'phuong-bac-ha' });
      const page = await em().findOneByOrFail(Channel, { code: FANPAGE });
      const second = { ...page, id: newId(house.clock.now()), code: 'fanpage-bac-ha', unitId };
      await house.app.get(Database).write((tx) => tx.insert(Channel, second as object));
      const only = await text({ channelCodes: [FANPAGE] });
      expect(await codeOf(post(only, at('20:00'), { channelCode: 'fanpage-bac-ha' }))).toBe('409 outside-approval');
      const ward = await approvedClip(house, { channelKind: 'fanpage', seconds: 1, unit: 'phuong-bac-ha' });
      expect(await codeOf(post(ward, at('20:00')))).toBe('422 other-unit');
      expect(await codeOf(post(ward, at('20:00', '2027-03-01'), { channelCode: 'fanpage-bac-ha' }))).toBe(
        '422 outside-campaign',
      );
      expect(await codeOf(post(ward, at('20:00'), { channelCode: 'fanpage-bac-ha' }))).toBe('201');
      expect(await codeOf(post(clip, at('23:59', '2026-11-26')))).toBe('201');
    });

    it('what comes due inside and would go out outside does not go out, nor again by hand', async () => {
      const clip = await text({ until: '2026-11-25' });
      const { id } = json<{ id: string }>(await post(clip, at('23:50')));
      // The server was down over midnight.
      house.clock.set(at('00:10', '2026-11-26'));
      await house.drain();
      const row = await em().findOneByOrFail(Post, { id });
      expect([row.state, row.reason]).toEqual(['cancelled', expect.stringContaining('Nằm ngoài phạm vi đã duyệt')]);
      await goTo(at('08:00', '2026-11-24'));
      const refused = await text({ until: '2026-11-25' });
      const again = json<{ id: string }>(await post(refused, at('08:30', '2026-11-24')));
      await house.app.get(Database).write((tx) => tx.update(Post, { id: again.id }, { state: 'refused' }));
      house.clock.set(at('08:00', '2026-11-26'));
      const admin = await house.person('page-admin');
      const retry = () => admin.post(`/api/posts/${again.id}/retry`, { reason: 'Đăng lại' });
      expect(await codeOf(retry())).toBe('409 outside-approval');
    });

    it('a text is in the feed of its website, on its days', async () => {
      const sound = await approvedClip(house, { seconds: 5 });
      const website = { channelKind: 'website' as const, seconds: 1, of: sound };
      await narrow({ from: '2026-11-26' }, { ...website, title: 'Từ ngày 26' });
      await narrow({ channelCodes: ['trang-tin-phuong-bac-ha'] }, { ...website, title: 'Chỉ Bắc Hà' });
      for (const channelCode of [BAC_HA, NAM_HA]) {
        const { id } = await placed(editor, sound, at('17:50', '2026-11-24'), { channelCode });
        await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, id, 'played', null));
      }
      const titles = async (code: string) =>
        json<{ items: { title: string; date_published: string }[] }>(
          await house.stranger().get(`/feeds/${code}/feed.json`),
        ).items.map(({ title }) => title);
      const texts = async (code: string) => (await titles(code)).filter((one) => /^(Từ|Chỉ)/.test(one));
      expect([await texts('phuong-bac-ha'), await texts('phuong-nam-ha')]).toEqual([['Chỉ Bắc Hà'], []]);
      house.clock.set(at('08:00', '2026-11-26'));
      expect([await texts('phuong-bac-ha'), await texts('phuong-nam-ha')]).toEqual([
        ['Từ ngày 26', 'Chỉ Bắc Hà'],
        ['Từ ngày 26'],
      ]);
    });
  });
});
