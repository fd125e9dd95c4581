import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../shared/domain-error.js';
import { PUBLIC_SECONDS } from '../http/caching.js';
import { Public } from '../people/access.js';
import { StudioService } from '../audio/studio.service.js';
import { matchesEtag } from '../playlists/conditional.js';
import { sendClip } from '../playlists/send-clip.js';
import { type FeedBytes, FeedShelf } from './feed-shelf.service.js';
import { Feeds } from './feeds.service.js';

@ApiTags('feeds')
@Controller('feeds')
@Public()
export class FeedsController {
  constructor(
    private readonly feeds: Feeds,
    private readonly shelf: FeedShelf,
    private readonly studio: StudioService,
  ) {}

  /** A sound that some feed names: `<sha256>.mp3`, whole or one range of it. 404 for every other, also for one whose approval was taken back. */
  @Get('clips/:file')
  async clip(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, hash] = /^([0-9a-f]{64})\.mp3$/.exec(file) ?? [];
    if (hash === undefined || !(await this.feeds.isPublic(hash))) throw notFound();
    await sendClip(forEverybody(reply), request, await this.studio.store.find(hash));
  }

  /** RSS 2.0 of one ward, by the code of its website channel or its own. 304, 404. */
  @Get(':code/rss.xml')
  async rss(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, request, 'application/rss+xml; charset=utf-8', await this.shelf.get(code, 'rss'));
  }

  /** JSON Feed 1.1 of one ward, as the RSS. 304, 404. */
  @Get(':code/feed.json')
  async json(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, request, 'application/feed+json; charset=utf-8', await this.shelf.get(code, 'json'));
  }
}

/** Made to be shown on other sites: their scripts may read it and their players may play it. */
function forEverybody(reply: FastifyReply): FastifyReply {
  reply.header('cache-control', `public, max-age=${PUBLIC_SECONDS}`);
  return reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
}

async function send(reply: FastifyReply, request: FastifyRequest, type: string, feed: FeedBytes): Promise<void> {
  forEverybody(reply).header('etag', feed.etag);
  if (matchesEtag(request.headers['if-none-match'], feed.etag)) {
    await reply.code(304).send(request.method === 'HEAD' ? Readable.from([]) : undefined);
    return;
  }
  await reply.type(type).send(feed.body);
}
