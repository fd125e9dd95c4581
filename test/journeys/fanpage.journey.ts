import { randomBytes } from 'node:crypto';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Database } from '../../src/database/database.js';
import { PostHeartbeat } from '../../src/posts/post-heartbeat.service.js';
import { PostPauses } from '../../src/posts/post-pauses.service.js';
import { WorkerBeat } from '../../src/posts/worker-beat.entity.js';
import { type Client, json } from '../support/client.js';
import { FANPAGE, MINUTE, plannedPost, PostingTown, postRow } from '../support/posting.js';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the switch, the sign of life and the pictures of a fanpage', () => {
  let town: PostingTown;
  let admin: Client;
  beforeAll(async () => {
    town = await PostingTown.open();
    admin = await town.house.person('page-admin');
  });
  afterAll(() => town.close());
  beforeEach(() => town.calm());
  const read = () => town.house.app.get(Database).read();
  const pause = (word: 'pause' | 'resume', reason = 'đang có tin đồn') =>
    admin.post(`/api/fanpage/${FANPAGE}/${word}`, { reason });

  it('a paused page gets nothing from the machine until it is released, and each throw is in the audit', async () => {
    expect((await pause('pause')).status).toBe(204);
    const { id, message } = await plannedPost(town.house);
    await town.pass(5);
    expect([await postRow(town.house, id), town.graph.accepted(message)]).toMatchObject([
      { state: 'scheduled', attempt: 0 },
      [],
    ]);
    expect((await pause('resume', 'đã rõ')).status).toBe(204);
    await town.pass(1);
    expect((await postRow(town.house, id)).state).toBe('published');
    expect(town.graph.accepted(message)).toHaveLength(1);
    const facts = await read().find(AuditEntry, { where: { entity: 'channel' }, order: { seq: 'ASC' } });
    const throws = facts.filter(({ action }) => action.startsWith('fanpage.'));
    expect(throws.map(({ action, after }) => [action, after])).toEqual([
      ['fanpage.paused', { paused: true, reason: 'đang có tin đồn' }],
      ['fanpage.resumed', { paused: false, reason: 'đã rõ' }],
    ]);
    expect(throws[0]?.actorId).toBeTruthy();
  });

  it('a switch that is thrown twice, without a reason, on no fanpage or by somebody else is refused', async () => {
    expect((await pause('resume')).status).toBe(409);
    expect((await pause('pause', ' ')).status).toBe(422);
    expect((await admin.post('/api/fanpage/khong-co/pause', { reason: 'thử xem' })).status).toBe(404);
    const ward = await admin.post('/api/fanpage/truyen-thanh-phuong-bac-ha/pause', { reason: 'thử xem' });
    expect([ward.status, json<{ code: string }>(ward).code]).toEqual([422, 'not-a-fanpage']);
    for (const role of ['editor', 'official', 'admin'] as const) {
      const answer = await (await town.house.person(role)).post(`/api/fanpage/${FANPAGE}/pause`, { reason: 'thử xem' });
      expect(answer.status).toBe(403);
    }
    expect(await town.house.app.get(PostPauses).isPaused(read(), 'khong-co')).toBe(false);
  });

  it('a person goes on posting by hand while it is paused, and what waited too long is his to decide', async () => {
    await pause('pause');
    const hand = await plannedPost(town.house, 'manual');
    const machine = await plannedPost(town.house);
    await town.pass(1);
    expect((await postRow(town.house, hand.id)).state).toBe('awaiting-person');
    admin = await town.house.person('page-admin');
    const permalink = 'https://www.facebook.com/hatinh/posts/1';
    expect((await admin.post(`/api/posts/${hand.id}/permalink`, { permalink })).status).toBe(200);
    const row = await postRow(town.house, hand.id);
    expect(row.state).toBe('published');
    expect(row.publishedBy).toBeTruthy();
    town.house.clock.advance(7 * 60 * MINUTE);
    admin = await town.house.person('page-admin');
    await pause('resume');
    await town.pass(1);
    expect(await postRow(town.house, machine.id)).toMatchObject({ state: 'refused', attempt: 0 });
    const answer = await admin.post(`/api/posts/${machine.id}/retry`, { reason: '' });
    expect([answer.status, json<{ code: string }>(answer).code]).toEqual([422, 'needs-reason']);
    expect((await admin.post(`/api/posts/${machine.id}/retry`, { reason: 'bài vẫn còn đúng' })).status).toBe(200);
    expect((await postRow(town.house, machine.id)).reason).toContain('bài vẫn còn đúng');
  });

  it('a post by hand may bear a picture: what it is, is read from its bytes', async () => {
    admin = await town.house.person('page-admin');
    const { id } = await plannedPost(town.house, 'manual');
    const form = (bytes: Buffer, alt = 'Áp phích phòng chống sốt xuất huyết') => {
      const body = new FormData();
      body.append('alt', alt);
      body.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), '../../etc/x.svg');
      return body;
    };
    const url = `/api/posts/${id}/image`;
    expect((await admin.get(url)).status).toBe(404);
    expect((await admin.send('PUT', url, form(PIXEL))).status).toBe(204);
    const shown = await admin.get(url);
    expect([shown.headers.get('content-type'), shown.bytes.equals(PIXEL)]).toEqual(['image/png', true]);
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    const kept = await admin.get(`${url}?download=1`);
    expect(kept.headers.get('content-disposition')).toMatch(/^attachment; filename="bai-dang-[0-9a-f]{8}\.png"$/);
    const refusals: [FormData, number, string][] = [
      [form(Buffer.from('<svg onload="alert(1)"/>')), 422, 'not-an-image'],
      [form(PIXEL, ' x'), 422, 'needs-alt'],
      [form(PIXEL, 'Áp\0phích'), 400, 'hidden-sign'],
      [form(PIXEL, 'Áp\u202ephích'), 400, 'hidden-sign'],
      [form(Buffer.concat([PIXEL, randomBytes(3_000_001)])), 413, 'image-too-large'],
      [form(Buffer.alloc(0)), 400, 'no-file'],
    ];
    for (const [body, status, code] of refusals) {
      const answer = await admin.send('PUT', url, body);
      expect([answer.status, json<{ code: string }>(answer).code]).toEqual([status, code]);
    }
    expect((await admin.get(url)).bytes.equals(PIXEL)).toBe(true);
    const editor = await town.house.person('editor');
    expect((await editor.get(url)).status).toBe(200);
    expect((await editor.send('PUT', url, form(PIXEL))).status).toBe(403);
    expect((await (await town.house.person('operator', 'phuong-bac-ha')).get(url)).status).toBe(403);
    const byMachine = await plannedPost(town.house);
    const refused = await admin.send('PUT', `/api/posts/${byMachine.id}/image`, form(PIXEL));
    expect([refused.status, json<{ code: string }>(refused).code]).toEqual([409, 'by-hand-only']);
    expect((await admin.send('DELETE', url)).status).toBe(204);
    expect((await admin.get(url)).status).toBe(404);
  });

  it('whoever posts gives a sign of life, one row in whatever process, and its absence shows after two minutes', async () => {
    await town.house.drain();
    type Beat = { at: number; late: boolean };
    const beat = async () => json<Beat>(await admin.get('/api/fanpage/heartbeat'));
    expect(await beat()).toEqual({ at: town.house.clock.now(), late: false });
    const first = town.house.clock.now();
    town.house.clock.advance(121_000);
    expect(await beat()).toEqual({ at: first, late: true });
    const other = await town.secondRunner();
    other.clock.set(town.house.clock.now());
    await other.drain();
    await other.close();
    expect((await beat()).late).toBe(false);
    expect(await read().count(WorkerBeat)).toBe(1);
    await town.reopen(10 * MINUTE);
    admin = await town.house.person('editor'); // whose name is free: a reopened installation counts its people from the start
    expect((await beat()).late).toBe(true);
    await town.house.drain();
    expect((await beat()).late).toBe(false);
    // A clock that was set back neither makes an old beat look fresh nor waits for the old time.
    await town.reopen(-3 * 60 * MINUTE);
    const last = () => town.house.app.get(PostHeartbeat).last();
    expect((await last())?.late).toBe(true);
    await town.house.drain();
    expect((await last())?.late).toBe(false);
    await town.pass(3);
    expect((await last())?.at).toBeGreaterThanOrEqual(town.house.clock.now() - MINUTE);
  });
});
