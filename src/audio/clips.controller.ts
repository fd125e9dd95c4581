import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { notFound } from '../shared/domain-error.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Roles } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import type { Clip } from './clip.entity.js';
import { Clips } from './clips.service.js';
import { RENDER_CLIP } from './render-clip.job.js';

@ApiTags('audio')
@Controller('api/versions/:versionId/clips')
@Roles('editor', 'approver', 'admin')
export class VersionClipsController {
  constructor(
    private readonly clips: Clips,
    private readonly jobs: Jobs,
  ) {}

  /** State, figures and, while it is being made, the stage and the percentage. Durations in ms. */
  @Get()
  async list(@Param('versionId') versionId: string) {
    const clips = await this.clips.ofVersion(versionId);
    return Promise.all(clips.map(async (clip) => show(clip, await this.jobs.find(RENDER_CLIP, clip.id))));
  }

  /** Asks for what is missing; equal inputs are answered with the clip that is there. 404; 422 `no-sound`, `reading-undecided`. */
  @Post()
  @Roles('editor')
  @HttpCode(202)
  async request(@Me() actor: Actor, @Param('versionId') versionId: string) {
    return { clipIds: await this.clips.request(actor, versionId) };
  }

  /** Stops the making of a clip; it can be asked for again. */
  @Delete(':clipId')
  @Roles('editor')
  @HttpCode(204)
  async cancel(
    @Me() actor: Actor,
    @Param('versionId') versionId: string,
    @Param('clipId') clipId: string,
  ): Promise<void> {
    if (!(await this.clips.cancel(actor, versionId, clipId))) throw notFound();
  }
}

function show(clip: Clip, job: { stage: string | null; percent: number } | null) {
  const {
    id,
    profile,
    state,
    spoken,
    sha256,
    bytes,
    durationMs,
    integratedLufs,
    truePeakDbtp,
    engine,
    sentences,
    reason,
  } = clip;
  const progress =
    state === 'waiting' ? { stage: job?.stage ?? 'Đang chờ đến lượt', percent: job?.percent ?? 0 } : null;
  return {
    id,
    profile,
    state,
    progress,
    spoken,
    sha256,
    bytes,
    durationMs,
    integratedLufs,
    truePeakDbtp,
    engine,
    sentences,
    reason,
  };
}
