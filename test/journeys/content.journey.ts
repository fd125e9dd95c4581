import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../src/config/config.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');

interface Shown {
  versionId: string;
  contentHash: string;
  clips: { sha256: string; spoken: string; durationMs: number; integratedLufs: number; truePeakDbtp: number }[];
}

/** From a letter to approved content, through HTTP, with the real voice and the real ffmpeg. */
describe('content', () => {
  let house: House;
  let editor: Client;
  let approver: Client;
  let campaignId: string;

  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    approver = await house.person('approver');
  });
  afterAll(() => house.close());

  const script = async (text: string, channelKind = 'ward-loudspeaker') => {
    const made = await editor.post('/api/scripts', { campaignId, channelKind, title: 'Thông báo', text });
    expect(made.status).toBe(201);
    return json<{ scriptId: string; versionId: string }>(made);
  };
  const heard = async (versionId: string) => {
    expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
    await house.drain();
  };
  const shown = async (versionId: string) => json<Shown>(await approver.get(`/api/approvals/${versionId}`));

  it('a letter is registered once, with its obligations', async () => {
    const first = await editor.post('/api/directives', { text: letter });
    expect(first.status).toBe(201);
    const { id, obligations } = json<{ id: string; obligations: unknown[] }>(first);
    expect(obligations.length).toBeGreaterThan(2);
    const again = await editor.post('/api/directives', { text: letter });
    expect([again.status, json<{ id: string }>(again).id]).toEqual([200, id]);
    const changed = await editor.post('/api/directives', { text: letter.replace('Nơi nhận', 'Nơi  nhận') });
    expect(changed.status).toBe(409);
    const found = json<unknown[]>(await editor.get('/api/directives?search=uy%20ban%20nhan%20dan'));
    expect(found).toHaveLength(1);
    expect(json<unknown[]>(await editor.get('/api/directives?search=khong-co-dau'))).toEqual([]);
    const opened = await editor.post('/api/campaigns', {
      directiveId: id,
      name: 'Đợt một',
      from: '2026-11-25',
      until: '2026-12-31',
    });
    expect(opened.status).toBe(201);
    campaignId = json<{ id: string }>(opened).id;
  });

  it('what is not a letter leaves nothing behind', async () => {
    const count = async () => json<unknown[]>(await editor.get('/api/directives')).length;
    const before = await count();
    for (const text of ['Chào các bạn', '', ' ', '<html><body>404</body></html>', 'x'.repeat(900_000)]) {
      const answer = await editor.post('/api/directives', { text });
      expect([answer.status, json<{ code: string }>(answer).code]).toEqual([422, 'not-a-letter']);
    }
    const book = await editor.post('/api/directives', { text: 'Số: 1/UBND. '.repeat(900_000) });
    expect([book.status, json<{ code: string }>(book).code]).toEqual([422, 'letter-too-large']);
    // A book-length text is expensive: its sender has to wait.
    house.clock.advance(25 * 60_000);
    // A code of the phone permits approving for ten minutes only.
    approver = await house.person('approver');
    const wrong = [{ text: 7 }, {}, { text: letter, status: 'registered' }];
    for (const body of wrong) expect((await editor.post('/api/directives', body)).status).toBe(400);
    expect((await editor.post('/api/reading', { text: 'x'.repeat(3_000_000) })).status).toBe(413);
    expect(await count()).toBe(before);
  });

  it('a script from a template needs its variables, and says which', async () => {
    const templates = json<{ code: string; kind: string; variables: { name: string; required: boolean }[] }[]>(
      await editor.get('/api/templates'),
    );
    const template = templates.find((one) => one.kind === 'loudspeaker' && one.variables.some((v) => v.required));
    const missing = template?.variables.find((v) => v.required);
    const answer = await editor.post('/api/scripts', {
      campaignId,
      channelKind: 'ward-loudspeaker',
      templateCode: template?.code,
      variables: {},
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(missing?.name);
    const hostile = { campaignId, channelKind: 'fanpage', title: 'x', text: 'x', status: 'approved' };
    expect((await editor.post('/api/scripts', hostile)).status).toBe(400);
  });

  it('nobody approves what cannot be heard, nobody his own work, nobody what has changed', async () => {
    const { scriptId, versionId } = await script('Kính mời bà con đến nhà văn hóa tổ 5 lúc 19h30 ngày 25/11/2026.');
    expect((await editor.post(`/api/versions/${versionId}/submit`)).status).toBe(409);
    await heard(versionId);
    expect((await editor.post(`/api/versions/${versionId}/submit`)).status).toBe(204);
    expect((await editor.post(`/api/versions/${versionId}/submit`)).status).toBe(409);

    const seen = await shown(versionId);
    expect(seen.clips).toHaveLength(1);
    const [clip] = seen.clips;
    expect(clip?.spoken).not.toMatch(/\d/);
    expect(Math.abs((clip?.integratedLufs ?? 0) + 16)).toBeLessThanOrEqual(0.5);
    expect(clip?.truePeakDbtp).toBeLessThanOrEqual(-2);

    expect((await editor.post(`/api/approvals/${versionId}/approve`, { contentHash: seen.contentHash })).status).toBe(
      403,
    );
    const other = seen.contentHash.replace(/^./, (c) => (c === '0' ? '1' : '0'));
    expect((await approver.post(`/api/approvals/${versionId}/approve`, { contentHash: other })).status).toBe(409);
    const noReason = await approver.post(`/api/approvals/${versionId}/return`, {
      contentHash: seen.contentHash,
      comment: ' ',
    });
    expect(noReason.status).toBe(422);
    const races = await Promise.all(
      Array.from({ length: 5 }, () =>
        approver.post(`/api/approvals/${versionId}/approve`, { contentHash: seen.contentHash, unheard: true }),
      ),
    );
    expect(races.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409]);

    const stale = { latestSeen: 9, title: 'Mới', text: 'Mới.' };
    expect((await editor.post(`/api/scripts/${scriptId}/versions`, stale)).status).toBe(409);
    expect((await editor.post(`/api/scripts/${scriptId}/versions`, { ...stale, latestSeen: 1 })).status).toBe(201);
    const after = json<{ versions: { n: number; state: string }[] }>(await editor.get(`/api/scripts/${scriptId}`));
    expect(after.versions.map(({ n, state }) => [n, state])).toEqual([
      [2, 'draft'],
      [1, 'superseded'],
    ]);
  });

  it('an approver who also edits does not approve his own', async () => {
    const both = await house.person('approver');
    const author = json<{ id: string }>(await both.get('/api/session')).id;
    const { versionId } = await script('Tổng vệ sinh sáng thứ Bảy.', 'fanpage');
    const { Database } = await import('../../src/database/database.js');
    const { ScriptVersion } = await import('../../src/scripts/script-version.entity.js');
    await house.app.get(Database).write((tx) => tx.update(ScriptVersion, { id: versionId }, { authorId: author }));
    expect((await editor.post(`/api/versions/${versionId}/submit`)).status).toBe(204);
    const { contentHash } = await shown(versionId);
    const answer = await both.post(`/api/approvals/${versionId}/approve`, { contentHash });
    expect([answer.status, json<{ code: string }>(answer).code]).toEqual([403, 'own-work']);
  });

  it("another ward's draft answers an operator like one that does not exist", async () => {
    const units = json<{ id: string; code: string }[]>(await editor.get('/api/units'));
    const unitId = units.find((unit) => unit.code === 'phuong-bac-ha')?.id;
    const own = {
      campaignId,
      channelKind: 'ward-loudspeaker',
      unitId,
      title: 'Họp tổ dân phố',
      text: 'Mời bà con họp.',
    };
    const { scriptId } = json<{ scriptId: string }>(await editor.post('/api/scripts', own));
    const bacHa = await house.person('operator', 'phuong-bac-ha');
    const namHa = await house.person('operator', 'phuong-nam-ha');
    expect((await bacHa.get(`/api/scripts/${scriptId}`)).status).toBe(200);
    expect(json<unknown[]>(await bacHa.get('/api/scripts'))).toHaveLength(1);
    const foreign = await namHa.get(`/api/scripts/${scriptId}`);
    const missing = await namHa.get('/api/scripts/khong-co');
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    expect(json<unknown[]>(await namHa.get('/api/scripts'))).toEqual([]);
    expect(
      (await namHa.post(`/api/scripts/${scriptId}/versions`, { latestSeen: 1, title: 'x', text: 'x' })).status,
    ).toBe(403);
    const unknownUnit = { ...own, unitId: 'khong-co' };
    expect((await editor.post('/api/scripts', unknownUnit)).status).toBe(422);
  });

  it('equal words are the same clip and cost nothing; a fanpage script has no clip', async () => {
    const { versionId } = await script('Ngày mai nghỉ lễ.');
    await heard(versionId);
    const first = json<{ id: string; state: string }[]>(await editor.get(`/api/versions/${versionId}/clips`));
    expect(first.map((clip) => clip.state)).toEqual(['ready']);
    await heard(versionId);
    expect(json<unknown[]>(await editor.get(`/api/versions/${versionId}/clips`))).toHaveLength(1);
    const post = await script('Ngày mai nghỉ lễ.', 'fanpage');
    expect((await editor.post(`/api/versions/${post.versionId}/clips`)).status).toBe(422);
  });

  it('no half-made file is left in the media folder', () => {
    const { mediaDir } = house.app.get(Config);
    const tmp = join(mediaDir, 'tmp');
    expect(existsSync(tmp) ? readdirSync(tmp) : []).toEqual([]);
    const files = readdirSync(join(mediaDir, 'clips'), { recursive: true }).filter((name) =>
      String(name).includes('.'),
    );
    expect(files.every((name) => /[0-9a-f]{64}\.mp3$/.test(String(name)))).toBe(true);
  });
});
