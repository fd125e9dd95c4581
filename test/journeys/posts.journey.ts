import { Approvals } from '../../src/approvals/approvals.service.js';
import { Database } from '../../src/database/database.js';
import { Events } from '../../src/database/events.js';
import { PostPublished } from '../../src/posts/state/posts.events.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import { approvedClip } from '../support/approved-clip.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { FANPAGE, fanpageText, MINUTE, plannedPost, postRow, robot, type ShownPost } from '../support/posting.js';

describe('posts by hand', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await openHouse();
  });
  beforeEach(async () => {
    admin = await house.person('page-admin');
  });
  afterAll(() => house.close());

  const order = async (change: object = {}) => {
    const { campaignId, versionId } = await fanpageText(house);
    return { campaignId, versionId, channelCode: FANPAGE, dueAt: house.clock.now() + 20 * MINUTE, ...change };
  };

  it('a post waits, comes due, waits for a person, and is out when its link is pasted', async () => {
    const told: object[] = [];
    house.app.get(Events).on(PostPublished, async (event) => void told.push(event));
    const made = await admin.post('/api/posts', await order());
    expect(made.status).toBe(201);
    const { id } = json<ShownPost>(made);
    await house.drain();
    expect((await postRow(house, id)).state).toBe('scheduled');
    house.clock.advance(20 * MINUTE);
    await house.drain();
    expect((await postRow(house, id)).state).toBe('awaiting-person');
    for (const bad of [
      'http://www.facebook.com/a/posts/1',
      'https://facebook.com.evil.example/1',
      'javascript:1',
      'https://www.facebook.com/',
    ]) {
      expect((await admin.post(`/api/posts/${id}/permalink`, { permalink: bad })).status).toBe(422);
    }
    const permalink = 'https://www.facebook.com/hatinh/posts/77';
    const out = json<ShownPost>(await admin.post(`/api/posts/${id}/permalink`, { permalink }));
    expect(out).toMatchObject({ state: 'published', permalink, reason: null });
    expect(told).toEqual([new PostPublished(id)]);
    const other = await plannedPost(house, 'manual');
    await house.drain();
    expect((await admin.post(`/api/posts/${other.id}/permalink`, { permalink })).status).toBe(409);
    const audit = await house.app
      .get(Database)
      .read()
      .query(`SELECT action FROM audit WHERE entity_id = '${id}' ORDER BY seq`);
    expect(audit.map((one: { action: string }) => one.action)).toEqual([
      'post.scheduled',
      'post.awaiting-person',
      'post.published',
    ]);
  });

  it('the same version on the same page is one post; after a cancellation it may be planned anew', async () => {
    const wanted = await order();
    const first = json<ShownPost>(await admin.post('/api/posts', wanted));
    const [again, atOnce] = await Promise.all([
      admin.post('/api/posts', wanted),
      admin.post('/api/posts', { ...wanted, dueAt: wanted.dueAt + 1 }),
    ]);
    expect([json<ShownPost>(again).id, json<ShownPost>(atOnce).id]).toEqual([first.id, first.id]);
    expect(json<ShownPost>(await admin.post(`/api/posts/${first.id}/cancel`)).state).toBe('cancelled');
    expect((await admin.post(`/api/posts/${first.id}/cancel`)).status).toBe(409);
    const anew = json<ShownPost>(await admin.post('/api/posts', wanted));
    expect(anew.state).toBe('scheduled');
    expect(anew.id).not.toBe(first.id);
    const listed = json<ShownPost[]>(await admin.get(`/api/posts?state=cancelled&campaignId=${wanted.campaignId}`));
    expect(listed.map((one) => one.id)).toEqual([first.id]);
  });

  it('only what is approved, meant for a fanpage and possible is taken', async () => {
    const editor = await house.person('editor');
    const waiting = await approvedClip(house, { channelKind: 'fanpage', state: 'submitted' });
    const loud = await approvedClip(house, { channelKind: 'ward-loudspeaker' });
    const cases: [object, number, string][] = [
      [{ campaignId: waiting.campaignId, versionId: waiting.versionId }, 409, 'not-approved'],
      [{ campaignId: loud.campaignId, versionId: loud.versionId }, 422, 'not-for-fanpage'],
      [{ campaignId: loud.campaignId }, 404, 'not-found'],
      [{ channelCode: 'truyen-thanh-phuong-bac-ha' }, 422, 'not-a-fanpage'],
      [{ channelCode: 'khong-co' }, 404, 'not-found'],
      [{ dueAt: house.clock.now() - 24 * 60 * MINUTE }, 422, 'bad-due-time'],
      [{ adapter: 'graph' }, 422, 'graph-not-set-up'],
      [{ extra: 1 }, 400, 'malformed'],
    ];
    for (const [change, status, code] of cases) {
      const answer = await editor.post('/api/posts', await order(change));
      expect([answer.status, json<{ code: string }>(answer).code]).toEqual([status, code]);
    }
  });

  it('page admins act, editors plan and read, others do neither', async () => {
    const editor = await house.person('editor');
    const operator = await house.person('operator', 'phuong-bac-ha');
    const { id } = json<ShownPost>(await editor.post('/api/posts', await order()));
    expect((await editor.get(`/api/posts/${id}`)).status).toBe(200);
    for (const act of ['cancel', 'retry', 'lookup'])
      expect((await editor.post(`/api/posts/${id}/${act}`)).status).toBe(403);
    expect((await operator.get('/api/posts')).status).toBe(403);
    expect((await house.stranger().get('/api/posts')).status).toBe(401);
    expect((await admin.get('/api/posts/khong-co')).status).toBe(404);
    expect((await admin.get('/api/posts?state=khong-co')).status).toBe(400);
  });

  it('an approval taken back cancels what has not gone out', async () => {
    const one = await plannedPost(house, 'manual');
    const { approvals, db } = { approvals: house.app.get(Approvals), db: house.app.get(Database) };
    await db.write((tx) => approvals.void(tx, robot, one.versionId, 'Số liệu đã đổi.'));
    expect(await postRow(house, one.id)).toMatchObject({
      state: 'cancelled',
      reason: 'Phê duyệt không còn hiệu lực: Số liệu đã đổi.',
    });
    // If the event is lost, the approval is checked once more before anything is sent.
    const two = await plannedPost(house, 'manual');
    await db.write((tx) => tx.update(ScriptVersion, { id: two.versionId }, { state: 'voided' }));
    await house.drain();
    expect((await postRow(house, two.id)).state).toBe('cancelled');
  });
});
