import { Approval } from '../../src/approvals/approval.entity.js';
import { ClipHearing } from '../../src/approvals/clip-hearing.entity.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { newId, sha256 } from '../../src/shared/ids.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { codeOf } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

interface Shown {
  contentHash: string;
  heard: string | null;
  hearings: { clipId: string; accountId: string; source: string; heardAt: number }[];
}

/** Who listened to the end is recorded; sound that was not heard is approved only by saying so once more. */
describe('hearing what is approved', () => {
  let house: House;
  let approver: Client;
  let letter: ApprovedClip;
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    approver = await house.person('approver');
    letter = await approvedClip(house);
  });
  afterAll(() => house.close());

  const read = () => house.app.get(Database).read();
  const waiting = (more: object = {}) => approvedClip(house, { of: letter, state: 'submitted', ...more });
  const shown = async ({ versionId }: ApprovedClip, who = approver) =>
    json<Shown>(await who.get(`/api/approvals/${versionId}`));
  const hear = (clip: ApprovedClip, body: object, who = approver) =>
    who.post(`/api/approvals/${clip.versionId}/heard`, body);
  const approve = async (clip: ApprovedClip, more: object = {}) => {
    const { contentHash } = await shown(clip);
    return codeOf(approver.post(`/api/approvals/${clip.versionId}/approve`, { contentHash, ...more }));
  };
  const decided = ({ versionId }: ApprovedClip) => read().findOneByOrFail(Approval, { scriptVersionId: versionId });
  const facts = async (clip: ApprovedClip, action: string) =>
    (await read().findBy(AuditEntry, { action, entityId: clip.versionId })).map(({ after }) => after);

  it('is recorded with who and when, stated by the decision, and written to the audit', async () => {
    const clip = await waiting();
    const { id: accountId } = json<{ id: string }>(await approver.get('/api/session'));
    expect((await shown(clip)).heard).toBe('unheard');
    expect(await codeOf(hear(clip, { clipId: clip.clipId, source: 'player' }))).toBe('204');
    const heardAt = house.clock.now();
    const row = { clipId: clip.clipId, accountId, source: 'player', heardAt };
    expect(await shown(clip)).toMatchObject({ heard: 'player', hearings: [row] });
    // The first time counts; a statement takes nothing from what the player measured.
    house.clock.advance(60_000);
    for (const source of ['player', 'statement'])
      expect(await codeOf(hear(clip, { clipId: clip.clipId, source }))).toBe('204');
    expect((await shown(clip)).hearings).toEqual([row]);
    expect(await facts(clip, 'content.heard')).toMatchObject([
      { clipId: clip.clipId, sha256: clip.sha256, source: 'player' },
    ]);
    expect(await approve(clip)).toBe('200');
    expect(await decided(clip)).toMatchObject({ heard: 'player', heardAt });
    expect(await facts(clip, 'content.approved')).toMatchObject([{ heard: 'player', heardAt }]);
    expect(await codeOf(hear(clip, { clipId: clip.clipId }))).toBe('409 illegal-move');
  });

  it('is asked for once more when it did not happen; another person and another sound do not count', async () => {
    const clip = await waiting();
    const other = await house.person('approver');
    expect(await codeOf(hear(clip, { clipId: clip.clipId }, other))).toBe('204');
    expect((await shown(clip)).heard).toBe('unheard');
    expect(await approve(clip)).toBe('409 not-heard');
    expect(await codeOf(hear(clip, { clipId: letter.clipId }))).toBe('404 not-found');
    expect(await codeOf(hear(clip, { clipId: clip.clipId }, await house.person('editor')))).toBe('403 forbidden');
    expect(await codeOf(hear(clip, { clipId: clip.clipId }))).toBe('204');
    expect((await shown(clip)).heard).toBe('statement');

    const old = await read().findOneByOrFail(Clip, { id: clip.clipId });
    const id = newId(house.clock.now());
    const made = { ...old, id, inputsHash: sha256(id), sha256: sha256(`${id} tiếng`), readyAt: house.clock.now() + 1 };
    await house.app.get(Database).write((tx) => tx.insert(Clip, made as object));
    expect((await shown(clip)).heard).toBe('unheard');
    expect(await approve(clip)).toBe('409 not-heard');
    expect(await approve(clip, { unheard: true })).toBe('200');
    expect(await decided(clip)).toMatchObject({ heard: 'unheard', heardAt: null });
    expect(await facts(clip, 'content.approved')).toMatchObject([{ heard: 'unheard', heardAt: null }]);
  });

  it('is not asked of a text, nor of who returns it', async () => {
    const post = await waiting({ channelKind: 'fanpage' });
    expect((await shown(post)).heard).toBeNull();
    expect(await approve(post)).toBe('200');
    expect(await decided(post)).toMatchObject({ heard: null, heardAt: null });
    const clip = await waiting();
    const { contentHash } = await shown(clip);
    const back = { contentHash, comment: 'Ghi rõ giờ' };
    expect(await codeOf(approver.post(`/api/approvals/${clip.versionId}/return`, back))).toBe('200');
    expect((await decided(clip)).heard).toBe('unheard');
    expect(await read().countBy(ClipHearing, { clipId: clip.clipId })).toBe(0);
  });
});
