import { Approvals } from '../../src/approvals/approvals.service.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Database } from '../../src/database/database.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { Shortfall } from '../../src/schedule/slots/shortfall.js';
import type { PlanChange } from '../../src/schedule/plans/plan-change.entity.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import { newId, sha256 } from '../../src/shared/ids.js';
import { someone, type ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, clipOf, codeOf, placed, slotOf } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { withPhone } from '../support/phone.js';
import { type House, openHouse } from '../support/house.js';

type ChangeRow = Omit<PlanChange, 'difference'>;

describe('the schedule stays true', () => {
  let house: House;
  let editor: Client;
  let admin: Client;
  let channelId: string;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    admin = await house.person('admin');
    const rows: { id: string }[] = await house.app
      .get(Database)
      .read()
      .query(`SELECT id FROM channel WHERE code = '${BAC_HA}'`);
    channelId = rows[0]!.id;
  });
  afterAll(() => house.close());

  const plan = async (clip: ApprovedClip, from: string, until: string, minPlaysPerDay = 2) => {
    const demand = { channelIds: [channelId], clipId: clip.clipId, obligationId: clip.obligationId, minPlaysPerDay };
    const answer = await editor.post(`/api/campaigns/${clip.campaignId}/plan`, { demands: [demand], from, until });
    expect(answer.status).toBe(200);
  };
  const planned = (clip: ApprovedClip) =>
    house.app
      .get(Database)
      .read()
      .find(Slot, { where: { campaignId: clip.campaignId, state: 'planned' }, order: { startsAt: 'ASC' } });
  const changes = async (campaignId?: string) => {
    const { changes: rows } = json<{ changes: ChangeRow[] }>(await editor.get('/api/plan-changes?unseen=true'));
    return rows.filter((row) => campaignId === undefined || row.campaignId === campaignId);
  };
  const one = async (id: string) => json<PlanChange>(await editor.get(`/api/plan-changes/${id}`));
  const shortfalls = async (clip: ApprovedClip, from: string, until: string) =>
    json<{ total: number; shortfalls: Shortfall[] }>(
      await editor.get(`/api/schedule/shortfalls?from=${from}&until=${until}&campaignId=${clip.campaignId}`),
    );

  /** A second version of the same script, with a clip of another length, approved by another person. */
  async function renderedAnew(clip: ApprovedClip, durationMs: number): Promise<string> {
    const author = await someone(house, 'editor');
    const approvals = house.app.get(Approvals);
    const database = house.app.get(Database);
    const now = house.clock.now();
    const [versionId, clipId] = [newId(now), newId(now)];
    await database.write(async (tx) => {
      await approvals.void(tx, systemActor('thử nghiệm'), clip.versionId, 'Bài đã có phiên bản mới.');
      const old = await tx.findOneByOrFail(ScriptVersion, { id: clip.versionId });
      await tx.insert(ScriptVersion, {
        ...old,
        id: versionId,
        n: 2,
        state: 'submitted',
        authorId: author.accountId,
      } as object);
      const sound = await tx.findOneByOrFail(Clip, { id: clip.clipId });
      const hash = sha256(clipId);
      await tx.insert(Clip, { ...sound, id: clipId, scriptVersionId: versionId, sha256: hash, durationMs } as object);
    });
    return versionId;
  }

  async function approve(versionId: string): Promise<void> {
    const approvals = house.app.get(Approvals);
    const { hash } = await approvals.content(house.app.get(Database).read(), versionId);
    const leader = await withPhone(house, await someone(house, 'approver'));
    await approvals.approve(leader, versionId, hash, { unheard: true });
  }

  it('a clip rendered anew: what is no longer approved goes at once, what is approved comes with its new length', async () => {
    const clip = await clipOf(house, { title: 'Bài dựng lại', seconds: 60 });
    await plan(clip, '2026-11-25', '2026-11-26');
    expect(await planned(clip)).toHaveLength(4);
    const versionId = await renderedAnew(clip, 90_000);
    expect(await planned(clip)).toHaveLength(0);
    const [voided] = await changes(clip.campaignId);
    expect(voided).toMatchObject({ cause: 'approval-voided', removed: 4, added: 0, shortfalls: 2 });
    expect((await shortfalls(clip, '2026-11-25', '2026-11-26')).shortfalls[0]).toMatchObject({
      code: 'not-approved',
      wanted: 2,
      placed: 0,
      channelCode: BAC_HA,
      message: 'Ngày 25/11/2026 cần 2 lượt, đang có 0: bản thu chưa được duyệt cho ngày này.',
    });

    await approve(versionId);
    await house.drain();
    const fresh = await planned(clip);
    expect(fresh.map((slot) => slot.endsAt - slot.startsAt)).toEqual([90_000, 90_000, 90_000, 90_000]);
    const [taken] = await changes(clip.campaignId);
    expect(taken).toMatchObject({ cause: 'clip-changed', added: 4, shortfalls: 0 });
    expect(taken?.sentence).toBe('Bài “Bài dựng lại” có bản thu mới được duyệt.');
    expect((await shortfalls(clip, '2026-11-25', '2026-11-26')).total).toBe(0);
    expect(await codeOf(editor.post(`/api/plan-changes/${taken!.id}/seen`))).toBe('204');
    expect((await changes(clip.campaignId)).map(({ id }) => id)).toEqual([voided!.id]);
  });

  it('a window moved: plays move with it, what a person placed finds its place in it, and the change is a difference', async () => {
    const clip = await clipOf(house, { title: 'Bài theo buổi', seconds: 60 });
    await plan(clip, '2026-11-27', '2026-11-27');
    const byHand = await placed(editor, clip, at('05:35', '2026-11-27'));
    const windows = json<{ id: string; name: string; start: string; minutes: number; weekdays: number[] }[]>(
      await admin.get(`/api/channels/${BAC_HA}/windows`),
    );
    const morning = windows.find(({ start }) => start === '05:30')!;
    const { name, weekdays, minutes } = morning;
    const change = (start: string) =>
      admin.send('PUT', `/api/channels/${BAC_HA}/windows/${morning.id}`, { name, weekdays, start, minutes });
    expect((await change('06:30')).status).toBe(200);
    await house.drain();
    const slots = await planned(clip);
    expect(slots.every((slot) => slot.startsAt >= at('06:30', '2026-11-27'))).toBe(true);
    expect(slots).toHaveLength(3);
    expect(await slotOf(house, byHand.id)).toMatchObject({ state: 'planned', startsAt: at('06:30', '2026-11-27') });
    const [told] = await changes();
    expect(told).toMatchObject({ cause: 'channel-rules', removed: 0, added: 0 });
    const { difference } = await one(told!.id);
    const mine = difference.moved.filter(({ title }) => title === 'Bài theo buổi');
    expect(mine.map(({ before }) => before.startsAt).sort()).toEqual(
      [at('05:30', '2026-11-27'), byHand.startsAt].sort(),
    );
    expect(mine.every(({ after }) => after.startsAt >= at('06:30', '2026-11-27'))).toBe(true);
    expect((await change('05:30')).status).toBe(200);
    await house.drain();
  });

  it('a date skipped: its plays go, the minimum that is then missed is told before the day with what would free it', async () => {
    const clip = await clipOf(house, { title: 'Bài ngày nghỉ', seconds: 60 });
    await plan(clip, '2026-11-28', '2026-11-28');
    const byHand = await placed(editor, clip, at('17:50', '2026-11-28'));
    const windows = json<{ id: string }[]>(await admin.get(`/api/channels/${BAC_HA}/windows`));
    for (const { id } of windows) {
      const skip = { kind: 'skip', reason: 'Quốc tang' };
      const answer = await admin.send('PUT', `/api/channels/${BAC_HA}/windows/${id}/overrides/2026-11-28`, skip);
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    }
    await house.drain();
    expect(await planned(clip)).toHaveLength(0);
    const gone = await slotOf(house, byHand.id);
    expect(gone).toMatchObject({ state: 'cancelled' });
    expect(gone.reason).toContain('Quy định của kênh đã đổi');
    const { shortfalls: lacking } = await shortfalls(clip, '2026-11-28', '2026-11-28');
    expect(lacking).toMatchObject([{ code: 'window-skipped', wanted: 2, placed: 0 }]);
    expect(lacking[0]?.wouldFree.length).toBeGreaterThan(0);
  });

  it('a campaign extended is told as missing until it is approved so long, then goes on to its new end; asked again it stays', async () => {
    const clip = await clipOf(house, { title: 'Bài kéo dài', seconds: 60 });
    await plan(clip, '2026-12-23', '2026-12-24');
    expect(await codeOf(editor.post(`/api/campaigns/${clip.campaignId}/extend`, { until: '2026-12-26' }))).toBe('204');
    await house.drain();
    // Approved up to the former end: the days after it have no approval yet.
    const [asked] = await changes(clip.campaignId);
    expect(asked).toMatchObject({ cause: 'campaign-extended', added: 0, shortfalls: 2 });
    expect((await shortfalls(clip, '2026-12-23', '2026-12-26')).shortfalls).toMatchObject([
      { code: 'not-approved', date: '2026-12-25', placed: 0 },
      { code: 'not-approved', date: '2026-12-26', placed: 0 },
    ]);
    await approve(await renderedAnew(clip, clip.durationMs));
    await house.drain();
    expect((await planned(clip)).map(({ date }) => date)).toEqual(
      ['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26'].flatMap((date) => [date, date]),
    );
    const [told] = await changes(clip.campaignId);
    expect(told).toMatchObject({ cause: 'clip-changed', added: 8, shortfalls: 0 });
    const again = await editor.post('/api/schedule/replan', { campaignId: clip.campaignId });
    expect(json<{ changeId: string | null }>(again).changeId).toBeNull();
    const rehearsed = await editor.post('/api/schedule/replan', { campaignId: clip.campaignId, dryRun: true });
    expect(rehearsed.status).toBe(200);
  });

  it('a play taken out is planned again when somebody asks, and told as missing until then', async () => {
    const clip = await clipOf(house, { title: 'Bài bị hủy', seconds: 60 });
    await plan(clip, '2026-12-01', '2026-12-01');
    const [first] = await planned(clip);
    const cancel = (more: object) => editor.post(`/api/slots/${first!.id}/cancel`, { reason: 'Mất điện', ...more });
    const preview = await cancel({ dryRun: true });
    expect(json<{ difference: { shortfalls: Shortfall[] } }>(preview).difference.shortfalls).toMatchObject([
      { code: 'not-planned', wanted: 2, placed: 1 },
    ]);
    expect((await cancel({})).status).toBe(204);
    expect((await shortfalls(clip, '2026-12-01', '2026-12-01')).shortfalls).toMatchObject([{ code: 'not-planned' }]);
    const [a, b] = await Promise.all([
      editor.post('/api/schedule/replan', { campaignId: clip.campaignId }),
      editor.post('/api/schedule/replan', { campaignId: clip.campaignId }),
    ]);
    const added = [a, b].map((answer) => json<{ difference: { addedTotal: number } }>(answer).difference.addedTotal);
    expect(added.sort()).toEqual([0, 1]);
    expect(await planned(clip)).toHaveLength(2);
    expect((await shortfalls(clip, '2026-12-01', '2026-12-01')).total).toBe(0);
  });
});
