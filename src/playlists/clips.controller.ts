import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../shared/domain-error.js';
import { openedByKey } from '../http/caching.js';
import { Public } from '../people/access.js';
import { callerOf, unauthenticated } from '../people/request.js';
import { StudioService } from '../audio/studio.service.js';
import { ClipAccess } from './clip-access.service.js';
import { PlaylistKey } from './playlist-key.service.js';
import { sendClip } from './send-clip.js';

const query = z.object({ k: z.string().max(100).optional() });

@ApiTags('playlists')
@Controller('api/clips')
@Public()
export class ClipFilesController {
  constructor(
    private readonly access: ClipAccess,
    private readonly studio: StudioService,
    private readonly key: PlaylistKey,
  ) {}

  /**
   * `<sha256>.mp3`, whole or one range of it: with the key `k` of a playlist for anybody, without it for people who are
   * signed in (401 otherwise). An operator gets what his own ward plays; 404 for everything else.
   */
  @Get(':file')
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
    await sendClip(reply, request, await this.studio.store.find(sha256));
  }
}
