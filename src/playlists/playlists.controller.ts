import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../shared/domain-error.js';
import { Public, SignedIn } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { Channels } from '../channels/channels.service.js';
import { pathCode } from '../schedule/schedule.dto.js';
import type { PlaylistFormat } from './day-playlist.js';
import { PlaylistKey } from './playlist-key.service.js';
import { Playlists } from './playlists.service.js';
import { sendPlaylist } from './send-playlist.js';

@ApiTags('playlists')
@Controller('api')
export class PlaylistsController {
  constructor(
    private readonly playlists: Playlists,
    private readonly channels: Channels,
    private readonly key: PlaylistKey,
  ) {}

  /**
   * All that a channel plays on one local day: `<YYYY-MM-DD>.json`, `.m3u8` or `.xspf`. Strong ETag and 304; the JSON is signed
   * in `x-loa-signature`. 404, also for a channel of another ward.
   */
  @Get('channels/:code/playlists/:file')
  @SignedIn()
  async playlist(
    @Me() actor: Actor,
    @Param('code') code: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, date, format] = /^(\d{4}-\d{2}-\d{2})\.(json|m3u8|xspf)$/.exec(file) ?? [];
    if (date === undefined || format === undefined) throw notFound();
    const channel = await this.channels.forActor(actor, pathCode(code));
    await sendPlaylist(reply, request, await this.playlists.day(channel.id, date), format as PlaylistFormat);
  }

  /** The Ed25519 key that checks `x-loa-signature`: SPKI in PEM. */
  @Get('playlist-key')
  @Public()
  async publicKey(@Res() reply: FastifyReply): Promise<void> {
    await reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(this.key.publicPem);
  }
}
