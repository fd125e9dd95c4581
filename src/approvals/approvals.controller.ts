import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { In } from 'typeorm';
import { z } from 'zod';
import { DomainError } from '../shared/domain-error.js';
import { isLocalDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Answers } from '../http/api/answers.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { malformed } from '../http/requests/validation.pipe.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { bulletinClasses } from '../campaigns/bulletin-class.js';
import { approvalDecision, approvalInbox, contentForApproval } from './approvals.answers.js';
import { Approvals, contentChanged } from './approvals.service.js';
import type { ClipHearing } from './clip-hearing.entity.js';
import { hasContributed } from './contributions.js';
import { hearingSources } from './decision.js';
import { heardBy } from './hearing.js';
import { Hearings, hearingsOf } from './hearings.service.js';
import type { ContentUnderApproval } from './content-under-approval.js';
import { type Scope, widerScope } from './scope.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const localDate = z.string().refine(isLocalDate, 'YYYY-MM-DD');
const scope = z.strictObject({
  channelCodes: z.array(z.string().max(100)).min(1).max(1000).optional(),
  from: localDate.optional(),
  until: localDate.optional(),
  bulletinClass: z.enum(bulletinClasses).optional(),
});
const approve = z.strictObject({
  contentHash: hash.optional().describe('Of what was seen, where `If-Match` does not name it.'),
  comment: z.string().max(2000).optional(),
  scope: scope.optional().describe('Narrows where, when and as what it may go out.'),
  unheard: z.boolean().default(false).describe('Approves although the caller did not hear the clips to their end.'),
});
const heardClip = z.strictObject({
  clipId: z.string().max(36),
  source: z.enum(hearingSources).default('statement').describe('`player` after it played from beginning to end.'),
});
const giveBack = z.strictObject({ contentHash: hash.optional(), comment: z.string().max(2000) });

