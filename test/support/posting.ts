import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../src/database/database.js';
import { JobClaims } from '../../src/jobs/job-claims.js';
import { JobRunner } from '../../src/jobs/job-runner.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { type Actor, systemActor } from '../../src/people/access/actor.js';
import { GraphAdapter } from '../../src/posts/graph/graph.adapter.js';
import type { PostAdapterName } from '../../src/posts/graph/post-adapter.port.js';
import { Post } from '../../src/posts/state/post.entity.js';
import { PostPause } from '../../src/posts/post-pause.entity.js';
import { PostPauses } from '../../src/posts/post-pauses.service.js';
import { Posts } from '../../src/posts/posts.service.js';
import { FixedClock } from '../../src/shared/clock.js';
import { FakeGraph } from '../fakes/graph.server.js';
import { approvedClip } from './approved-clip.js';
import { type House, openHouse } from './house.js';
import { testDatabase } from './test-database.js';

export const PAGE = '100064';
export const TOKEN = 'EAAGsecretPageToken0123456789';
export const FANPAGE = 'fanpage-thanh-pho';
export const MINUTE = 60_000;
export const robot: Actor = systemActor('thử nghiệm');

/** A post as the API shows it. */
export interface ShownPost {
  id: string;
  state: string;
  reason: string | null;
  permalink: string | null;
  externalId: string | null;
  attempt: number;
  attempts: { kind: string; outcome: string | null; detail: string | null }[];
}

let titles = 0;

/** An approved text for the fanpage, different from any other unless a title is given. */
export function fanpageText(house: House, title = `Cài đặt Bluezone lần ${++titles}`) {
  return approvedClip(house, { channelKind: 'fanpage', seconds: 1, title });
}

/** A post that is due now. */
export async function plannedPost(house: House, adapter: PostAdapterName = 'graph', title?: string) {
  const { campaignId, versionId } = await fanpageText(house, title);
  const dueAt = house.clock.now();
  const order = { campaignId, versionId, channelCode: FANPAGE, dueAt, adapter };
  const id = await house.app.get(Posts).schedule(robot, order);
  return { id, versionId, campaignId, message: (await postRow(house, id)).message };
}

export function postRow(house: House, id: string): Promise<Post> {
  return house.app.get(Database).read().findOneByOrFail(Post, { id });
}

/** An installation that posts to a fake Facebook, and can be closed and opened again on the same rows. */
export class PostingTown {
  house!: House;
  /** The lead of Facebook's clock over ours. */
  aheadMs = 0;

  private constructor(
    readonly graph: FakeGraph,
    private readonly dir: string,
    private readonly database: { url: string | undefined; drop: () => Promise<void> },
  ) {}

  static async open(): Promise<PostingTown> {
    const now = () => town.house.clock.now() + town.aheadMs;
    const graph = await FakeGraph.open({ pageId: PAGE, token: TOKEN, now });
    const town = new PostingTown(graph, mkdtempSync(join(tmpdir(), 'loa-posts-')), await testDatabase());
    town.house = await town.another();
    return town;
  }

  async close(): Promise<void> {
    await this.house.close();
    await this.graph.close();
    await this.database.drop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async calm(): Promise<void> {
    this.graph.publishScript = [];
    this.graph.feedScript = [];
    this.graph.visibleAfterMs = 0;
    this.aheadMs = 0;
    // The pace of the page: posts of the test before delay nothing.
    this.house.clock.advance(MINUTE);
    await this.resume();
  }

  /** A person resumes a page that Graph has closed (a dead key, a block). */
  async resume(): Promise<void> {
    const { app } = this.house;
    const paused = await app.get(Database).read().existsBy(PostPause, { paused: true });
    if (paused) await app.get(PostPauses).throwSwitch(robot, FANPAGE, false, 'đã thay khóa');
  }

  /** Closes the open application and opens it again `ms` later. */
  async reopen(ms: number): Promise<void> {
    const at = this.house.clock.now() + ms;
    await this.house.close();
    this.house = await this.another();
    this.house.clock.set(at);
  }

  /** Lets `minutes` pass, polling once a minute as the running application would. */
  async pass(minutes: number, house = this.house): Promise<void> {
    for (let n = 0; n < minutes; n++) {
      await house.drain();
      await this.graph.settled();
      house.clock.advance(MINUTE);
    }
    await house.drain();
  }

  /** Resolves when the page has accepted a post with these words. */
  async taken(message: string): Promise<void> {
    for (let n = 0; this.graph.accepted(message).length === 0; n++) {
      if (n > 500) throw new Error('nothing was sent');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /**
   * Another worker on the same rows: a whole second application, or, because one process owns a SQLite file, a second
   * runner in it.
   */
  async secondRunner(): Promise<Pick<House, 'drain' | 'clock' | 'close'>> {
    if (this.database.url) return this.another();
    const { app } = this.house;
    const clock = new FixedClock(this.house.clock.now());
    const runner = new JobRunner(app.get(Jobs), app.get(JobClaims), app.get(Database), clock);
    return { drain: () => runner.drain(), clock, close: async () => undefined };
  }

  private async another(): Promise<House> {
    const env = {
      LOA_GRAPH_URL: this.graph.url,
      LOA_PAGE_ID: PAGE,
      LOA_PAGE_TOKEN: TOKEN,
      LOA_DATABASE_URL: this.database.url ?? `sqlite:${join(this.dir, 'loa.sqlite')}`,
    };
    const house = await openHouse({ dir: this.dir, env });
    house.app.get(GraphAdapter).limits.timeoutMs = 1000;
    return house;
  }
}
