import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { MakeGood } from '../../src/schedule/changes/make-good.entity.js';
import { PlanChange } from '../../src/schedule/plans/plan-change.entity.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, codeOf, NAM_HA, placed, slotOf } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { FANPAGE, postRow } from '../support/posting.js';
import { campaignOf, LETTER, Visitors, words } from '../support/visitors.js';

const MINUTE = 60_000;
const LATER = '2026-11-27';

describe('a campaign that ends before its last day', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;
  beforeEach(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    clip = await approvedClip(house);
  });
  afterEach(() => house.close());

  const finish = (id: string, state: 'played' | 'missed', reason: string | null = null) =>
    house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, id, state, reason));
  const read = () => house.app.get(Database).read();
  const close = (client: Client, how: 'end' | 'cancel', reason?: string) =>
    client.post(`/api/campaigns/${clip.campaignId}/${how}`, reason === undefined ? {} : { reason });
  const told = async (action: string) =>
    (await read().findBy(AuditEntry, { action })).map(({ entity, actor, after }) => ({ entity, actor, after }));
  const listed = async (date: string) => (await editor.get(`/api/channels/${BAC_HA}/playlists/${date}.json`)).text;
  const post = async () => {
    const { versionId } = await approvedClip(house, { channelKind: 'fanpage', of: clip, title: 'Trên trang' });
    const order = { campaignId: clip.campaignId, versionId, channelCode: FANPAGE, dueAt: house.clock.now() + MINUTE };
    return json<{ id: string }>(await editor.post('/api/posts', order)).id;
  };

  it('is cancelled with a reason: what is planned is taken out everywhere, what has aired stays', async () => {
    const aired = await placed(editor, clip, at('05:31'));
    const onAir = await placed(editor, clip, at('05:40'));
    const ahead = await placed(editor, clip, at('05:50'));
    const elsewhere = await placed(editor, clip, at('05:35', LATER), { channelCode: NAM_HA });
    const other = await placed(editor, await approvedClip(house), at('05:55'));
    const post1 = await post();
    await finish(aired.id, 'played');
    house.clock.set(at('05:40') + 5_000);
    editor = await house.person('editor');
    expect(await listed('2026-11-25')).toContain(clip.sha256);

    expect(await codeOf(close(editor, 'cancel', '  '))).toBe('422 reason-needed');
    expect(await codeOf(close(editor, 'cancel'))).toBe('422 reason-needed');
    for (const role of ['page-admin', 'official', 'admin'] as const)
      expect(await codeOf(close(await house.person(role), 'cancel', 'Thôi'))).toBe('403 forbidden');
    expect(await codeOf(editor.post('/api/campaigns/khong-co/cancel', { reason: 'Thôi' }))).toBe('404 not-found');
    expect(await slotOf(house, ahead.id)).toMatchObject({ state: 'planned' });

    const approver = await house.person('approver');
    expect(await codeOf(close(approver, 'cancel', 'Dịch đã hết,  không cần nữa'))).toBe('204');
    const { name } = json<{ name: string }>(await editor.get(`/api/campaigns/${clip.campaignId}`));
    const reason = `Đợt tuyên truyền “${name}” đã hủy: Dịch đã hết, không cần nữa`;
    expect(await slotOf(house, aired.id)).toMatchObject({ state: 'played' });
    expect(await slotOf(house, onAir.id)).toMatchObject({ state: 'planned' });
    expect(await slotOf(house, ahead.id)).toMatchObject({ state: 'cancelled', reason });
    expect(await slotOf(house, elsewhere.id)).toMatchObject({ state: 'cancelled', reason });
    expect(await slotOf(house, other.id)).toMatchObject({ state: 'planned' });
    expect(await postRow(house, post1)).toMatchObject({ state: 'cancelled', reason });
    const playlist = await listed('2026-11-25');
    expect([playlist.includes(onAir.id), playlist.includes(ahead.id)]).toEqual([true, false]);
    expect(await listed(LATER)).not.toContain(elsewhere.id);

    const closed = { state: 'cancelled', closedAt: house.clock.now(), closeReason: 'Dịch đã hết, không cần nữa' };
    expect(json(await editor.get(`/api/campaigns/${clip.campaignId}`))).toMatchObject(closed);
    const [fact] = await told('campaign.cancelled');
    expect(fact).toMatchObject({ entity: 'campaign', after: { state: 'cancelled', reason: closed.closeReason } });
    expect(await told('slots.cancelled')).toMatchObject([{ entity: 'campaign', after: { reason, slots: 2 } }]);
    expect(await told('post.cancelled')).toHaveLength(1);
    const causes = await read().findBy(PlanChange, { campaignId: clip.campaignId });
    expect(causes).toMatchObject([{ cause: 'campaign-closed', sentence: reason, removed: 2 }]);
    for (const how of ['end', 'cancel'] as const)
      expect(await codeOf(close(editor, how, 'Lần nữa'))).toBe('409 campaign-closed');
  });

  it('is ended without a reason, and nothing plans for it any more', async () => {
    const { id: channelId } = await read().findOneByOrFail(Channel, { code: BAC_HA });
    const demands = [{ channelIds: [channelId], clipId: clip.clipId, minPlaysPerDay: 2 }];
    const plan = { demands, from: '2026-11-25', until: '2026-11-28' };
    const path = `/api/campaigns/${clip.campaignId}`;
    expect((await editor.post(`${path}/plan`, plan)).status).toBe(200);
    expect(await read().countBy(Slot, { campaignId: clip.campaignId, state: 'planned' })).toBe(8);
    expect(await codeOf(close(editor, 'end'))).toBe('204');
    const planned = () => read().countBy(Slot, { campaignId: clip.campaignId, state: 'planned' });
    expect(await planned()).toBe(0);

    const admin = await house.person('admin');
    const windows = json<{ id: string }[]>(await admin.get(`/api/channels/${BAC_HA}/windows`));
    const override = { kind: 'skip', reason: 'Mất điện' };
    const day = `/api/channels/${BAC_HA}/windows/${windows[0]?.id}/overrides/2026-11-26`;
    expect((await admin.send('PUT', day, override)).status).toBeLessThan(300);
    await house.drain();
    expect(await planned()).toBe(0);

    expect(await codeOf(editor.post(`${path}/plan`, plan))).toBe('409 campaign-closed');
    expect(await codeOf(editor.post(`${path}/extend`, { until: '2026-12-31' }))).toBe('409 campaign-closed');
    expect(await codeOf(editor.send('PUT', `${path}/make-good`, { automatic: true }))).toBe('409 campaign-closed');
    const { clipId, campaignId } = clip;
    const slot = { channelCode: BAC_HA, clipId, campaignId, startsAt: at('05:45') };
    expect(await codeOf(editor.post('/api/slots', slot))).toBe('409 campaign-closed');
  });

  it('makes nothing good any more, neither what was proposed nor what is missed later', async () => {
    const missed = await placed(editor, clip, at('05:31'));
    const made = await placed(editor, clip, at('05:35'));
    const last = await placed(editor, clip, at('17:00', '2026-11-24'));
    for (const { id } of [missed, made]) await finish(id, 'missed', 'Mất điện');
    await house.drain();
    const rows = await read().findBy(MakeGood, {});
    const [second] = rows.filter(({ slotId }) => slotId === made.id);
    const accepted = await editor.post(`/api/make-goods/${second?.id}/accept`);
    const makeGood = json<{ id: string }>(accepted).id;
    house.clock.set(at('17:00', '2026-11-24') + 1000);
    editor = await house.person('editor');
    expect(await codeOf(close(editor, 'end'))).toBe('204');
    expect((await slotOf(house, makeGood)).state).toBe('cancelled');
    await finish(last.id, 'missed', 'Mất điện');
    await house.drain();
    const after = await read().findBy(MakeGood, {});
    expect(after.map(({ slotId, state }) => [slotId, state]).sort()).toEqual(
      [missed.id, made.id].map((id) => [id, 'dismissed']).sort(),
    );
  });
});

