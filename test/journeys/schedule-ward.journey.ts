import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Database } from '../../src/database/database.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, clipOf, codeOf, place, placed, slotOf } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

interface Decision {
  id: string;
  state: string;
  channelCode: string;
  newcomer: string;
  meets: { id: string; own: boolean }[];
  deadline: number;
  standing: string;
  outcome: string | null;
  reason: string | null;
  slotId: string | null;
  decidedBy: string | null;
}

describe("a ward's own priority item and the centre's", () => {
  let house: House;
  let editor: Client;
  let centre: ApprovedClip;
  let ward: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    centre = await clipOf(house, { title: 'Tin của trung tâm', seconds: 60, bulletinClass: 'priority' });
    ward = await clipOf(house, {
      title: 'Tin của phường',
      seconds: 60,
      bulletinClass: 'priority',
      unit: 'phuong-bac-ha',
    });
  });
  afterAll(() => house.close());

  const ask = async (startsAt: number, more: object = {}, clip = centre) => {
    const answer = await place(editor, clip, startsAt, { onClash: 'override', ...more });
    expect(answer.status).toBe(202);
    return json<{ decision: { id: string } }>(answer).decision.id;
  };
  const list = async (client: Client, query = '') =>
    json<{ decisions: Decision[] }>(await client.get(`/api/ward-decisions${query}`)).decisions;
  const decision = async (id: string) => (await list(editor)).find((one) => one.id === id)!;
  const decide = (client: Client, id: string, outcome: string, reason?: string) =>
    client.post(`/api/ward-decisions/${id}/decide`, { outcome, reason });

  it('waits for the ward, which gives its place: the own item is replaced and made good', async () => {
    const own = await placed(editor, ward, at('05:40'));
    const id = await ask(at('05:40'));
    expect(await ask(at('05:40'))).toBe(id);
    expect(await slotOf(house, own.id)).toMatchObject({ state: 'planned' });
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect(await list(operator, '?state=open')).toMatchObject([
      { id, channelCode: BAC_HA, newcomer: 'centre', standing: 'centre', meets: [{ id: own.id, own: true }] },
    ]);
    const neighbour = await house.person('operator', 'phuong-nam-ha');
    expect(await list(neighbour)).toEqual([]);
    expect(await codeOf(decide(neighbour, id, 'centre'))).toBe('404 not-found');
    expect(await codeOf(decide(editor, id, 'centre'))).toBe('404 not-found');

    const both = await Promise.all([decide(operator, id, 'centre', 'Tin cấp thiết'), decide(operator, id, 'ward')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const made = await decision(id);
    expect(made).toMatchObject({ state: 'decided', decidedBy: expect.stringContaining('operator') });
    if (made.outcome === 'centre') {
      expect(await slotOf(house, own.id)).toMatchObject({ state: 'replaced', replacedBy: made.slotId });
      expect(await slotOf(house, made.slotId!)).toMatchObject({ state: 'planned', startsAt: at('05:40') });
    }
    const audits = await house.app.get(Database).read().findBy(AuditEntry, { entity: 'ward_decision', entityId: id });
    expect(audits.map(({ action }) => action)).toEqual(['ward-decision.asked', 'ward-decision.made']);
  });

  it('the ward keeps its item: the centre’s goes to the place after it', async () => {
    const own = await placed(editor, ward, at('06:00'));
    const id = await ask(at('06:00'));
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect(json<Decision>(await decide(operator, id, 'ward', 'Lễ tang của phường'))).toMatchObject({ outcome: 'ward' });
    const { slotId, reason } = await decision(id);
    expect(reason).toBe('Lễ tang của phường');
    expect(await slotOf(house, own.id)).toMatchObject({ state: 'planned', startsAt: at('06:00') });
    expect(await slotOf(house, slotId!)).toMatchObject({ state: 'planned', startsAt: at('06:01') });
  });

  it('nobody answers: what was said to hold at the deadline holds, once, and says so', async () => {
    const own = await placed(editor, ward, at('17:00', '2026-11-26'));
    const id = await ask(at('17:00', '2026-11-26'), { wardDefault: 'ward' });
    const { deadline } = await decision(id);
    expect(deadline).toBe(house.clock.now() + 24 * 3_600_000);
    await house.drain();
    expect(await decision(id)).toMatchObject({ state: 'open' });
    house.clock.set(deadline);
    await house.drain();
    editor = await house.person('editor');
    expect(await decision(id)).toMatchObject({
      state: 'decided',
      outcome: 'ward',
      decidedBy: 'mặc định khi hết hạn trả lời',
      reason: 'Đơn vị không trả lời trong thời hạn.',
    });
    expect(await slotOf(house, own.id)).toMatchObject({ state: 'planned' });
    await house.drain();
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect(await codeOf(decide(operator, id, 'centre'))).toBe('409 decided');
  });

  it('it is the same the other way round: the ward’s own item comes to where the centre’s stands', async () => {
    const existing = await placed(editor, centre, at('17:30', '2026-11-26'));
    const id = await ask(at('17:30', '2026-11-26'), {}, ward);
    expect(await decision(id)).toMatchObject({ newcomer: 'ward', meets: [{ id: existing.id, own: false }] });
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect((await decide(operator, id, 'ward')).status).toBe(200);
    const { slotId } = await decision(id);
    expect(await slotOf(house, existing.id)).toMatchObject({ state: 'replaced', replacedBy: slotId });
  });

  it('a question whose place was lost meanwhile is decided with what was in the way', async () => {
    const own = await placed(editor, ward, at('05:30', '2026-11-27'));
    const id = await ask(at('05:30', '2026-11-27'));
    await placed(editor, centre, at('05:31', '2026-11-27'));
    const operator = await house.person('operator', 'phuong-bac-ha');
    await house.app
      .get(Database)
      .write((tx) => tx.query(`UPDATE campaign SET state = 'ended' WHERE id = '${centre.campaignId}'`));
    expect((await decide(operator, id, 'centre')).status).toBe(200);
    const made = await decision(id);
    expect(made).toMatchObject({ state: 'decided', outcome: 'centre', slotId: null });
    expect(made.reason).toContain('đã kết thúc');
    expect(await slotOf(house, own.id)).toMatchObject({ state: 'planned' });
  });
});
