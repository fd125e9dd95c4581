import { Approval } from '../../src/approvals/approval.entity.js';
import { Database } from '../../src/database/database.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { PlanChange } from '../../src/schedule/plans/plan-change.entity.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, codeOf, NAM_HA, place, placed, slotOf } from '../support/at-the-desk.js';
import { Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { FANPAGE, postRow } from '../support/posting.js';
import { Visitors, words } from '../support/visitors.js';

const LATER = '2026-11-27';

/** Approved content is taken back for good or stopped; either way what is planned follows in the same transaction. */
describe('the way back from an approval', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;
  beforeEach(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    clip = await approvedClip(house);
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const finish = (id: string, state: 'played' | 'missed') =>
    house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, id, state, null));
  const act = (client: Client, what: 'withdraw' | 'stop' | 'resume', body: object = {}, of = clip) =>
    client.post(`/api/approvals/${of.versionId}/${what}`, body);
  const told = async (action: string) =>
    (await read().findBy(AuditEntry, { action })).map(({ entity, actor, after }) => ({ entity, actor, after }));
  const listed = async (date: string) => (await editor.get(`/api/channels/${BAC_HA}/playlists/${date}.json`)).text;
  const feed = async () => (await editor.get('/feeds/phuong-bac-ha/feed.json')).text;
  const stateOf = async (of = clip) => (await read().findOneByOrFail(ScriptVersion, { id: of.versionId })).state;
  const approvalOf = (of = clip) => read().findOneByOrFail(Approval, { scriptVersionId: of.versionId });

  async function withoutPhone(): Promise<Client> {
    const username = 'lanh.dao.khong.dien.thoai';
    const account = {
      username,
      displayName: 'Người approver',
      password: PASSWORD,
      grants: [{ role: 'approver' as const }],
    };
    await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    return new Client(house.url).signIn(username, PASSWORD);
  }

  /** One slot that aired, one on the air, two to come, one of other content; one post. */
  async function onTheAir() {
    const aired = await placed(editor, clip, at('05:31'));
    const onAir = await placed(editor, clip, at('05:40'));
    const ahead = await placed(editor, clip, at('05:50'));
    const elsewhere = await placed(editor, clip, at('05:35', LATER), { channelCode: NAM_HA });
    const other = await placed(editor, await approvedClip(house), at('05:55'));
    const { versionId } = await approvedClip(house, { channelKind: 'fanpage', of: clip, title: 'Trên trang' });
    const order = { campaignId: clip.campaignId, versionId, channelCode: FANPAGE, dueAt: at('07:00') };
    const post = json<{ id: string }>(await editor.post('/api/posts', order)).id;
    await finish(aired.id, 'played');
    house.clock.set(at('05:40') + 5_000);
    editor = await house.person('editor');
    return { aired, onAir, ahead, elsewhere, other, post, postVersion: versionId };
  }

  it.each(['withdraw', 'stop'] as const)(
    '%s takes out slots, playlists and feeds; what has aired stays',
    async (how) => {
      const { aired, onAir, ahead, elsewhere, other, post, postVersion } = await onTheAir();
      expect(await listed('2026-11-25')).toContain(ahead.id);
      expect(await feed()).toContain(clip.sha256);
      for (const reason of ['', '  a ']) expect(await codeOf(act(editor, how, { reason }))).toBe('422 reason-needed');
      for (const role of ['page-admin', 'official', 'admin'] as const)
        expect(await codeOf(act(await house.person(role), how, { reason: 'Thôi' }))).toBe('403 forbidden');
      expect(await codeOf(editor.post(`/api/approvals/khong-co/${how}`, { reason: 'Thôi' }))).toBe('404 not-found');

      // Less than an approval: no code of the phone is needed, and an editor may.
      const leader = await withoutPhone();
      expect(await codeOf(act(leader, how, { reason: 'Sai số  điện thoại' }))).toBe('204');
      const reason = `${how === 'stop' ? 'Đã dừng phát' : 'Nội dung không còn được duyệt'}: Sai số điện thoại`;
      expect(await slotOf(house, aired.id)).toMatchObject({ state: 'played' });
      expect(await slotOf(house, onAir.id)).toMatchObject({ state: 'planned' });
      expect(await slotOf(house, ahead.id)).toMatchObject({ state: 'cancelled', reason });
      expect(await slotOf(house, elsewhere.id)).toMatchObject({ state: 'cancelled', reason });
      expect(await slotOf(house, other.id)).toMatchObject({ state: 'planned' });
      const playlist = await listed('2026-11-25');
      expect([playlist.includes(aired.id), playlist.includes(ahead.id), playlist.includes(other.id)]).toEqual([
        true,
        false,
        true,
      ]);
      expect(await feed()).not.toContain(clip.sha256);
      expect(await postRow(house, post)).toMatchObject({ state: 'scheduled' });
      const ofPost = { ...clip, versionId: postVersion };
      expect(await codeOf(act(editor, how, { reason: 'Đăng nhầm' }, ofPost))).toBe('204');
      expect((await postRow(house, post)).state).toBe('cancelled');

      expect(await stateOf()).toBe(how === 'stop' ? 'stopped' : 'voided');
      const now = house.clock.now();
      const { id: by } = json<{ id: string }>(await leader.get('/api/session'));
      expect(await approvalOf()).toMatchObject(
        how === 'stop'
          ? { voidedAt: null, stoppedAt: now, stoppedBy: by, stopReason: 'Sai số điện thoại' }
          : { voidedAt: now, voidedBy: by, voidReason: 'Sai số điện thoại', stoppedAt: null },
      );
      const facts = await told(how === 'stop' ? 'broadcast.halted' : 'approval.voided');
      expect(facts[0]).toMatchObject({ entity: 'approval', after: { reason: 'Sai số điện thoại' } });
      expect(facts[0]?.actor).toContain('approver');
      expect(await told('slots.cancelled')).toMatchObject([{ entity: 'script_version', after: { reason, slots: 2 } }]);
      const causes = await read().findBy(PlanChange, { campaignId: clip.campaignId });
      const cause = how === 'stop' ? 'broadcast-stopped' : 'approval-voided';
      expect(causes).toMatchObject([{ cause, sentence: reason, removed: 2 }]);
      // Nobody places it again, and a second stop finds nothing.
      expect(await codeOf(place(editor, clip, at('05:57')))).toBe('409 not-approved');
      expect(await codeOf(act(editor, 'stop', { reason: 'Lần nữa' }))).toBe('409 not-approved');
    },
  );

  it('what was stopped is resumed by an approver with his phone, and its plan is made again', async () => {
    const { id: channelId } = await read().findOneByOrFail(Channel, { code: BAC_HA });
    const demands = [{ channelIds: [channelId], clipId: clip.clipId, minPlaysPerDay: 2 }];
    const plan = { demands, from: '2026-11-25', until: '2026-11-28' };
    expect((await editor.post(`/api/campaigns/${clip.campaignId}/plan`, plan)).status).toBe(200);
    const planned = () => read().countBy(Slot, { campaignId: clip.campaignId, state: 'planned' });
    expect(await planned()).toBe(8);
    expect(await codeOf(act(editor, 'stop', { reason: 'Chờ xác minh' }))).toBe('204');
    expect(await planned()).toBe(0);

    // A change of the rules plans again, but nothing that is stopped.
    const admin = await house.person('admin');
    const [window] = json<{ id: string }[]>(await admin.get(`/api/channels/${BAC_HA}/windows`));
    const day = `/api/channels/${BAC_HA}/windows/${window?.id}/overrides/2026-11-26`;
    expect((await admin.send('PUT', day, { kind: 'skip', reason: 'Mất điện' })).status).toBeLessThan(300);
    await house.drain();
    expect(await planned()).toBe(0);

    expect(await codeOf(act(editor, 'resume'))).toBe('403 forbidden');
    expect(await codeOf(act(await withoutPhone(), 'resume'))).toBe('403 enrolment-needed');
    const leader = await house.person('approver');
    expect(await codeOf(act(leader, 'resume'))).toBe('204');
    expect(await stateOf()).toBe('approved');
    expect(await approvalOf()).toMatchObject({ stoppedAt: null, stoppedBy: null, stopReason: null });
    expect(await codeOf(act(leader, 'resume'))).toBe('409 not-stopped');
    await house.drain();
    expect(await planned()).toBe(8);
    const [slot] = await read().findBy(Slot, { campaignId: clip.campaignId, state: 'planned' });
    expect(await listed(slot?.date ?? '')).toContain(slot?.id);
  });

  it('what was stopped can still be withdrawn, and is when its text changes', async () => {
    const second = await approvedClip(house, { of: clip, title: 'Bài hai' });
    for (const one of [clip, second])
      expect(await codeOf(act(editor, 'stop', { reason: 'Chờ xem lại' }, one))).toBe('204');
    expect(await codeOf(act(editor, 'withdraw', { reason: 'Bỏ hẳn' }))).toBe('204');
    expect(await stateOf()).toBe('voided');
    const changed = { latestSeen: 1, title: 'Bài hai', text: 'Bà con chú ý chữ mới.' };
    expect((await editor.post(`/api/scripts/${second.scriptId}/versions`, changed)).status).toBe(201);
    expect(await stateOf(second)).toBe('superseded');
    expect(await approvalOf(second)).toMatchObject({ voidReason: 'Bài đã có phiên bản mới.', voidedBy: null });
    expect(await codeOf(act(await house.person('approver'), 'resume', {}, second))).toBe('409 not-stopped');
  });
});

