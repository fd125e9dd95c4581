import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../shared/clock.js';
import { isLocalTime } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { notFound } from '../shared/domain-error.js';
import { Limited } from '../http/limits/limits.js';
import { Answers, file } from '../http/api/answers.js';
import { Public, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { ToolchainService } from '../audio/render/toolchain.service.js';
import { Channels } from '../channels/channels.service.js';
import { pathCode } from '../schedule/slots/request-fields.js';
import type { DayPlaylist, PlaylistFormat } from './formats/day-playlist.js';
import { baseUrl } from './base-url.js';
import { sessionPart } from './formats/session-part.js';
import { dayFiles, zipOf } from './formats/day-zip.js';
import type { PlaylistDocument } from './formats/playlist-document.js';
import { PlaylistKey } from './playlist-key.service.js';
import { PlaylistSender } from './playlist-sender.service.js';
import { playlistFile, playlistHeaders } from './playlists.answers.js';
import { Playlists } from './playlists.service.js';

const localTime = z.string().refine(isLocalTime, 'HH:MM').optional();
const part = z.strictObject({ from: localTime, until: localTime });

@ApiTags('playlists')
@Controller('api')
export class PlaylistsController {
  constructor(
    private readonly playlists: Playlists,
    private readonly sender: PlaylistSender,
    private readonly channels: Channels,
    private readonly key: PlaylistKey,
    private readonly toolchain: ToolchainService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Downloads all that a channel plays on one local day. The file is `<YYYY-MM-DD>.json`, `.m3u8`, `.xspf` or `.zip`. The
   * JSON is signed in `x-loa-signature`. The zip has the clips themselves beside a list with their names. With `from` and
   * `until` (HH:MM on the clocks of the channel) `.m3u8` and `.xspf` hold what begins in between, one session for instance.
   */
  @Get('channels/:code/playlists/:file')
  @Limited('export')
  @SignedIn()
  @Answers(playlistFile, { headers: playlistHeaders })
  async playlist(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('file') file: string,
    @Query({ schema: part }) { from, until }: z.infer<typeof part>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, date, format] = /^(\d{4}-\d{2}-\d{2})\.(json|m3u8|xspf|zip)$/.exec(file) ?? [];
    if (date === undefined || format === undefined) throw notFound();
    const channel = await this.channels.forActor(actor, pathCode(code));
    const playlist = await this.playlists.day(channel.id, date);
    if (format === 'zip') await this.sendZip(reply, playlist);
    else {
      const session = from !== undefined && until !== undefined && format !== 'json' ? { from, until } : null;
      const list = session ? sessionPart(playlist, session, baseUrl(this.config)) : playlist;
      await this.sender.send(reply, request, list, format as PlaylistFormat);
    }
  }

  /** Shows the public key that checks the signatures of playlists. It is an Ed25519 key, SPKI in PEM. */
  @Get('playlist-key')
  @Public()
  @Answers(file('text/plain'))
  async publicKey(@Res() reply: FastifyReply): Promise<void> {
    await reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(this.key.publicPem);
  }

  /** Every file is looked for before the first byte goes out: an archive that breaks off halfway helps nobody. 404 then. */
  private async sendZip(reply: FastifyReply, playlist: DayPlaylist): Promise<void> {
    const day = JSON.parse(playlist.json) as PlaylistDocument;
    // Station calls are let go a month after their day, which still can be taken home without them.
    const calls = new Set(day.items.flatMap((item) => (item.kind === 'clip' && item.words ? [item.sha256] : [])));
    const gone = new Set<string>();
    for (const sha256 of calls) await this.toolchain.store.find(sha256).catch(() => gone.add(sha256));
    const files = dayFiles(day).filter((file) => !('sha256' in file && gone.has(file.sha256)));
    for (const file of files) if ('sha256' in file) await this.toolchain.store.find(file.sha256);
    const name = `${playlist.channelCode}-${playlist.date}.zip`;
    reply.headers({ 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store' });
    const body = zipOf(files, new Date(this.clock.now()), (sha256) => this.toolchain.store.read(sha256));
    await reply.type('application/zip').send(body);
  }
}
