import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../http/requests/route-access.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { ImageForms } from './images/image-forms.js';
import { PostHeartbeat } from './post-heartbeat.service.js';
import { PostImages } from './images/post-images.service.js';
import { PostPauses } from './post-pauses.service.js';

const id = z.string().min(1).max(36);
const code = z.string().min(1).max(100);
const why = z.strictObject({ reason: z.string().max(500) });
/** `v` is no more than the name of this very picture, so that a new one is not mistaken for the one that a browser keeps. */
const download = z.strictObject({ download: z.literal('1').optional(), v: id.optional() });

@ApiTags('posts')
@Controller('api')
@Roles('page-admin')
export class FanpageController {
  constructor(
    private readonly pauses: PostPauses,
    private readonly heartbeat: PostHeartbeat,
    private readonly images: PostImages,
    private readonly imageForms: ImageForms,
  ) {}

  /** `at`: the last sign of life of whoever posts, milliseconds; null when there never was one. `late`: older than two minutes. */
  @Get('fanpage/heartbeat')
  @Roles('page-admin', 'editor')
  async beat() {
    return (await this.heartbeat.last()) ?? { at: null, late: true };
  }

  /** Stops the machine from posting on one fanpage. 404; 409 `already-so`; 422 `needs-reason`, `not-a-fanpage`. */
  @Post('fanpage/:channelCode/pause')
  @UsesReserve()
  @HttpCode(204)
  async pause(
    @CurrentActor() actor: Actor,
    @Param('channelCode', { schema: code }) channelCode: string,
    @Body({ schema: why }) body: z.infer<typeof why>,
  ) {
    await this.pauses.throwSwitch(actor, channelCode, true, body.reason);
  }

  /** Lets it post again. The same refusals. */
  @Post('fanpage/:channelCode/resume')
  @HttpCode(204)
  async resume(
    @CurrentActor() actor: Actor,
    @Param('channelCode', { schema: code }) channelCode: string,
    @Body({ schema: why }) body: z.infer<typeof why>,
  ) {
    await this.pauses.throwSwitch(actor, channelCode, false, body.reason);
  }

  /** The picture of a post by hand; `?download=1` to keep. 404. */
  @Get('posts/:id/image')
  @Roles('page-admin', 'editor')
  async image(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) postId: string,
    @Query({ schema: download }) query: z.infer<typeof download>,
    @Res() reply: FastifyReply,
  ) {
    const { kind, data } = await this.images.bytes(actor, postId);
    const name = `bai-dang-${postId.slice(0, 8)}.${kind === 'image/png' ? 'png' : 'jpg'}`;
    reply.header('content-disposition', `${query.download ? 'attachment' : 'inline'}; filename="${name}"`);
    await reply.header('cache-control', 'private, no-cache').type(kind).send(data);
  }

  /**
   * A JPEG or PNG of at most 3 MB as the file of a multipart form, `alt` before it, the token in the header `x-csrf-token`.
   * 400 `no-file`; 404; 409 `by-hand-only`, `illegal-move`; 413; 422 `not-an-image`, `needs-alt`; 429 `too-many-receptions`; 503 `receptions-full`, `no-room`.
   */
  @Put('posts/:id/image')
  @HttpCode(204)
  @ApiConsumes('multipart/form-data')
  async putImage(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) postId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { bytes, alt } = await this.imageForms.receive(actor, request, reply);
    await this.images.put(actor, postId, bytes, alt);
  }

  /** 404; 409. */
  @Delete('posts/:id/image')
  @HttpCode(204)
  async removeImage(@CurrentActor() actor: Actor, @Param('id', { schema: id }) postId: string) {
    await this.images.remove(actor, postId);
  }
}
