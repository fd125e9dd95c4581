import { Database } from '../../src/database/database.js';
import { Events } from '../../src/database/events.js';
import { PostFailed } from '../../src/posts/state/posts.events.js';
import { Posts } from '../../src/posts/posts.service.js';
import { FakeGraph, type PublishFault } from '../fakes/graph.server.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { MINUTE, PAGE, plannedPost, PostingTown, postRow, robot, type ShownPost, TOKEN } from '../support/posting.js';

describe('posts through Graph', () => {
  let town: PostingTown;
  let graph: FakeGraph;
  let house: House;
  beforeAll(async () => {
    town = await PostingTown.open();
    ({ graph, house } = town);
  });
  beforeEach(() => town.calm());
  afterAll(() => town.close());

  it('goes out once, with its place on the page', async () => {
    const { id, message } = await plannedPost(house);
    await town.pass(1);
    const [entry] = graph.accepted(message);
    const permalink = `https://www.facebook.com/${PAGE}/posts/${entry?.id}`;
    expect(await postRow(house, id)).toMatchObject({
      state: 'published',
      externalId: entry?.id,
      permalink,
      attempt: 1,
    });
  });

  // The result of each answer when nothing else fails, within 30 minutes.
  const endings: [PublishFault, string, number, string[]][] = [
    ['accept-then-hang', 'published', 1, ['unknown', 'found']],
    ['accept-then-reset', 'published', 1, ['unknown', 'found']],
    ['accept-then-500', 'published', 1, ['unknown', 'found']],
    ['accept-then-html', 'published', 1, ['unknown', 'found']],
    ['accept-then-half', 'published', 1, ['unknown', 'found']],
    ['accept-then-transient', 'published', 1, ['unknown', 'found']],
    ['late-accept', 'published', 1, ['unknown', 'found']],
    ['hang', 'published', 1, ['unknown', 'not-found', 'not-found', 'published']],
    ['reset', 'published', 1, ['unknown', 'not-found', 'not-found', 'published']],
    ['500', 'published', 1, ['unknown', 'not-found', 'not-found', 'published']],
    ['html', 'published', 1, ['unknown', 'not-found', 'not-found', 'published']],
    ['error-2', 'published', 1, ['unknown', 'not-found', 'not-found', 'published']],
    ['429', 'published', 1, ['not-sent', 'published']],
    ['error-4', 'published', 1, ['not-sent', 'published']],
    ['error-190', 'scheduled', 0, ['page-closed']],
    ['error-368', 'scheduled', 0, ['page-closed']],
    ['error-506', 'refused', 0, ['duplicate']],
  ];
  it.each(endings)('after %s it ends %s with %i on the page', async (fault, state, onPage, outcomes) => {
    graph.publishScript = [fault];
    const { id, message } = await plannedPost(house);
    await town.pass(30);
    const admin = await house.person('page-admin');
    const shown = json<ShownPost>(await admin.get(`/api/posts/${id}`));
    expect([shown.state, graph.accepted(message).length]).toEqual([state, onPage]);
    expect(shown.attempts.map((one) => one.outcome)).toEqual(outcomes);
    // A post that waits for a closed page would take the next answer.
    if (state === 'scheduled') await house.app.get(Posts).cancel(robot, id);
  });

  it('a dead key pauses the page and says what to do, a person resumes, and the key is written nowhere', async () => {
    const failed: PostFailed[] = [];
    house.app.get(Events).on(PostFailed, async (event) => void failed.push(event));
    graph.publishScript = ['error-190'];
    const { id, message } = await plannedPost(house);
    const waiting = await plannedPost(house);
    const asked = graph.requests.length;
    await town.pass(10);
    const refused = await postRow(house, id);
    expect(refused).toMatchObject({ state: 'scheduled', attempt: 1 });
    expect(refused.reason).toContain('cấp khóa mới cho trang');
    expect(failed).toEqual([new PostFailed(id, refused.reason ?? '')]);
    // The key is dead for the next post too: no further request is sent, and no other post is refused.
    expect(graph.requests.length - asked).toBe(1);
    expect(await postRow(house, waiting.id)).toMatchObject({ state: 'scheduled', attempt: 0 });
    const admin = await house.person('page-admin');
    expect((await admin.post(`/api/posts/${id}/lookup`)).status).toBe(409);
    graph.publishScript = ['error-100' as PublishFault];
    await town.resume();
    await town.pass(2);
    expect(graph.accepted(waiting.message)).toHaveLength(1);
    const again = json<ShownPost>(await admin.get(`/api/posts/${id}`));
    expect(again).toMatchObject({ state: 'refused', attempt: 2 });
    expect(again.reason).toContain('***');
    await admin.post(`/api/posts/${id}/retry`, { reason: 'đã sửa khóa' });
    await town.pass(1);
    expect(graph.accepted(message)).toHaveLength(1);
    const db = house.app.get(Database).read();
    for (const table of ['post', 'post_attempt', 'audit', 'job']) {
      expect(JSON.stringify(await db.query(`SELECT * FROM ${table}`))).not.toContain(TOKEN);
    }
    expect(graph.requests.join('\n')).not.toContain(TOKEN);
  });

  it('posts that waited for hours leave one by one, in the order in which they were due', async () => {
    const posts = [];
    for (let n = 0; n < 12; n++) {
      posts.push(await plannedPost(house));
      house.clock.advance(1000);
    }
    house.clock.advance(2 * 60 * MINUTE);
    for (let n = 0; n < 50; n++) {
      await house.drain();
      house.clock.advance(10_000);
    }
    const out = posts.map(({ message }) => graph.accepted(message)[0]?.at ?? 0);
    const gaps = out.slice(1).map((at, n) => at - (out[n] ?? 0));
    expect(out).not.toContain(0);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30_000);
  });

  it('a refused connection is tried again until it is too late, then a person decides', async () => {
    const { id, message } = await plannedPost(house);
    const closed = await FakeGraph.open({ pageId: PAGE, token: TOKEN, now: () => house.clock.now() });
    const nobody = closed.url;
    await closed.close();
    const elsewhere = await openHouse({
      env: { LOA_GRAPH_URL: nobody, LOA_PAGE_ID: PAGE, LOA_PAGE_TOKEN: TOKEN },
    });
    const lost = await plannedPost(elsewhere);
    await town.pass(2, elsewhere);
    expect(await postRow(elsewhere, lost.id)).toMatchObject({ state: 'scheduled' });
    expect((await postRow(elsewhere, lost.id)).reason).toContain('Không kết nối được');
    for (let n = 0; n < 20; n++) {
      elsewhere.clock.advance(20 * MINUTE);
      await elsewhere.drain();
    }
    expect(await postRow(elsewhere, lost.id)).toMatchObject({ state: 'refused' });
    expect((await postRow(elsewhere, lost.id)).reason).toContain('Quá giờ');
    await elsewhere.close();
    // A downtime of more than six hours, without an attempt.
    house.clock.advance(6 * 60 * MINUTE + 1);
    await town.pass(1);
    expect(await postRow(house, id)).toMatchObject({ state: 'refused', attempt: 0 });
    await house.app.get(Posts).retry(robot, id, 'đã xem trang');
    await town.pass(1);
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('looking that fails concludes nothing; a person may say that it is out', async () => {
    graph.publishScript = ['accept-then-hang', 'accept'];
    graph.feedScript = ['500', 'html', 'hang', 'reset', 'error-4', 'error-190'];
    const { id, message } = await plannedPost(house);
    await town.pass(100);
    expect(await postRow(house, id)).toMatchObject({ state: 'unknown', attempt: 1 });
    const admin = await house.person('page-admin');
    const permalink = 'https://www.facebook.com/hatinh/posts/99';
    expect(json<ShownPost>(await admin.post(`/api/posts/${id}/permalink`, { permalink })).state).toBe('published');
    await town.pass(100);
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('a post is found behind hundreds of entries of others, and among too many nothing is concluded', async () => {
    graph.publishScript = ['accept-then-reset'];
    const { id, message } = await plannedPost(house);
    await house.drain();
    const crowd = (n: number) => {
      for (let k = 0; k < n; k++)
        graph.ledger.push({
          id: `${PAGE}_9${graph.ledger.length}`,
          message: `tin ${k}`,
          at: house.clock.now(),
          from: '42',
        });
    };
    crowd(350);
    await town.pass(3);
    expect(await postRow(house, id)).toMatchObject({ state: 'published', externalId: graph.accepted(message)[0]?.id });
    graph.publishScript = ['accept-then-reset'];
    const lost = await plannedPost(house);
    await house.drain();
    crowd(2500);
    await town.pass(20);
    expect(await postRow(house, lost.id)).toMatchObject({ state: 'unknown', attempt: 1 });
    expect(graph.accepted(lost.message)).toHaveLength(1);
    expect(graph.requests.join('\n')).not.toContain(TOKEN);
    graph.ledger.splice(0, graph.ledger.length, ...graph.ledger.filter(({ from }) => !from));
  });

  it('impatience does not make a second post: pressing "look now" concludes nothing before the page has settled', async () => {
    graph.publishScript = ['accept-then-reset'];
    graph.visibleAfterMs = 5 * MINUTE;
    const { id, message } = await plannedPost(house);
    await town.pass(1);
    const admin = await house.person('page-admin');
    for (let n = 0; n < 4; n++) {
      await admin.post(`/api/posts/${id}/lookup`);
      await house.drain();
    }
    expect((await postRow(house, id)).state).toBe('unknown');
    await town.pass(15);
    expect((await postRow(house, id)).state).toBe('published');
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('two doubtful tries are enough: then it only looks, for a day, and tells', async () => {
    const failed: PostFailed[] = [];
    graph.publishScript = ['hang', 'hang'];
    const { id, message } = await plannedPost(house);
    house.app.get(Events).on(PostFailed, async (event) => void (event.postId === id && failed.push(event)));
    await town.pass(30);
    expect(await postRow(house, id)).toMatchObject({ state: 'unknown', attempt: 2 });
    for (let n = 0; n < 26; n++) {
      house.clock.advance(60 * MINUTE);
      await house.drain();
    }
    expect(await postRow(house, id)).toMatchObject({ state: 'unknown', attempt: 2, leaseUntil: null });
    expect(failed).toHaveLength(1);
    await house.app.get(Posts).retry(robot, id, 'đã xem trang');
    await town.pass(1);
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('"you have posted this already" after a doubtful try leads to looking, not to a refusal', async () => {
    graph.publishScript = ['accept-then-hang', 'error-506'];
    graph.visibleAfterMs = 20 * MINUTE;
    const { id, message } = await plannedPost(house);
    await town.pass(60);
    expect((await postRow(house, id)).state).toBe('published');
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('posts with the same words go one after the other and each finds its own', async () => {
    graph.publishScript = ['accept-then-reset', 'accept-then-html'];
    const a = await plannedPost(house, 'graph', 'Hai bài giống nhau');
    const b = await plannedPost(house, 'graph', 'Hai bài giống nhau');
    expect(a.message).toBe(b.message);
    await town.pass(0);
    const [first, second] = [await postRow(house, a.id), await postRow(house, b.id)];
    expect([first.state, second.state].sort()).toEqual(['scheduled', 'unknown']);
    expect([first.attempt, second.attempt].sort()).toEqual([0, 1]);
    expect(graph.accepted(a.message)).toHaveLength(1);
    await town.pass(40);
    const rows = [await postRow(house, a.id), await postRow(house, b.id)];
    expect(rows.map((one) => one.state)).toEqual(['published', 'published']);
    expect(rows.map((one) => one.externalId).sort()).toEqual(
      graph
        .accepted(a.message)
        .map((one) => one.id)
        .sort(),
    );
  });

  it("a visitor's entry with the same words is not ours", async () => {
    graph.publishScript = ['reset'];
    const { id, message } = await plannedPost(house);
    graph.ledger.push({ id: `${PAGE}_5`, message, at: house.clock.now(), from: '42' });
    await town.pass(30);
    expect((await postRow(house, id)).externalId).toBe(graph.accepted(message)[0]?.id);
    expect((await postRow(house, id)).externalId).not.toBe(`${PAGE}_5`);
  });

  it('with a clock that is wrong by hours nothing is concluded', async () => {
    graph.publishScript = ['accept-then-reset'];
    const { id, message } = await plannedPost(house);
    await town.pass(0);
    town.aheadMs = 3 * 60 * MINUTE;
    await town.pass(30);
    expect((await postRow(house, id)).reason).toContain('Đồng hồ');
    town.aheadMs = 0;
    await town.pass(90);
    expect((await postRow(house, id)).state).toBe('published');
    expect(graph.accepted(message)).toHaveLength(1);
  });
});
