import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { Database } from '../database/database.js';
import { Metrics } from '../http/metrics/metrics.js';
import { Post } from './state/post.entity.js';
import type { PostState } from './state/post.transitions.js';

/**
 * A post that has been due for longer is late: posts of one page leave half a minute apart, and a person needs some
 * minutes.
 */
const LATE_MS = 10 * 60_000;
/** Posts that are due and not published, and posts in doubt. */
const open: readonly PostState[] = ['scheduled', 'publishing', 'awaiting-person', 'unknown'];

/** The metrics of posts in /metrics. */
@Injectable()
export class PostMetrics {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    const help = 'Posts that are due and not known to be out, by state; late: due for more than ten minutes.';
    metrics.gauge('loa_posts_due', help, ['state'], () => this.count(0));
    metrics.gauge('loa_posts_late', help, ['state'], () => this.count(LATE_MS));
  }

  private async count(ms: number) {
    const rows = await this.database
      .read()
      .createQueryBuilder(Post, 'post')
      .select(['post.state AS state', 'COUNT(*) AS count'])
      .where({ state: In([...open]), dueAt: LessThanOrEqual(this.clock.now() - ms) })
      .groupBy('post.state')
      .getRawMany<{ state: PostState; count: number | string }>();
    const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
    return open.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }));
  }
}
