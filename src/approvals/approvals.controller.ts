import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../database/database.js';
import { Roles } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { Approvals, type ContentUnderApproval } from './approvals.service.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const approve = z.strictObject({ contentHash: hash, comment: z.string().max(2000).optional() });
const giveBack = z.strictObject({ contentHash: hash, comment: z.string().max(2000) });

@ApiTags('approvals')
@Controller('api/approvals')
@Roles('approver')
export class ApprovalsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly database: Database,
  ) {}

  /** What waits for a decision, oldest first, each with the hash that a decision must name. */
  @Get()
  async inbox() {
    return (await this.approvals.inbox()).map(show);
  }

  @Get(':versionId')
  async one(@Param('versionId') versionId: string) {
    return show(await this.approvals.content(this.database.read(), versionId));
  }

  /** 403 `own-work`; 409 `content-changed`, `clip-not-ready`, `illegal-move`. */
  @Post(':versionId/approve')
  @HttpCode(200)
  async approve(
    @Me() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: approve }) body: z.infer<typeof approve>,
  ) {
    return { id: await this.approvals.approve(actor, versionId, body.contentHash, body.comment) };
  }

  /** As approve; 422 `comment-needed`. */
  @Post(':versionId/return')
  @HttpCode(200)
  async returnToAuthor(
    @Me() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: giveBack }) body: z.infer<typeof giveBack>,
  ) {
    return { id: await this.approvals.returnToAuthor(actor, versionId, body.contentHash, body.comment) };
  }
}

function show({ version, script, content, hash: contentHash, clips }: ContentUnderApproval) {
  return {
    versionId: version.id,
    scriptId: script.id,
    channelKind: script.channelKind,
    n: version.n,
    state: version.state,
    title: content.title,
    text: content.text,
    contentHash,
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
