import { type EntityManager, In } from 'typeorm';
import { Approval } from '../../src/approvals/approval.entity.js';
import { Approvals } from '../../src/approvals/approvals.service.js';
import { contentsUnderApproval, approvalsInForce } from '../../src/approvals/content-under-approval.js';
import { ClipReady } from '../../src/audio/clips/clip.events.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Database } from '../../src/database/database.js';
import { Events } from '../../src/database/events.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import { newId, sha256 } from '../../src/shared/ids.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { type Answer, type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const RACES = 200;
const codeOf = (answer: Answer) => json<{ code?: string }>(answer).code ?? '';

describe('approving', () => {
  let house: House;
  let editor: Client;
  let approver: Client;
  let letter: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    editor = await house.person('editor');
    approver = await house.person('approver');
    letter = await approvedClip(house, { title: 'Bài đầu' });
  });
  afterAll(() => house.close());

  const read = () => house.app.get(Database).read();
  const waiting = (title: string) => approvedClip(house, { of: letter, state: 'submitted', title });

  /** Approvals in force for content that differs from the current or the displayed one. */
  async function unseen(clips: readonly ApprovedClip[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const { versionId } of clips) {
      const version = await read().findOneByOrFail(ScriptVersion, { id: versionId });
      const approvals = await read().findBy(Approval, { scriptVersionId: versionId });
      const { contentHash } = await house.app.get(Approvals).content(read(), versionId);
      const inForce = approvals.filter(({ decision, voidedAt }) => decision === 'approved' && voidedAt === null);
      if (version.state === 'approved' && inForce.length !== 1) wrong.push(`${versionId} is approved by nobody`);
      if (version.state !== 'approved' && inForce.length > 0)
        wrong.push(`${versionId} is ${version.state}, and approved`);
      for (const one of inForce) if (one.contentHash !== contentHash) wrong.push(`${versionId}: another content`);
    }
    return wrong;
  }

  it(`an edit at the same moment: ${RACES} races, nothing unseen is approved, and the loser is told`, async () => {
    const clips: ApprovedClip[] = [];
    for (let n = 0; n < RACES; n++) clips.push(await waiting(`Chữ ${n}`));
    const ends: Record<string, number> = {};
    for (const [n, { versionId, scriptId }] of clips.entries()) {
      const etag = (await approver.get(`/api/approvals/${versionId}`)).headers.get('etag') ?? '';
      const approve = () =>
        approver.post(`/api/approvals/${versionId}/approve`, { unheard: true }, { 'if-match': etag });
      const edit = () =>
        editor.post(`/api/scripts/${scriptId}/versions`, {
          latestSeen: 1,
          title: 'Sửa',
          text: 'Bà con chú ý chữ mới.',
        });
      const order = n % 2 ? [approve(), edit()] : [edit(), approve()];
      const [first, second] = await Promise.all(order);
      const [approved, edited] = n % 2 ? [first, second] : [second, first];
      if (!approved || !edited) throw new Error('no answer');
      const end = `${approved.status} ${edited.status}`;
      ends[end] = (ends[end] ?? 0) + 1;
      expect(['200 201', '409 201', '412 201', '200 409']).toContain(end);
    }
    expect(await unseen(clips)).toEqual([]);
    // The races were real: both sides won some.
    expect(Object.keys(ends).length).toBeGreaterThan(1);
  }, 180_000);

  it(`a clip made anew at the same moment: ${RACES} races, no unheard clip is approved`, async () => {
    const clips: ApprovedClip[] = [];
    for (let n = 0; n < RACES; n++) clips.push(await waiting(`Tiếng ${n}`));
    const ends: Record<string, number> = {};
    for (const [n, clip] of clips.entries()) {
      const etag = (await approver.get(`/api/approvals/${clip.versionId}`)).headers.get('etag') ?? '';
      const approve = () =>
        approver.post(`/api/approvals/${clip.versionId}/approve`, { unheard: true }, { 'if-match': etag });
      const [first, second] = await Promise.all(
        n % 2 ? [approve(), remade(clip, n % 25)] : [remade(clip, n % 25), approve()],
      );
      const answer = first ?? second;
      ends[String(answer?.status)] = (ends[String(answer?.status)] ?? 0) + 1;
      expect(['200', '412']).toContain(String(answer?.status));
      if (answer?.status === 412) expect(codeOf(answer)).toBe('content-changed');
    }
    expect(await unseen(clips)).toEqual([]);
    expect(Object.keys(ends).length).toBeGreaterThan(1);
  }, 180_000);

  /** Delayed by so many ms: a direct call would always be faster than one over HTTP. */
  async function remade({ clipId, versionId }: ApprovedClip, after: number): Promise<undefined> {
    await new Promise((resolve) => setTimeout(resolve, after));
    const old = await read().findOneByOrFail(Clip, { id: clipId });
    const id = newId(house.clock.now());
    const made = { ...old, id, inputsHash: sha256(id), sha256: sha256(`${id} tiếng`), readyAt: house.clock.now() + 1 };
    await house.app.get(Database).write(async (tx) => {
      await tx.insert(Clip, { ...made, scriptVersionId: versionId } as object);
      await house.app.get(Events).publish(tx, new ClipReady(id));
    });
  }

  it('names what was seen, in If-Match (412) or in the body (409), never nothing', async () => {
    const { versionId } = await waiting('Nêu tên');
    const path = `/api/approvals/${versionId}/approve`;
    const other = 'a'.repeat(64);
    const answers = [
      await approver.post(path, {}),
      await approver.post(path, { contentHash: other }),
      await approver.post(path, {}, { 'if-match': `"${other}"` }),
      await approver.post(path, {}, { 'if-match': '*' }),
    ];
    expect(answers.map((one) => `${one.status} ${codeOf(one)}`)).toEqual([
      '400 malformed',
      '409 content-changed',
      '412 content-changed',
      '412 content-changed',
    ]);
  });

  it('what is kept, read out, shown and signed is one text, with nothing in it that nobody sees', async () => {
    const { scriptId } = await waiting('Chữ ẩn');
    const save = (latestSeen: number, text: string) =>
      editor.post(`/api/scripts/${scriptId}/versions`, { latestSeen, title: 'Pho\u0300ng di\u0323ch\u200b', text });
    const saved = await save(1, 'Ba\u0300 con\u200b chu\u0301 y\u0301.\r\nDi\u00adệt muỗi \ufeffngay.');
    expect(saved.status).toBe(201);
    const { versionId: id } = json<{ versionId: string }>(saved);
    const wanted = { title: 'Phòng dịch', text: 'Bà con chú ý.\nDiệt muỗi ngay.' };
    expect((await house.app.get(Approvals).content(read(), id)).content).toMatchObject(wanted);
    const reading = json<{ text: string; spoken: string }>(await editor.get(`/api/versions/${id}/reading`));
    expect(reading.text).toBe(wanted.text);
    expect(reading.spoken.replace(/\s+/g, ' ')).toBe(wanted.text.replace('\n', ' '));
    for (const [sign, name] of [
      ['\u202e', 'U+202E'],
      ['\u{e0041}', 'U+E0041'],
      ['\u0007', 'U+0007'],
      ['\0', 'U+0000'],
    ]) {
      const refused = await save(2, `Bà con${sign} chú ý.`);
      expect([refused.status, codeOf(refused), refused.text.includes(`(${name}) ở dòng 1, sau “Bà con”`)]).toEqual([
        400,
        'hidden-sign',
        true,
      ]);
    }
  });

  it('what older versions of Loa kept with hidden signs is shown with them, not signed, and no longer stands', async () => {
    const [old, signed] = [await waiting('Chữ cũ'), await approvedClip(house, { of: letter, title: 'Đã ký cũ' })];
    const body = 'Phun thuốc \u202e123\u202c ngay.';
    const write = (work: (tx: EntityManager) => Promise<unknown>) => house.app.get(Database).write(work);
    await write((tx) => tx.update(ScriptVersion, { id: In([old.versionId, signed.versionId]) }, { body }));
    const shown = json<{ contentHash: string; text: string }>(await approver.get(`/api/approvals/${old.versionId}`));
    expect(shown.text).toBe('Phun thuốc [U+202E]123[U+202C] ngay.');
    const page = await approver.get(`/duyet/${old.versionId}`, { accept: 'text/html' });
    expect([page.text.includes('[U+202E]123[U+202C]'), page.text.includes('\u202e')]).toEqual([true, false]);
    const { contentHash } = shown;
    const refused = await approver.post(`/api/approvals/${old.versionId}/approve`, { contentHash });
    expect([refused.status, codeOf(refused)]).toEqual([422, 'hidden-sign']);
    const contents = await contentsUnderApproval(read(), [signed.versionId]);
    const now = contents.get(signed.versionId)?.contentHash;
    await write((tx) => tx.update(Approval, { scriptVersionId: signed.versionId }, { contentHash: now }));
    expect((await approvalsInForce(read(), contents)).size).toBe(0);
    await write((tx) => tx.update(ScriptVersion, { id: signed.versionId }, { body: 'Phun thuốc ngay.' }));
    const clean = await contentsUnderApproval(read(), [signed.versionId]);
    await write((tx) =>
      tx.update(
        Approval,
        { scriptVersionId: signed.versionId },
        { contentHash: clean.get(signed.versionId)?.contentHash },
      ),
    );
    expect((await approvalsInForce(read(), clean)).size).toBe(1);
  });

  it('holds for a scope: inside it nothing more is asked, outside it is refused with a sentence', async () => {
    const clip = await waiting('Phạm vi hẹp');
    const path = `/api/approvals/${clip.versionId}`;
    const { contentHash } = json<{ contentHash: string }>(await approver.get(path));
    const approve = (scope: object) => approver.post(`${path}/approve`, { contentHash, scope, unheard: true });
    for (const wider of [
      { until: '2027-12-31' },
      { bulletinClass: 'emergency' },
      { channelCodes: ['khong-co'] },
      { channelCodes: ['fanpage-thanh-pho'] },
      { from: '2026-11-27', until: '2026-11-26' },
    ]) {
      const refused = await approve(wider);
      expect([wider, refused.status, codeOf(refused)]).toEqual([wider, 422, 'wider-scope']);
    }
    const channelCodes = ['truyen-thanh-phuong-bac-ha', 'truyen-thanh-phuong-nam-ha'];
    expect((await approve({ channelCodes, from: '2026-11-24', until: '2026-11-26' })).status).toBe(200);

    const rows: { code: string; id: string }[] = await read().query('SELECT code, id FROM channel');
    const ids = (codes: string[]) => rows.filter(({ code }) => codes.includes(code)).map(({ id }) => id);
    const plan = (codes: string[], from: string, until: string) =>
      editor.post(`/api/campaigns/${clip.campaignId}/plan`, {
        demands: [{ channelIds: ids(codes), clipId: clip.clipId, minPlaysPerDay: 1, maxPlaysPerDay: 1 }],
        from,
        until,
      });
    expect((await plan(channelCodes, '2026-11-25', '2026-11-26')).status).toBe(200);
    const late = await plan(channelCodes, '2026-11-25', '2026-11-27');
    expect([late.status, codeOf(late)]).toEqual([409, 'outside-approval']);
    expect(json<{ message: string }>(late).message).toContain(
      'bài chỉ được duyệt phát từ ngày 24/11/2026 đến ngày 26/11/2026',
    );
    const elsewhere = await plan(['truyen-thanh-phuong-tran-phu'], '2026-11-25', '2026-11-25');
    expect([elsewhere.status, codeOf(elsewhere)]).toEqual([409, 'outside-approval']);
    const place = (channelCode: string, hour: string) =>
      editor.post('/api/slots', {
        channelCode,
        clipId: clip.clipId,
        campaignId: clip.campaignId,
        startsAt: Date.parse(`2026-11-26T${hour}:00+07:00`),
      });
    expect((await place('truyen-thanh-phuong-bac-ha', '17:40')).status).toBe(201);
    const far = await place('truyen-thanh-phuong-van-yen', '17:40');
    expect([far.status, codeOf(far)]).toEqual([409, 'outside-approval']);
  });
});
