import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { In } from 'typeorm';
import { Post } from '../../src/posts/state/post.entity.js';
import { AsRun } from '../../src/proof/as-run.entity.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { Script } from '../../src/scripts/script.entity.js';
import { faults, numbers } from '../support/chaos/faults.js';
import { ChaosTown } from '../support/chaos/town.js';
import { ChaosWork } from '../support/chaos/work.js';
import { withRows } from '../support/killed-server.js';
import { runLoa, until } from '../support/serve-process.js';
import { onPostgres } from '../support/test-database.js';

/** A short form for every run of the tests; `npm run chaos` sets more. */
const SECONDS = Number(process.env['LOA_CHAOS_SECONDS'] ?? 30);
const SEED = Number(process.env['LOA_CHAOS_SEED'] ?? 20261130);
const SET_UP_MS = 240_000;
/** The pace of a page lets one post out in half a minute, after the first few. */
const POSTS = 3 + Math.ceil(SECONDS / 30);
const AFTER_MS = 90_000;

describe(`a house under attack, on ${onPostgres ? 'PostgreSQL' : 'SQLite'}`, () => {
  let town: ChaosTown;
  let work: ChaosWork;
  const counts = new Map<string, { times: number; worstRecoveryMs: number }>();

  beforeAll(async () => {
    town = await ChaosTown.open();
    work = new ChaosWork(town);
    await work.prepare(POSTS, SECONDS);
  }, SET_UP_MS);
  afterAll(() => town.close());

  it(
    'keeps what it said it keeps, posts nothing twice, settles nothing early, and is well again within a minute',
    async () => {
      const random = numbers(SEED);
      const possible = faults.filter((fault) => fault.isPossible?.(town) ?? true);
      work.begin();
      const over = performance.now() + SECONDS * 1000;
      // Each kind of fault once, then at random.
      for (let n = 0; n < possible.length || performance.now() < over; n++) {
        const fault = possible[n] ?? possible[Math.floor(random() * possible.length)]!;
        await fault.run(town, random);
        const recovered = await town.recovered();
        const count = counts.get(fault.name) ?? { times: 0, worstRecoveryMs: 0 };
        counts.set(fault.name, {
          times: count.times + 1,
          worstRecoveryMs: Math.max(count.worstRecoveryMs, Math.round(recovered)),
        });
        await pause(500 + random() * 2_500);
      }
      town.graph.publishScript = [];
      await work.end();
      // Claims of a dead server wait for the end of its lease, and the pace of the page for half a minute.
      await until(() => town.graph.ledger.length > 0, AFTER_MS, 'no post goes out');
      const found = await gather();
      report(found);
      expect(found).toMatchObject({
        lostScripts: [],
        scriptsTwice: [],
        lostReports: 0,
        reportsTwice: 0,
        postsTwice: [],
        publishedNotOut: [],
        settledEarly: 0,
        audit: 0,
        wrongAnswers: [],
      });
      expect(found.scripts).toBeGreaterThan(5);
      expect(found.reports).toBeGreaterThan(5);
      expect(found.postsOut).toBeGreaterThan(0);
    },
    SET_UP_MS + SECONDS * 1000 * 3 + AFTER_MS,
  );

  async function gather() {
    const audit = await runLoa(town.rowsPlace, ['audit', 'verify']);
    return withRows(town.rowsPlace, async (database) => {
      const em = database.read();
      const titles = (await em.find(Script, { select: { title: true } })).map(({ title }) => title);
      const runs = await em.find(AsRun);
      const posts = await em.findBy(Post, { scriptVersionId: In(work.posts) });
      const out = town.graph.ledger.map(({ message }) => message);
      const coming = await em.findBy(Slot, { id: In(work.comingSlots) });
      return {
        scripts: work.acknowledged.size,
        lostScripts: [...work.acknowledged.keys()].filter((title) => !titles.includes(title)),
        scriptsTwice: titles.filter((title, n) => title.startsWith('Bài ') && titles.indexOf(title) !== n),
        reports: work.reported.reduce((sum, n) => sum + n, 0),
        lostReports: work.reported.reduce((sum, n) => sum + n, 0) - runs.filter(work.isAcknowledged).length,
        reportsTwice: runs.length - new Set(runs.map(({ stationId, sequence }) => `${stationId} ${sequence}`)).size,
        postsOrdered: work.posts.length,
        postsOut: out.length,
        postsTwice: out.filter((message, n) => out.indexOf(message) !== n),
        publishedNotOut: posts.filter(({ state, message }) => state === 'published' && !out.includes(message)),
        settledEarly: coming.filter(({ state }) => state !== 'planned').length,
        audit: audit.code,
        auditSaid: audit.code === 0 ? '' : audit.err,
        answers: Object.fromEntries([...work.statuses].sort()),
        wrongAnswers: work.wrong,
      };
    });
  }

  /** Printed for a long run. */
  function report(found: object): void {
    const file = process.env['LOA_CHAOS_REPORT'];
    if (!file) return;
    const all = { database: onPostgres ? 'PostgreSQL' : 'SQLite', seconds: SECONDS, seed: SEED };
    writeFileSync(file, `${JSON.stringify({ ...all, faults: Object.fromEntries(counts), ...found }, null, 2)}\n`);
  }
});