/** Without scripts: two touches on a phone, a reason to choose, and what will be taken out said before. */
describe('the way back on the pages', () => {
  let house: House;
  let visitors: Visitors;
  let clip: ApprovedClip;
  let desk: Client;
  beforeEach(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    visitors = new Visitors(house);
    clip = await approvedClip(house, { title: 'Phun thuốc' });
    desk = await house.person('editor');
    await placed(desk, clip, at('05:31'));
    await placed(desk, clip, at('05:35', LATER), { channelCode: NAM_HA });
  });
  afterEach(() => house.close());

  it('an approver stops from his list, sees the counts first, and resumes with his phone', async () => {
    const leader = await visitors.enter('approver', undefined, 'Trần Văn Duyệt');
    expect(words(leader.page.text)).toContain('Còn 2 lượt phát, lượt tới Thứ Tư 25/11, 05:31');
    const path = `/bai/${clip.scriptId}/dung-phat`;
    expect(leader.page.text).toContain(path);
    const sheet = words((await leader.visit(path)).text);
    expect(sheet).toContain('2 lượt phát trên 2 kênh, lượt sớm nhất Thứ Tư 25/11, 05:31');
    const refused = await leader.submit(path);
    expect([refused.status, words(refused.text).includes('Xin chọn hoặc ghi lý do.')]).toEqual([422, true]);
    await leader.submit(path, { why: 'Nội dung có sai sót' });
    expect(leader.path).toBe(`/bai/${clip.scriptId}?xong=da-dung-phat`);
    expect(words(leader.page.text)).toContain('Trần Văn Duyệt dừng phát lúc Thứ Ba 24/11, 08:00: Nội dung có sai sót');
    expect(words(leader.page.text)).toContain('Đã dừng phát');
    expect(words((await leader.visit('/duyet')).text)).toContain('Đã dừng phát');
    expect(words((await leader.visit(path)).text)).toContain('không có gì để rút');
    await leader.visit(`/bai/${clip.scriptId}/phat-lai`);
    await leader.submit(`/bai/${clip.scriptId}/phat-lai`);
    expect(leader.path).toBe(`/bai/${clip.scriptId}?xong=phat-lai`);
    expect(visitors.faults()).toEqual([]);
  });

  it('an editor withdraws with a reason of his own, and nobody else', async () => {
    const editor = await visitors.enter('editor', undefined, 'Nguyễn Thị Biên');
    const path = `/bai/${clip.scriptId}/thu-hoi-duyet`;
    expect((await editor.visit(`/bai/${clip.scriptId}`)).text).toContain(path);
    await editor.visit(path);
    await editor.submit(path, { why: 'Không còn cần phổ biến', reason: 'Sai số điện thoại' });
    const said = words(editor.page.text);
    expect(said).toContain('Đã thu hồi duyệt: các lượt chưa phát, bài chưa đăng đã được rút.');
    expect(said).toContain('Nguyễn Thị Biên thu hồi duyệt lúc Thứ Ba 24/11, 08:00: Sai số điện thoại');
    expect(editor.page.text).not.toContain(path);
    const official = await visitors.enter('official');
    expect((await official.visit(`/bai/${clip.scriptId}`)).text).not.toContain('dung-phat');
    expect((await official.visit(path)).status).toBeGreaterThanOrEqual(403);
    expect(visitors.faults()).toEqual([]);
  });

  it('after a decision the next item is shown, and the menu counts what waits', async () => {
    const waiting: ApprovedClip[] = [];
    for (const title of ['Một', 'Hai', 'Ba']) {
      waiting.push(await approvedClip(house, { of: clip, state: 'submitted', title, channelKind: 'fanpage' }));
      house.clock.advance(1000);
    }
    const [one, two, three] = waiting.map(({ versionId }) => `/duyet/${versionId}`);
    const leader = await visitors.enter('approver');
    const count = () => /class="count">(\d+)</.exec(leader.page.text)?.[1];
    expect(count()).toBe('3');
    await leader.visit(`${two}/duyet-phat`);
    await leader.submit(`${two}/duyet-phat`);
    expect([leader.path, count()]).toEqual([`${three}?xong=da-duyet-tiep`, '2']);
    await leader.visit(`${three}/tra-lai`);
    await leader.submit(`${three}/tra-lai`, { comment: 'Ghi rõ giờ' });
    expect([leader.path, count()]).toEqual([`${one}?xong=da-tra-tiep`, '1']);
    await leader.visit(`${one}/duyet-phat`);
    await leader.submit(`${one}/duyet-phat`);
    expect([leader.path, count()]).toEqual(['/duyet?xong=da-duyet', undefined]);
    const official = await visitors.enter('official');
    expect(official.page.text).not.toContain('class="count"');
    expect(visitors.faults()).toEqual([]);
  });
});
