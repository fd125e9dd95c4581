import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { UsesReserve } from '../http/requests/route-access.js';
import { Answers } from '../http/api/answers.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { PostList, type ShownPost } from './post-list.service.js';
import { postAdapterNames } from './graph/post-adapter.port.js';
import { postList, postWithAttempts } from './posts.answers.js';
import { postStates } from './state/post.transitions.js';
import { Posts } from './posts.service.js';

const id = z.string().min(1).max(36);
const newPost = z.strictObject({
  campaignId: id,
  channelCode: z.string().min(1).max(100),
  versionId: id,
  dueAt: z.int().min(0).describe('When it ought to be out, milliseconds of UTC.'),
  adapter: z.enum(postAdapterNames).optional().describe('`manual` where it is left out.'),
});
const filter = z.strictObject({ state: z.enum(postStates).optional(), campaignId: id.optional() });
const why = z.strictObject({ reason: z.string().max(500) });
const link = z.strictObject({ permalink: z.string().min(1).max(500) });

@ApiTags('posts')
@Controller('api/posts')
@Roles('page-admin')
export class PostsController {
  constructor(
    private readonly posts: Posts,
    private readonly shown: PostList,
  ) {}

  /** Schedules a post on a fanpage. Scheduled again it is answered as it stands. */
  @Post()
  @Roles('editor', 'page-admin')
  @Answers(postWithAttempts, {
    errors: {
      404: 'not-found',
      409: ['not-approved', 'outside-approval', 'channel-closed', 'campaign-over', 'illegal-move'],
      422: [
        'other-unit',
        'outside-campaign',
        'bad-due-time',
        'graph-not-set-up',
        'message-length',
        'not-a-fanpage',
        'not-for-fanpage',
      ],
    },
  })
  async schedule(@CurrentActor() actor: Actor, @Body({ schema: newPost }) body: z.infer<typeof newPost>) {
    return this.one(actor, await this.posts.schedule(actor, body));
  }

  /** Lists the latest 200 posts by due time, newest first. */
  @Get()
  @Roles('editor', 'page-admin')
  @Answers(postList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    return (await this.shown.list(actor, query)).map(show);
  }

  /** Shows one post with its attempts. */
  @Get(':id')
  @Roles('editor', 'page-admin')
  @Answers(postWithAttempts)
  async one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) postId: string) {
    const found = await this.shown.one(actor, postId);
    const attempts = found.attempts.map(({ n, kind, startedAt, finishedAt, outcome, detail }) => {
      return { n, kind, startedAt, finishedAt, outcome, detail };
    });
    return { ...show(found), attempts };
  }

  /** Cancels a post that is not on its way. 409 `illegal-move` once it is on its way or out. */
  @Post(':id/cancel')
  @UsesReserve()
  @HttpCode(200)
  @Answers(postWithAttempts, { errors: { 409: 'illegal-move' } })
  async cancel(@CurrentActor() actor: Actor, @Param('id', { schema: id }) postId: string) {
    await this.posts.cancel(actor, postId);
    return this.one(actor, postId);
  }

  /** Records where a post stands. For posting by hand, and for what the machine could not do or tell. */
  @Post(':id/permalink')
  @HttpCode(200)
  @Answers(postWithAttempts, { errors: { 409: ['illegal-move', 'permalink-taken'], 422: 'bad-permalink' } })
  async permalink(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) postId: string,
    @Body({ schema: link }) body: z.infer<typeof link>,
  ) {
    await this.posts.confirm(actor, postId, body.permalink);
    return this.one(actor, postId);
  }

  /** Sends a post again that was refused or whose outcome is unknown. A reason is needed. */
  @Post(':id/retry')
  @HttpCode(200)
  @Answers(postWithAttempts, {
    errors: { 409: ['illegal-move', 'not-approved', 'outside-approval', 'channel-closed'], 422: 'needs-reason' },
  })
  async retry(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) postId: string,
    @Body({ schema: why }) body: z.infer<typeof why>,
  ) {
    await this.posts.retry(actor, postId, body.reason);
    return this.one(actor, postId);
  }

  /** Looks for a post on the fanpage at once. The answer is what was known before. */
  @Post(':id/lookup')
  @HttpCode(202)
  @Answers(postWithAttempts, { errors: { 409: 'illegal-move' } })
  async lookUp(@CurrentActor() actor: Actor, @Param('id', { schema: id }) postId: string) {
    await this.posts.lookAgain(actor, postId);
    return this.one(actor, postId);
  }
}

function show({ post, channelCode }: ShownPost) {
  const { id: postId, campaignId, scriptVersionId: versionId, message, adapter, state, attempt, reason } = post;
  const { dueAt, leaseUntil, permalink, externalId, createdAt, publishedAt } = post;
  const what = { id: postId, campaignId, channelCode, versionId, message, adapter, dueAt, state, attempt, reason };
  return { ...what, nextAt: state === 'publishing' ? null : leaseUntil, permalink, externalId, createdAt, publishedAt };
}
