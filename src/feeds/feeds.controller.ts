import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { notFound } from '../shared/domain-error.js';
import { PUBLIC_SECONDS } from '../http/requests/caching.js';
import { Answers, file } from '../http/api/answers.js';
import { Public } from '../people/access/access.js';
import { requestAddress } from '../people/access/request-address.js';
import { ToolchainService } from '../audio/render/toolchain.service.js';
import { matchesEtag } from '../http/requests/conditional.js';
import { sendClip } from '../playlists/send-clip.js';
import { type FeedBytes, FeedCache, type FeedFormat } from './feed-cache.service.js';
import { Feeds } from './feeds.service.js';
import { clipFile, clipHeaders } from '../playlists/playlists.answers.js';

@ApiTags('feeds')
@Controller('feeds')
@Public()
export class FeedsController {
  constructor(
    private readonly feeds: Feeds,
    private readonly cache: FeedCache,
    private readonly toolchain: ToolchainService,
    private readonly config: Config,
  ) {}

  /**
   * Downloads a sound that some feed names, whole or one range of it. The file is `<sha256>.mp3`. Every other is 404, also
   * one whose approval was taken back.
   */
  @Get('clips/:file')
  @Answers(clipFile, { headers: clipHeaders, errors: { 416: 'range-not-satisfiable' } })
  async clip(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, hash] = /^([0-9a-f]{64})\.mp3$/.exec(file) ?? [];
    if (hash === undefined || !(await this.feeds.isPublic(hash))) throw notFound();
    await sendClip(forEverybody(reply), request, await this.toolchain.store.find(hash));
  }

  /** Shows the RSS 2.0 feed of one ward. The code is that of its website channel or its own. */
  @Get(':code/rss.xml')
  @Answers(file('application/rss+xml'), { headers: { ETag: 'Of the bytes.' } })
  async rss(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await send(
      reply,
      request,
      'application/rss+xml; charset=utf-8',
      await this.feed(request, code, 'rss'),
      this.config,
    );
  }

  /** Shows the JSON Feed 1.1 of one ward. It says the same as the RSS. */
  @Get(':code/feed.json')
  @Answers(file('application/feed+json'), { headers: { ETag: 'Of the bytes.' } })
  async json(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await send(
      reply,
      request,
      'application/feed+json; charset=utf-8',
      await this.feed(request, code, 'json'),
      this.config,
    );
  }

  private feed(request: FastifyRequest, code: string, format: FeedFormat): Promise<FeedBytes> {
    return this.cache.get(requestAddress(request, this.config), code, format);
  }
}

/** Made to be shown on other sites: their scripts may read it and their players may play it. */
function forEverybody(reply: FastifyReply): FastifyReply {
  reply.header('cache-control', `public, max-age=${PUBLIC_SECONDS}`);
  return reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
}

/** A cache between us and others keeps only what does not come from the host that somebody named. */
async function send(
  reply: FastifyReply,
  request: FastifyRequest,
  type: string,
  feed: FeedBytes,
  { publicUrl }: Config,
): Promise<void> {
  forEverybody(reply).header('etag', feed.etag);
  if (!publicUrl) reply.header('cache-control', `private, max-age=${PUBLIC_SECONDS}`);
  if (matchesEtag(request.headers['if-none-match'], feed.etag)) {
    await reply.code(304).send(request.method === 'HEAD' ? Readable.from([]) : undefined);
    return;
  }
  await reply.type(type).send(feed.body);
}
