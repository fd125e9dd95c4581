import fc from 'fast-check';
import { Database } from '../../src/database/database.js';
import { ClockWatch } from '../../src/jobs/clock-watch.service.js';
import { JobRunner } from '../../src/jobs/job-runner.js';
import { GraphAdapter } from '../../src/posts/graph/graph.adapter.js';
import { PostLookup } from '../../src/posts/post-lookup.service.js';
import { Posts } from '../../src/posts/posts.service.js';
import { Publisher } from '../../src/posts/publisher.service.js';
import { type FakeGraph, type FeedFault, feedFaults, publishFaults } from '../fakes/graph.server.js';
import type { House } from '../support/house.js';
import { MINUTE, plannedPost, PostingTown, postRow, robot } from '../support/posting.js';
import { onPostgres } from '../support/test-database.js';

describe('a post is never out twice', () => {
  let town: PostingTown;
  let graph: FakeGraph;
  let house: House;
  beforeAll(async () => {
    town = await PostingTown.open();
    ({ graph, house } = town);
  });
  beforeEach(() => town.calm());
  afterAll(() => town.close());

  it('a house that dies between sending and writing finds its post when it opens again', async () => {
    graph.publishScript = ['accept-then-hang'];
    house.app.get(GraphAdapter).limits.timeoutMs = 2000;
    const { id, message } = await plannedPost(house);
    const dying = house.drain().catch(() => undefined);
    await town.taken(message);
    house.app.useLogger(false);
    await house.app.get(Database).close();
    await dying;
    await town.reopen(MINUTE);
    house = town.house;
    expect((await postRow(house, id)).state).toBe('publishing');
    await town.pass(1);
    expect((await postRow(house, id)).state).toBe('publishing');
    await town.pass(10);
    const entry = graph.accepted(message)[0];
    expect(await postRow(house, id)).toMatchObject({ state: 'published', externalId: entry?.id, attempt: 1 });
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('a house that is shut down in the middle of a call does not send again', async () => {
    graph.publishScript = ['accept-then-hang'];
    house.app.get(GraphAdapter).limits.timeoutMs = 5000;
    const { id, message } = await plannedPost(house);
    const drained = house.drain();
    await town.taken(message);
    await house.app.get(JobRunner).beforeApplicationShutdown();
    await drained;
    expect((await postRow(house, id)).state).toBe('unknown');
    await town.reopen(0);
    house = town.house;
    await town.pass(5);
    expect((await postRow(house, id)).state).toBe('published');
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('a worker that slept between its claim and its call finds the post taken over, and sends nothing', async () => {
    const { id, message } = await plannedPost(house);
    const publisher = house.app.get(Publisher);
    const claim = await publisher.claim(id);
    if (!claim) throw new Error('nothing was claimed');
    house.clock.advance(4 * MINUTE);
    await town.pass(20);
    expect(await postRow(house, id)).toMatchObject({ state: 'published', attempt: 2 });
    await publisher.deliver(claim, new AbortController().signal);
    expect(graph.accepted(message)).toHaveLength(1);
    expect(await postRow(house, id)).toMatchObject({ state: 'published', attempt: 2 });
  });

  it('a worker whose post was taken over by one with another clock sends nothing, however quick it was', async () => {
    const { id, message } = await plannedPost(house);
    const publisher = house.app.get(Publisher);
    const claim = await publisher.claim(id);
    if (!claim) throw new Error('nothing was claimed');
    for (let n = 0; n < 24; n++) {
      house.clock.jump(MINUTE);
      house.app.get(ClockWatch).look();
      await house.drain();
    }
    house.clock.jump(-24 * MINUTE);
    expect(await postRow(house, id)).toMatchObject({ state: 'published', attempt: 2 });
    await publisher.deliver(claim, new AbortController().signal);
    expect(graph.accepted(message)).toHaveLength(1);
    house.clock.jump(24 * MINUTE);
  });

  // The wall clock stops while a machine is suspended, or is set; the monotonic one counts the lifetime of the process.
  const sleeps: [string, (clock: House['clock']) => void][] = [
    ['slept', (clock) => clock.advance(MINUTE)],
    ['had its clock set forward', (clock) => clock.jump(MINUTE)],
    ['had its clock set back', (clock) => clock.jump(-MINUTE)],
    ['slept and had its clock set back', (clock) => (clock.advance(MINUTE), clock.jump(-MINUTE))],
  ];
  it.each(sleeps)(
    'a worker that %s does not send on its old claim, and the post goes out once',
    async (_how, sleep) => {
      const { id, message } = await plannedPost(house);
      const publisher = house.app.get(Publisher);
      const claim = await publisher.claim(id);
      if (!claim) throw new Error('nothing was claimed');
      sleep(house.clock);
      await publisher.deliver(claim, new AbortController().signal);
      expect(graph.accepted(message)).toHaveLength(0);
      expect(await postRow(house, id)).toMatchObject({ state: 'scheduled', attempt: 1 });
      await town.pass(5);
      expect(graph.accepted(message)).toHaveLength(1);
    },
  );

  it('a lookup whose worker slept says how the page was when it looked, not when it woke up', async () => {
    graph.publishScript = ['accept-then-reset'];
    graph.visibleAfterMs = 5 * MINUTE;
    const { id, message } = await plannedPost(house);
    await town.pass(3);
    expect(await postRow(house, id)).toMatchObject({ state: 'unknown' });
    const lookup = house.app.get(PostLookup);
    for (let n = 0; n < 2; n++) {
      await house.app.get(Posts).lookAgain(robot, id);
      const look = await lookup.claim(id);
      if (!look) throw new Error('nothing to look up');
      const found = await lookup.look(look, new AbortController().signal);
      if (n === 1) house.clock.advance(4 * MINUTE);
      await lookup.record(look, found);
    }
    expect(await postRow(house, id)).toMatchObject({ state: 'unknown', attempt: 1 });
    await town.pass(20);
    expect(graph.accepted(message)).toHaveLength(1);
  });

  it('under any script of faults, deaths and two runners nothing is posted twice, and what is out is known to be out', async () => {
    const rival = await town.secondRunner();
    // Weighted towards faults: accepted without an answer, visible late, looked up early.
    const step = fc.record({
      how: fc.constantFrom('one', 'one', 'one', 'both', 'both', 'die before sending', 'die after sending'),
      minutes: fc.constantFrom(1, 1, 1, 2, 3, 4, 5, 9, 12),
    });
    const silent = publishFaults.filter((fault) => /^(accept-|late)/.test(fault));
    const script = fc.record({
      publish: fc.array(fc.oneof(fc.constantFrom(...silent), fc.constantFrom(...publishFaults)), { maxLength: 4 }),
      feed: fc.array(fc.oneof(fc.constant<FeedFault>('ok'), fc.constantFrom(...feedFaults)), { maxLength: 5 }),
      visibleAfter: fc.constantFrom(0, 1, 2, 3, 4, 5, 5),
      steps: fc.array(step, { minLength: 1, maxLength: 10 }),
    });
    try {
      await fc.assert(
        fc.asyncProperty(script, async ({ publish, feed, visibleAfter, steps }) => {
          rival.clock.set(house.clock.now());
          await town.resume();
          graph.publishScript = [...publish];
          graph.feedScript = [...feed];
          graph.visibleAfterMs = visibleAfter * MINUTE;
          const { id, message } = await plannedPost(house);
          const publisher = house.app.get(Publisher);
          for (const { how, minutes } of steps) {
            if (how.startsWith('die')) {
              const claim = await publisher.claim(id);
              if (claim && how === 'die after sending') await publisher.send(claim, new AbortController().signal);
            } else {
              await Promise.all([house.drain(), how === 'both' ? rival.drain() : undefined]);
            }
            await graph.settled();
            if (graph.accepted(message).length > 1) return false;
            for (const { clock } of [house, rival]) clock.advance(minutes * MINUTE);
          }
          // Then no faults follow, and published posts must be found.
          graph.publishScript = [];
          graph.feedScript = [];
          await town.resume();
          for (let n = 0; n < 20; n++) {
            await Promise.all([house.drain(), rival.drain()]);
            await graph.settled();
            for (const { clock } of [house, rival]) clock.advance(11 * MINUTE);
          }
          const { state, externalId } = await postRow(house, id);
          const taken = graph.accepted(message);
          if (taken.length > 1) return false;
          return taken.length === 1 ? state === 'published' && externalId === taken[0]?.id : state !== 'published';
        }),
        // The scripts are explored on SQLite; a database server adds only the waiting of two runners for each other.
        { numRuns: onPostgres ? 20 : 80 },
      );
    } finally {
      await rival.close();
    }
  }, 300_000);
});
