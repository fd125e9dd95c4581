import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Approval } from '../../src/approvals/approval.entity.js';
import { approvedFacts } from '../../src/approvals/approved-facts.js';
import { Approvals } from '../../src/approvals/approvals.service.js';
import { identFacts } from '../../src/audio/idents/ident-facts.js';
import { StationIdent } from '../../src/audio/idents/station-ident.entity.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Config } from '../../src/config/config.js';
import { systemActor } from '../../src/people/access/actor.js';
import { AuditLog } from '../../src/people/audit/audit-log.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { AuditSeal } from '../../src/people/audit/audit-seal.js';
import { Audit } from '../../src/people/audit/audit.js';
import { SlotAuthority } from '../../src/playlists/authority/slot-authority.service.js';
import { SealsInForce } from '../../src/playlists/authority/seals-in-force.service.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { slotViews } from '../../src/schedule/slots/slot-view.js';
import { WardDecision } from '../../src/schedule/placing/ward-decision.entity.js';
import { SystemClock } from '../../src/shared/clock.js';
import { newId } from '../../src/shared/ids.js';
import { addDays, instantOf, localDateOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { BAC_HA, place, type PlacedSlot, placed } from '../support/at-the-desk.js';
import { editorAndApprover } from '../support/phone.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { heardOn, RowWriter, verified } from '../support/row-writer.js';

// `loa audit verify` uses the machine's clock, so these days are later than it. Each `it` has a day of its own.
const TODAY = addDays(localDateOf(new SystemClock().now(), VIETNAM), 1);
const day = (n: number) => addDays(TODAY, n);
const at = (time: string, n: number) => instantOf(day(n), time, VIETNAM);
const someActor = systemActor('thử nghiệm');

describe('whoever can write rows', () => {
  let house: House;
  let writer: RowWriter;
  let editor: Client;
  let clip: ApprovedClip;
  let unapproved: ApprovedClip;
  let urgent: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse({ at: { date: TODAY, time: '08:00' } });
    house.app.useLogger(false);
    writer = new RowWriter(house);
    editor = await house.person('editor');
    clip = await approvedClip(house);
    unapproved = await approvedClip(house, { title: 'Chưa ai duyệt', state: 'submitted' });
    urgent = await approvedClip(house, { title: 'Xả lũ', bulletinClass: 'emergency' });
  });
  afterAll(() => house.close());

  const good = (n: number) => placed(editor, clip, at('05:40', n));
  const heard = (n: number) => heardOn(house, editor, day(n));
  const em = () => writer.database.read();
  const health = async () => (await house.stranger().get('/health')).text;
  const told = async (id: string) => (await em().findBy(AuditEntry, { entityId: id })).map(({ action }) => action);
  const forged = async () => (await verified(house)).forged.map(({ id }) => id);

  it('does not make an unapproved clip sound; the rest of the day does, and it is told once', async () => {
    const slot = await good(1);
    const bad = await writer.slot(at('05:50', 1), unapproved);
    expect(await health()).toContain('"playlists":{"word":"ok","status":"up"}');
    expect(await heard(1)).toEqual([slot.id]);
    expect(await heard(1)).toEqual([slot.id]);
    expect(await told(bad)).toEqual(['slot.left-out']);
    expect(await health()).toContain('"playlists":{"word":"left-out","status":"up"}');
    const answer = await verified(house);
    expect(answer).toMatchObject({ code: 1, ok: false, broken: null, forged: [{ kind: 'slot', id: bad }] });
    await writer.sql(`DELETE FROM slot WHERE id = '${bad}'`);
    await heard(1);
    expect(await health()).toContain('"playlists":{"word":"ok","status":"up"}');
    expect(await verified(house)).toMatchObject({ code: 0, ok: true, forged: [] });
  });

  it('does not make another file sound under an approved clip', async () => {
    const [first, own] = [await good(2), await approvedClip(house, { title: 'Bài khác' })];
    const other = await placed(editor, own, at('05:50', 2));
    expect(await heard(2)).toEqual([first.id, other.id]);
    await writer.sql(`UPDATE clip SET sha256 = '${unapproved.sha256}' WHERE id = '${own.clipId}'`);
    expect(await heard(2)).toEqual([first.id]);
    expect(await forged()).toEqual([other.id]);
    await writer.sql(`UPDATE clip SET sha256 = '${own.sha256}' WHERE id = '${own.clipId}'`);
    expect(await heard(2)).toEqual([first.id, other.id]);
  });

  it('orders no emergency at three in the morning; an approver does', async () => {
    const slot = await good(3);
    const bad = await writer.slot(at('03:00', 3), urgent, { authorisedBy: 'Trần Văn An' });
    expect(await heard(3)).toEqual([slot.id]);
    expect(await told(bad)).toEqual(['slot.left-out']);
    expect(await forged()).toEqual([bad]);
    await writer.sql(`DELETE FROM slot WHERE id = '${bad}'`);
    const approver = await editorAndApprover(house);
    const emergency = { emergency: { reason: 'Hồ xả lũ' } };
    const ordered = await placed(approver, urgent, at('03:15', 3), emergency);
    expect(await heard(3)).toEqual([ordered.id, slot.id]);
    const moved = await approver.post(`/api/slots/${ordered.id}/move`, { startsAt: at('03:30', 3) });
    expect(moved.status).toBe(200);
    expect(await heard(3)).toEqual([ordered.id, slot.id]);
    // Ordered, but for another time; and with another clip, which was approved as a normal one.
    const [from, until] = [at('02:00', 3), at('02:01', 3)];
    await writer.sql(`UPDATE slot SET starts_at = ${from}, ends_at = ${until} WHERE id = '${ordered.id}'`);
    expect(await heard(3)).toEqual([slot.id]);
    await writer.sql(`DELETE FROM slot WHERE id = '${ordered.id}'`);
    const normal = await writer.slot(at('03:00', 3), clip, { authorisedBy: 'Trần Văn An' });
    const { channelId: _, ...place } = await em().findOneByOrFail(Slot, { id: normal });
    const fact = { action: 'slot.placed', entity: 'slot', entityId: normal, after: { ...place, channel: BAC_HA } };
    const seq = await writer.auditRow(fact, null);
    expect(await heard(3)).toEqual([slot.id]);
    await writer.cutAudit(seq - 1);
    await writer.sql(`DELETE FROM slot WHERE id = '${normal}'`);
  });

  it('approves nothing, with a row of the approval or a row of the audit', async () => {
    const slot = await good(4);
    const { versionId } = unapproved;
    const content = await house.app.get(Approvals).content(em(), versionId);
    const [approvalId, decidedAt] = [newId(house.clock.now()), house.clock.now()];
    const { decidedBy } = await em().findOneByOrFail(Approval, { scriptVersionId: clip.versionId });
    const { contentHash, hash: seenHash, scope } = content;
    const row = { id: approvalId, scriptVersionId: versionId, contentHash, seenHash, scope, decidedBy, decidedAt };
    await writer.put(Approval, { ...row, decision: 'approved', comment: null, voidedAt: null, voidReason: null });
    await writer.sql(`UPDATE script_version SET state = 'approved' WHERE id = '${versionId}'`);
    // No person places it either, so its row is written like the rest.
    expect((await place(editor, unapproved, at('05:50', 4))).text).toContain('not-approved');
    const bad = await writer.slot(at('05:50', 4), unapproved);
    expect(await heard(4)).toEqual([slot.id]);
    expect(await forged()).toEqual([approvalId, bad]);
    const after = { ...approvedFacts(approvalId, content), scope };
    const fact = { action: 'content.approved', entity: 'script_version', entityId: versionId, after };
    const real = await em().findOneByOrFail(AuditEntry, { action: 'content.approved' });
    const seq = await writer.auditRow(fact, null);
    expect(await heard(4)).toEqual([slot.id]);
    await writer.auditRow(fact, real.seal);
    await writer.auditRow(fact, '0'.repeat(64));
    expect(await heard(4)).toEqual([slot.id]);
    const answer = await verified(house);
    expect(answer).toMatchObject({ code: 1, broken: { seq } });
    expect(answer.forged.map(({ id }) => id)).toEqual([approvalId, bad]);
    // The row of a real approval, changed to name this one: its seal covers other values.
    await writer.cutAudit(seq - 1);
    await writer.sql(
      `UPDATE audit SET entity_id = '${versionId}', "after" = '${JSON.stringify(after)}' WHERE seq = ${real.seq}`,
    );
    expect(await heard(4)).toEqual([slot.id]);
    await writer.sql(
      `UPDATE audit SET entity_id = '${real.entityId}', "after" = '${JSON.stringify(real.after)}' WHERE seq = ${real.seq}`,
      `DELETE FROM slot WHERE id = '${bad}'`,
      `UPDATE script_version SET state = 'submitted' WHERE id = '${versionId}'`,
      `DELETE FROM approval WHERE id = '${approvalId}'`,
    );
    expect(await verified(house)).toMatchObject({ code: 0, ok: true });
  });

  it('brings no approval back that was taken back', async () => {
    const [slot, own] = [await good(5), await approvedClip(house, { title: 'Rút lại' })];
    const other = await placed(editor, own, at('05:50', 5));
    await writer.database.write((tx) => house.app.get(Approvals).void(tx, someActor, own.versionId, 'Rút lại.'));
    await writer.sql(
      `UPDATE approval SET voided_at = NULL WHERE script_version_id = '${own.versionId}'`,
      `UPDATE script_version SET state = 'approved' WHERE id = '${own.versionId}'`,
      `UPDATE slot SET state = 'planned', reason = NULL WHERE id = '${other.id}'`,
    );
    expect(await heard(5)).toEqual([slot.id]);
    expect(await forged()).toContain(other.id);
    await writer.sql(`DELETE FROM slot WHERE id = '${other.id}'`);
  });

  it('carries an approval to no other channel, day or ward', async () => {
    const slot = await good(6);
    const own = await approvedClip(house, { title: 'Của Nam Hà', unit: 'phuong-nam-ha' });
    await writer.slot(at('05:50', 6), own);
    expect(await heard(6)).toEqual([slot.id]);
    const late = await writer.slot(at('05:50', 40), clip);
    expect(await heard(40)).toEqual([]);
    expect(await told(late)).toEqual(['slot.left-out']);
    await writer.sql("DELETE FROM slot WHERE why = 'Ghi thẳng vào bảng.'");
    // Its scope and its campaign extended by hand: nobody approved those days.
    const { scope } = await em().findOneByOrFail(Approval, { scriptVersionId: clip.versionId });
    const longer = JSON.stringify({ ...scope, until: day(60) });
    await writer.sql(
      `UPDATE campaign SET until_date = '${day(60)}' WHERE id = '${clip.campaignId}'`,
      `UPDATE approval SET scope = '${longer}' WHERE script_version_id = '${clip.versionId}'`,
    );
    expect((await place(editor, clip, at('05:50', 40))).text).toContain('outside-approval');
  });

  it('relays no stream, not even by way of somebody who moves it or of a ward that decides', async () => {
    const approver = await house.person('approver');
    const slot = await good(7);
    const content = { kind: 'relay', streamUrl: 'https://dai-tinh.vn/song1', durationMs: 60_000, title: 'Đài tỉnh' };
    const ask = { channelCode: BAC_HA, startsAt: at('05:50', 7), ...content };
    const ordered = json<PlacedSlot>(await approver.post('/api/slots', ask));
    expect(await heard(7)).toEqual([slot.id, ordered.id]);
    await writer.sql(`UPDATE slot SET stream_url = 'https://evil.example/x' WHERE id = '${ordered.id}'`);
    expect(await heard(7)).toEqual([slot.id]);
    await writer.sql(`UPDATE slot SET stream_url = '${content.streamUrl}' WHERE id = '${ordered.id}'`);
    expect((await editor.post(`/api/slots/${ordered.id}/move`, { startsAt: at('05:55', 7) })).status).toBe(200);
    expect(await heard(7)).toEqual([slot.id, ordered.id]);
    const evil = { kind: 'relay' as const, streamUrl: 'https://evil.example/x', title: 'Đài tỉnh' };
    const bad = await writer.slot(at('06:10', 7), null, evil);
    expect((await editor.post(`/api/slots/${bad}/move`, { startsAt: at('06:15', 7) })).status).toBe(200);
    expect(await heard(7)).toEqual([slot.id, ordered.id]);
    await writer.sql(`DELETE FROM slot WHERE id = '${bad}'`);

    const id = newId(house.clock.now());
    const channel = await em().findOneByOrFail(Channel, { code: BAC_HA });
    const request = { ...ask, startsAt: at('06:30', 7), content: { ...content, streamUrl: evil.streamUrl } };
    await writer.put(WardDecision, {
      id,
      channelId: channel.id,
      state: 'open',
      placement: { request, accountId: null, newcomer: 'centre' },
      title: 'Đài tỉnh',
      meets: [],
      startsAt: request.startsAt,
      deadline: house.clock.now(),
      standing: 'centre',
      createdAt: house.clock.now(),
      askedBy: 'Trần Văn An',
    });
    const admin = await house.person('admin');
    const decided = await admin.post(`/api/ward-decisions/${id}/decide`, { outcome: 'centre' });
    expect([decided.status, (await em().findOneByOrFail(WardDecision, { id })).slotId]).toEqual([200, null]);
    expect(await heard(7)).toEqual([slot.id, ordered.id]);
  });

  it('makes no station ident: its words and its file must be the server’s own', async () => {
    const slot = await good(8);
    const { unitId } = await em().findOneByOrFail(Channel, { code: BAC_HA });
    const id = newId(house.clock.now());
    const ident = { id, unitId, date: day(8), part: 'opening' as const, profile: 'horn' as const, spoken: 'Lời lạ.' };
    const made = { sha256: unapproved.sha256, bytes: 1000, durationMs: 30_000, readyAt: house.clock.now() };
    const voices = { chain: [], rate: 160 };
    await writer.put(StationIdent, {
      ...ident,
      ...made,
      inputsHash: 'x',
      voices,
      state: 'ready',
      createdAt: house.clock.now(),
    });
    const opening = { stationCallId: id, role: 'opening' as const, endsAt: at('05:30', 8) + 30_000 };
    const bad = await writer.slot(at('05:30', 8), null, opening);
    expect(await heard(8)).toEqual([slot.id]);
    const tell = (action: string, after: object) =>
      writer.database.write((tx) =>
        house.app.get(Audit).record(tx, someActor, { action, entity: 'station-call', entityId: id, after }),
      );
    // The job rendered the words of the row: still nobody has ordered them.
    await tell('station-call.made', { ...identFacts(ident), sha256: made.sha256 });
    expect(await heard(8)).toEqual([slot.id]);
    // The server ordered it with other words.
    await tell('station-call.requested', identFacts({ ...ident, spoken: 'Đây là Đài truyền thanh.' }));
    expect(await heard(8)).toEqual([slot.id]);
    await tell('station-call.requested', identFacts(ident));
    expect(await heard(8)).toEqual([bad, slot.id]);
    await writer.sql(`UPDATE station_call SET sha256 = '${clip.sha256}' WHERE id = '${id}'`);
    expect(await heard(8)).toEqual([slot.id]);
    await writer.sql(`DELETE FROM slot WHERE id = '${bad}'`, `DELETE FROM station_call WHERE id = '${id}'`);
  });

  it('a house of before is sealed once at its start, and what is written afterwards is not', async () => {
    await good(9);
    const approver = await house.person('approver');
    await placed(approver, urgent, at('03:15', 9), { emergency: { reason: 'Hồ xả lũ' } });
    // For another key all rows look as they did before there were seals.
    const dir = mkdtempSync(join(tmpdir(), 'loa-seals-'));
    const config = new Config({ LOA_DATA_DIR: dir, LOA_MEDIA_DIR: dir, PATH: '' });
    const { database } = writer;
    const start = async () => {
      const seals = new AuditSeal(config);
      const book = new AuditLog(database, seals);
      const audit = new Audit(house.clock, database, seals);
      await new SealsInForce(config, database, house.clock, audit, book, seals).onModuleInit();
      const channel = await em().findOneByOrFail(Channel, { code: BAC_HA });
      const slots = await slotViews(em(), { channelId: channel.id, from: day(9), until: day(9) });
      const against = await new SlotAuthority(book, seals).objections(em(), channel, slots);
      return { against: [...against.keys()], broken: (await book.verify()).broken };
    };
    try {
      const count = () => em().countBy(AuditEntry, { action: 'audit.sealed' });
      expect(await start()).toEqual({ against: [], broken: null });
      const sealing = await em().findOneByOrFail(AuditEntry, { action: 'audit.sealed' });
      expect(sealing.after).toMatchObject({ orders: 2, calls: 0 });
      expect((sealing.after as { approvals: number }).approvals).toBeGreaterThan(2);
      const forgedEmergency = await writer.slot(at('03:00', 9), urgent, { authorisedBy: 'Trần Văn An' });
      expect(await start()).toEqual({ against: [forgedEmergency], broken: null });
      // Not even without the row that records that it was done.
      await writer.unguardAudit();
      await writer.cutAudit(sealing.seq - 1);
      expect((await start()).against).toContain(forgedEmergency);
      expect([await count(), (await start()).broken?.seq]).toEqual([0, 1]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