it('a campaign is ended and cancelled on the page of its letter, and lists say so', async () => {
  const house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
  try {
    const visitors = new Visitors(house);
    const editor = await visitors.enter('editor');
    const { directive, campaign } = await campaignOf(editor);
    const letter = `/cong-van/${directive}`;
    expect(words((await editor.visit(letter)).text)).toContain('đang thực hiện');
    const approver = await visitors.enter('approver');
    const refused = await approver.visit(letter).then(() => approver.submit(`${letter}/dot/${campaign}/huy`, {}));
    expect(refused.status).toBe(422);
    expect(words(refused.text)).toContain('Xin ghi lý do hủy đợt tuyên truyền.');
    const done = await approver.submit(`${letter}/dot/${campaign}/huy`, { reason: 'Trùng đợt khác' });
    expect(words(done.text)).toContain('Đã hủy đợt tuyên truyền');
    expect(words(done.text)).toMatch(/đã hủy .*Trùng đợt khác/);
    expect(done.text).not.toContain(`${campaign}/huy`);
    const list = words((await editor.visit(`/bai?dot=${campaign}`)).text);
    expect(list).toMatch(/Đợt này đã hủy .*: Trùng đợt khác/);
    expect(list).not.toContain('Soạn bài mới');
    expect(words((await editor.visit('/bai')).text)).toContain('(đã hủy)');

    await editor.visit(letter);
    const form = { name: 'Đợt hai', from: '2026-11-25', until: '2026-11-28' };
    await editor.submit(`${letter}/dot`, form);
    const second = /dot=([0-9a-f-]{36})/.exec(editor.path)?.[1] ?? '';
    const client = await house.person('editor');
    const text = LETTER.replace('2024/UBND', '2025/UBND');
    const other = json<{ id: string }>(await client.post('/api/directives', { text })).id;
    const sent = new URLSearchParams({ reason: 'Nhầm công văn' });
    const wrong = await client.post(`/cong-van/${other}/dot/${second}/huy`, sent, { accept: 'text/html' });
    expect(wrong.status).toBe(404);
    await editor.visit(letter);
    const ended = await editor.submit(`${letter}/dot/${second}/ket-thuc`, {});
    expect(words(ended.text)).toContain('Đã kết thúc đợt tuyên truyền');
    expect(visitors.faults()).toEqual([]);
  } finally {
    await house.close();
  }
});
