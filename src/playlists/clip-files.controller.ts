import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../shared/domain-error.js';
import { openedByKey } from '../http/requests/caching.js';
import { Answers } from '../http/api/answers.js';
import { Public } from '../people/access/access.js';
import { callerOf, unauthenticated } from '../people/access/request.js';
import { ToolchainService } from '../audio/render/toolchain.service.js';
import { ClipAccess } from './clip-access.service.js';
import { PlaylistKey } from './playlist-key.service.js';
import { clipFile, clipHeaders } from './playlists.answers.js';
import { sendClip } from './send-clip.js';

const query = z.object({ k: z.string().max(100).optional().describe('The key that a playlist gives for this file.') });

@ApiTags('playlists')
@Controller('api/clips')
@Public()
export class ClipFilesController {
  constructor(
    private readonly access: ClipAccess,
    private readonly toolchain: ToolchainService,
    private readonly key: PlaylistKey,
  ) {}

  /**
   * Downloads a clip, whole or one range of it. The file is `<sha256>.mp3`. With the key `k` of a playlist anybody may have
   * it; without it, people who are signed in. An operator gets what his own ward plays; everything else is 404.
   */
  @Get(':file')
  @Answers(clipFile, { headers: clipHeaders, errors: { 401: 'unauthenticated', 416: 'range-not-satisfiable' } })
  async clip(
    @Param('file') file: string,
    @Query({ schema: query }) { k }: z.infer<typeof query>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, sha256] = /^([0-9a-f]{64})\.mp3$/.exec(file) ?? [];
    if (sha256 === undefined) throw notFound();
    if (k === undefined || !this.key.opens(sha256, k)) {
      const caller = callerOf(request);
      if (!caller) throw unauthenticated();
      if (!(await this.access.mayHear(caller.actor, sha256))) throw notFound();
    } else openedByKey(request);
    await sendClip(reply, request, await this.toolchain.store.find(sha256));
  }
}
