import { Database } from '../../src/database/database.js';
import type { MakeGoodView } from '../../src/schedule/changes/make-good-views.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import type { SlotExplanation } from '../../src/schedule/placing/slot-explanations.service.js';
import type { SlotView } from '../../src/schedule/slots/slot-view.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, clipOf, codeOf, placed, slotOf } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

describe('a play that was missed', () => {
  let house: House;
  let editor: Client;
  let clip: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    clip = await clipOf(house, { title: 'Bài bị lỡ', seconds: 60 });
  });
  afterAll(() => house.close());

  const list = async (query = '') =>
    json<{ makeGoods: MakeGoodView[] }>(await editor.get(`/api/make-goods${query}`)).makeGoods;
  /** No station played it: reconciliation ends it as missed. */
  const miss = async (id: string) => {
    const database = house.app.get(Database);
    await database.write((tx) => house.app.get(Schedule).finish(tx, id, 'missed', 'Trạm mất điện'));
    await house.drain();
  };
  const made = (missed: string) => house.app.get(Database).read().findBy(Slot, { makeGoodFor: missed });
  const proposalOf = async (slotId: string) => {
    const found = (await list()).find(({ slot }) => slot.slotId === slotId);
    if (!found) throw new Error('no proposal');
    return found;
  };

  it('is proposed in the next window with room, accepted with one click, and twice is once', async () => {
    const slot = await placed(editor, clip, at('05:40'), { obligationId: clip.obligationId });
    await placed(editor, clip, at('17:00', '2026-11-24'));
    await miss(slot.id);
    const proposal = await proposalOf(slot.id);
    expect(proposal).toMatchObject({
      state: 'proposed',
      stale: false,
      slot: { state: 'missed', reason: 'Trạm mất điện', channelCode: BAC_HA, title: 'Bài bị lỡ' },
      // Today's afternoon is the next window; a minute of it is taken.
      place: { channelCode: BAC_HA, date: '2026-11-24', startsAt: at('17:01', '2026-11-24') + 2_000 },
    });
    const answers = await Promise.all([1, 2, 3].map(() => editor.post(`/api/make-goods/${proposal.id}/accept`)));
    const ids = answers.map((answer) => json<SlotView>(answer).id);
    expect(new Set(ids).size).toBe(1);
    expect(await made(slot.id)).toMatchObject([
      {
        id: ids[0],
        state: 'planned',
        held: true,
        obligationId: clip.obligationId,
        why: expect.stringContaining('Phát bù lượt 05:40 ngày 25/11/2026'),
      },
    ]);
    expect(await codeOf(editor.post(`/api/make-goods/${proposal.id}/dismiss`, { reason: 'Thôi' }))).toBe('409 decided');

    const why = json<SlotExplanation>(await editor.get(`/api/slots/${ids[0]}/explanation`));
    expect(why).toMatchObject({
      serves: { obligation: { id: clip.obligationId, minPlaysPerDay: 3 }, campaign: { id: clip.campaignId } },
      makeGoodFor: { id: slot.id, state: 'missed', reason: 'Trạm mất điện' },
      final: null,
    });
    expect(why.serves?.directive.number).toMatch(/UBND-VHTT$/);
    const lost = json<SlotExplanation>(await editor.get(`/api/slots/${slot.id}/explanation`));
    expect(lost.final).toEqual({ state: 'missed', reason: 'Trạm mất điện', until: null });
    expect(lost.makeGood).toMatchObject({ state: 'accepted', slotId: ids[0] });
    expect(lost.history.map(({ what }) => what)).toEqual(['slot.placed', 'slot.missed']);
  });

  it('a make-good that is taken out again waits for another place', async () => {
    const slot = await placed(editor, clip, at('05:50'));
    await miss(slot.id);
    const { id } = await proposalOf(slot.id);
    const first = json<SlotView>(await editor.post(`/api/make-goods/${id}/accept`));
    expect((await editor.post(`/api/slots/${first.id}/cancel`, { reason: 'Nhầm giờ' })).status).toBe(204);
    expect(await proposalOf(slot.id)).toMatchObject({ state: 'proposed', stale: true, place: null });
    const second = json<SlotView>(await editor.post(`/api/make-goods/${id}/accept`));
    expect(second.id).not.toBe(first.id);
    expect(await slotOf(house, second.id)).toMatchObject({ state: 'planned', makeGoodFor: slot.id });
  });

  it('is dismissed with a reason, and stays dismissed', async () => {
    const slot = await placed(editor, clip, at('06:00'));
    await miss(slot.id);
    const { id } = await proposalOf(slot.id);
    expect(await codeOf(editor.post(`/api/make-goods/${id}/dismiss`, { reason: ' ' }))).toBe('422 reason-needed');
    expect(await codeOf(editor.post(`/api/make-goods/${id}/dismiss`, { reason: 'Tin đã cũ' }))).toBe('204');
    expect(await codeOf(editor.post(`/api/make-goods/${id}/accept`))).toBe('409 decided');
    expect(await list('?state=dismissed')).toMatchObject([{ id, reason: 'Tin đã cũ' }]);
    expect(await made(slot.id)).toHaveLength(0);
  });

  it('is made good by itself where the campaign says so', async () => {
    const own = await clipOf(house, { title: 'Bài tự phát bù', seconds: 60 });
    expect(await codeOf(editor.send('PUT', `/api/campaigns/${own.campaignId}/make-good`, { automatic: true }))).toBe(
      '204',
    );
    const slot = await placed(editor, own, at('06:10'));
    await miss(slot.id);
    expect(await made(slot.id)).toMatchObject([{ state: 'planned', held: true }]);
    expect(await proposalOf(slot.id)).toMatchObject({ state: 'accepted', decidedBy: 'phát bù tự động' });
    await house.drain();
    expect(await made(slot.id)).toHaveLength(1);
  });

  it('is seen and accepted by the operator of the ward, and by no other operator', async () => {
    const slot = await placed(editor, clip, at('06:20'));
    await miss(slot.id);
    const { id } = await proposalOf(slot.id);
    const neighbour = await house.person('operator', 'phuong-nam-ha');
    expect(json<{ makeGoods: MakeGoodView[] }>(await neighbour.get('/api/make-goods')).makeGoods).toEqual([]);
    expect(await codeOf(neighbour.post(`/api/make-goods/${id}/accept`))).toBe('404 not-found');
    const own = await house.person('operator', 'phuong-bac-ha');
    expect(await codeOf(own.post(`/api/make-goods/${id}/accept`))).toBe('200');
  });

  it('finds no room where none is, and says what would help', async () => {
    const long = await clipOf(house, { title: 'Bài một giờ', seconds: 59 * 60 });
    const slot = await placed(editor, long, at('05:30', '2026-11-27'));
    for (let day = 24; day <= 30; day++) {
      const date = `2026-11-${day}`;
      for (const time of ['05:55', '17:25']) await placed(editor, clip, at(time, date)).catch(() => undefined);
    }
    for (const time of ['05:55', '17:25']) await placed(editor, clip, at(time, '2026-12-01'));
    await miss(slot.id);
    const proposal = await proposalOf(slot.id);
    expect(proposal).toMatchObject({ state: 'no-room', place: null });
    const answer = await editor.post(`/api/make-goods/${proposal.id}/accept`);
    expect(await codeOf(answer)).toBe('409 no-room');
    expect(json<{ message: string }>(answer).message).toContain('kéo dài buổi phát');
  });
});
