import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Jobs } from '../jobs/jobs.service.js';
import { MayAct } from '../jobs/may-act.service.js';
import { PostLookup } from './post-lookup.service.js';
import { POST_JOB } from './state/post-transitions.js';
import { Post } from './state/post.entity.js';
import { Publisher } from './publisher.service.js';

/**
 * A timer: it wakes and does whatever the post's own row says is due, which may be nothing. Every change that makes
 * something due adds another one in the same transaction.
 */
@Injectable()
export class PublishPostJob implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly publisher: Publisher,
    private readonly lookup: PostLookup,
    private readonly mayAct: MayAct,
  ) {}

  onModuleInit(): void {
    this.jobs.define(POST_JOB, {
      run: ({ payload, signal }) => this.step(String(payload['postId']), signal),
      backoffMs: (attempt) => Math.min(60_000, 1000 * 2 ** Math.min(attempt, 6)),
    });
  }

  /** Throws what `MayAct.require` throws, so that the runner tries again later. */
  async step(postId: string, signal: AbortSignal): Promise<void> {
    this.mayAct.require();
    const post = await this.database.read().findOneBy(Post, { id: postId });
    if (post?.state === 'scheduled') await this.publisher.publish(postId, signal);
    if (post?.state === 'publishing') await this.publisher.recover(postId);
    if (post?.state === 'unknown') await this.lookup.lookUp(postId, signal);
  }
}
