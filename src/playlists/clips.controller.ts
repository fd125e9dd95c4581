import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../shared/domain-error.js';
import { SignedIn } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { StudioService } from '../audio/studio.service.js';
import { ClipAccess } from './clip-access.service.js';
import { sendClip } from './send-clip.js';

@ApiTags('playlists')
@Controller('api/clips')
@SignedIn()
export class ClipFilesController {
  constructor(
    private readonly access: ClipAccess,
    private readonly studio: StudioService,
  ) {}

  /** `<sha256>.mp3`, whole or one range of it. An operator gets what his own ward plays; 404 for everything else. */
  @Get(':file')
  async clip(
    @Me() actor: Actor,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, sha256] = /^([0-9a-f]{64})\.mp3$/.exec(file) ?? [];
    if (sha256 === undefined || !(await this.access.mayHear(actor, sha256))) throw notFound();
    await sendClip(reply, request, await this.studio.store.find(sha256));
  }
}
