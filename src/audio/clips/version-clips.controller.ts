import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../../shared/domain-error.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { Limited } from '../../http/limits/limits.js';
import { Answers } from '../../http/api/answers.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { clipOrderSchema } from './clip-form.js';
import { showClip, waveformOf } from './clip-view.js';
import { Clips } from './clips.service.js';
import { RENDER_CLIP } from './render-clip.job.js';
import { clipList, clipWaveform, requestedClips } from './version-clips.answers.js';

/** Nothing at all is a plain clip. */
const orderBody = z.preprocess((body) => body ?? {}, clipOrderSchema);
const why = z.string().trim().max(500);
const stopQuery = z.strictObject({ reason: why.default('') });
const retryBody = z.strictObject({ reason: why.min(1) });

@ApiTags('audio')
@Controller('api/versions/:versionId/clips')
@Roles('editor', 'approver', 'admin')
export class VersionClipsController {
  constructor(
    private readonly clips: Clips,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Lists the clips of a script version. With what was measured on the delivered file beside what was aimed at, who read each
   * sentence, and, while it is being made, the stage and the percentage.
   */
  @Get()
  @Answers(clipList)
  async list(@Param('versionId') versionId: string) {
    const clips = await this.clips.ofVersion(versionId);
    return Promise.all(clips.map(async (clip) => showClip(clip, await this.jobs.find(RENDER_CLIP, clip.id))));
  }

  /**
   * Requests the clips of a script version that are missing. Equal inputs are answered with the clip that is there. `repeat`
   * has all read twice with "Xin nhắc lại." between; `bed` puts music under it where the profile may have any (FM and web);
   * `web` makes one more for websites and fanpages. 422 `clip-too-long`: more than 60 minutes; `details.clipSeconds` is the
   * estimate.
   */
  @Post()
  @Limited('render')
  @Roles('editor')
  @HttpCode(202)
  @Answers(requestedClips, {
    errors: {
      409: 'version-superseded',
      422: ['no-sound', 'reading-undecided', 'clip-too-long', 'nothing-to-say'],
      503: 'no-room',
    },
  })
  async request(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Body({ schema: orderBody }) form: z.infer<typeof orderBody>,
  ) {
    return { clipIds: await this.clips.request(actor, versionId, form) };
  }

  /** Shows the waveform of a finished clip, for a player. 404 when it is not finished. */
  @Get(':clipId/peaks')
  @Answers(clipWaveform)
  async peaks(@Param('versionId') versionId: string, @Param('clipId') clipId: string) {
    const waveform = waveformOf(await this.clips.one(versionId, clipId));
    if (!waveform) throw notFound();
    return waveform;
  }

  /** Makes a failed clip again. The reason goes to the audit. */
  @Post(':clipId/retry')
  @Limited('render')
  @Roles('editor')
  @HttpCode(202)
  @Answers(requestedClips, { errors: { 409: 'clip-not-failed', 422: 'upload-lost', 503: 'no-room' } })
  async retry(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Param('clipId') clipId: string,
    @Body({ schema: retryBody }) { reason }: z.infer<typeof retryBody>,
  ) {
    await this.clips.retry(actor, versionId, clipId, reason);
    return { clipIds: [clipId] };
  }

  /** Stops the making of a clip, with a reason if one is given. It can be asked for again. 404 when it is not being made. */
  @Delete(':clipId')
  @Roles('editor')
  @HttpCode(204)
  @Answers(null)
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Param('clipId') clipId: string,
    @Query({ schema: stopQuery }) { reason }: z.infer<typeof stopQuery>,
  ): Promise<void> {
    if (!(await this.clips.cancel(actor, versionId, clipId, reason))) throw notFound();
  }
}
