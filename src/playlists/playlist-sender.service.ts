import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Counter } from 'prom-client';
import { Config } from '../config/config.js';
import { Metrics } from '../http/metrics/metrics.js';
import { requestAddress } from '../people/access/request-address.js';
import { matchesEtag } from '../http/requests/conditional.js';
import type { DayPlaylist, PlaylistFormat } from './formats/day-playlist.js';
import { SIGNATURE_HEADER } from './formats/playlist-signature.js';

const types: Record<PlaylistFormat, string> = {
  json: 'application/json; charset=utf-8',
  m3u8: 'audio/mpegurl; charset=utf-8',
  xspf: 'application/xspf+xml; charset=utf-8',
};

/** Sends days of channels to people and stations, and counts them. */
@Injectable()
export class PlaylistSender {
  private readonly served: Counter<'format' | 'status'>;

  constructor(
    metrics: Metrics,
    private readonly config: Config,
  ) {
    this.served = metrics.counter('loa_playlists_served_total', 'Playlists sent; 304: the caller held it.', [
      'format',
      'status',
    ]);
  }

  /**
   * Sends a day with its entity tag; 304 when the caller has it already. The JSON carries `x-loa-signature`, also on a
   * 304, so that stored bytes can be checked again. Files for players have a name, because people save them.
   */
  async send(
    reply: FastifyReply,
    request: FastifyRequest,
    playlist: DayPlaylist,
    format: PlaylistFormat,
  ): Promise<void> {
    const { body, etag } = playlist.sentTo(requestAddress(request, this.config), format);
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (format === 'json') reply.header(SIGNATURE_HEADER, playlist.signature);
    const isHeld = matchesEtag(request.headers['if-none-match'], etag);
    this.served.inc({ format, status: isHeld ? '304' : '200' });
    if (isHeld) {
      await reply.code(304).send(request.method === 'HEAD' ? Readable.from([]) : undefined);
      return;
    }
    if (format !== 'json') {
      const name = `${playlist.channelCode}-${playlist.date}${playlist.part}.${format}`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
    }
    await reply.type(types[format]).send(body);
  }
}