@ApiTags('approvals')
@Controller('api/approvals')
@Roles('approver')
export class ApprovalsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly hearings: Hearings,
    private readonly database: Database,
  ) {}

  /** Lists what waits for a decision, oldest first. Each content has the hash that a decision must name. */
  @Get()
  @Answers(approvalInbox)
  async inbox(@CurrentActor() actor: Actor) {
    const contents = await this.approvals.inbox();
    const contributors = await this.approvals.contributions(contents);
    const heard = await hearingsOf(this.database.read(), contents);
    return contents.map((content) => this.shown(actor, content, contributors, heard));
  }

  /**
   * Shows one content with the hash that a decision must name. `contributions` says who did what to it: text, reading,
   * lexicon, clip, recording or submission.
   */
  @Get(':versionId')
  @Answers(contentForApproval, { headers: { ETag: 'The content hash, for `If-Match` of a decision.' } })
  async one(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const content = await this.approvals.content(this.database.read(), versionId);
    reply.header('etag', `"${content.hash}"`);
    const heard = await hearingsOf(this.database.read(), [content]);
    return this.shown(actor, content, await this.approvals.contributions([content]), heard);
  }

  /** Records that the caller heard one clip of a waiting content to its end. A second time changes nothing. */
  @Post(':versionId/heard')
  @HttpCode(204)
  @Answers(null, { errors: { 404: 'not-found', 409: 'illegal-move' } })
  async heard(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: heardClip }) body: z.infer<typeof heardClip>,
  ) {
    await this.hearings.record(actor, versionId, body.clipId, body.source);
  }

  /**
   * Approves the content that was seen. Its hash goes into `If-Match` (412 `content-changed` when there is something else
   * now) or into `contentHash` (409). `scope` narrows where, when and as what it may go out. Sound that the caller has not
   * heard to its end is approved only with `unheard`.
   */
  @Post(':versionId/approve')
  @HttpCode(200)
  @Answers(approvalDecision, {
    errors: {
      403: ['own-work', 'enrolment-needed', 'code-needed', 'waiting-period'],
      409: ['content-changed', 'clip-not-ready', 'illegal-move', 'not-heard'],
      412: 'content-changed',
      422: ['wider-scope', 'hidden-sign'],
    },
  })
  async approve(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: approve }) body: z.infer<typeof approve>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const { comment, scope: asked, unheard } = body;
    const order = { comment, unheard, narrower: asked && (await this.narrower(asked)) };
    return { id: await ifSeen(ifMatch, body, (seen) => this.approvals.approve(actor, versionId, seen, order)) };
  }

  /** Returns the content to its author with a comment. The hash is named as in an approval. */
  @Post(':versionId/return')
  @HttpCode(200)
  @Answers(approvalDecision, {
    errors: {
      403: ['own-work', 'enrolment-needed', 'code-needed', 'waiting-period'],
      409: ['content-changed', 'clip-not-ready', 'illegal-move'],
      412: 'content-changed',
      422: 'comment-needed',
    },
  })
  async returnToAuthor(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: giveBack }) body: z.infer<typeof giveBack>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const giveItBack = (seen: string) => this.approvals.returnToAuthor(actor, versionId, seen, body.comment);
    return { id: await ifSeen(ifMatch, body, giveItBack) };
  }

  private shown(
    { accountId }: Actor,
    content: ContentUnderApproval,
    contributors: Awaited<ReturnType<Approvals['contributions']>>,
    heard: readonly ClipHearing[],
  ) {
    const contributions = contributors.get(content.version.id) ?? [];
    const mayDecide = content.version.state === 'submitted' && !hasContributed(contributions, accountId);
    const hearings = heard
      .filter(({ clipId }) => content.clips.some(({ id }) => id === clipId))
      .map(({ clipId, accountId: by, source, heardAt }) => ({ clipId, accountId: by, source, heardAt }));
    return {
      ...show(content),
      contributions,
      hearings,
      heard: heardBy(content, heard, accountId).heard,
      mayDecide,
    };
  }

  private async narrower({ channelCodes, ...rest }: z.infer<typeof scope>): Promise<Partial<Scope>> {
    const narrower: Partial<Scope> = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined),
    );
    if (!channelCodes) return narrower;
    const channels = await this.database.read().findBy(Channel, { code: In(channelCodes) });
    if (channels.length !== new Set(channelCodes).size) throw widerScope('channelIds');
    return { ...narrower, channelIds: channels.map(({ id }) => id).sort() };
  }
}

/** Runs `work` with the hash that was seen: from `If-Match`, whose loser gets 412, or from the body, whose loser gets 409. */
async function ifSeen(
  ifMatch: string | undefined,
  body: { contentHash?: string },
  work: (seen: string) => Promise<string>,
): Promise<string> {
  if (ifMatch === undefined) {
    if (body.contentHash !== undefined) return work(body.contentHash);
    throw malformed([{ path: ['contentHash'], message: 'needed, here or as If-Match' }]);
  }
  const seen = /^(?:W\/)?"([0-9a-f]{64})"$/.exec(ifMatch.trim())?.[1];
  if (seen === undefined || (body.contentHash !== undefined && body.contentHash !== seen))
    throw contentChanged('stale');
  return work(seen).catch((error: unknown) => {
    throw error instanceof DomainError && error.code === 'content-changed' ? contentChanged('stale') : error;
  });
}

function show({ version, script, content, hash: contentHash, scope: proposed, clips }: ContentUnderApproval) {
  return {
    versionId: version.id,
    scriptId: script.id,
    channelKind: script.channelKind,
    n: version.n,
    state: version.state,
    title: content.title,
    text: content.text,
    contentHash,
    scope: proposed,
    clips: clips.map(({ id, profile, spoken, sha256, durationMs, engine, integratedLufs, truePeakDbtp }) => ({
      id,
      profile,
      spoken,
      sha256,
      durationMs,
      engine,
      integratedLufs,
      truePeakDbtp,
    })),
  };
}
