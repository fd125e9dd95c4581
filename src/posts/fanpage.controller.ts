import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UsesReserve } from '../http/requests/route-access.js';
import { Answers, file } from '../http/api/answers.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { postHeartbeat } from './fanpage.answers.js';
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

  /** Shows the last sign of life of whoever posts. */
  @Get('fanpage/heartbeat')
  @Roles('page-admin', 'editor')
  @Answers(postHeartbeat)
  async beat() {
    const last = await this.heartbeat.last();
    return { at: last?.at ?? null, late: last?.late ?? true };
  }

  /** Stops the machine from posting on one fanpage. */
  @Post('fanpage/:channelCode/pause')
  @UsesReserve()
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'already-so', 422: ['needs-reason', 'not-a-fanpage'] } })
  async pause(
    @CurrentActor() actor: Actor,
    @Param('channelCode', { schema: code }) channelCode: string,
    @Body({ schema: why }) body: z.infer<typeof why>,
  ) {
    await this.pauses.throwSwitch(actor, channelCode, true, body.reason);
  }

  /** Lets the machine post on a fanpage again. */
  @Post('fanpage/:channelCode/resume')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'already-so', 422: ['needs-reason', 'not-a-fanpage'] } })
  async resume(
    @CurrentActor() actor: Actor,
    @Param('channelCode', { schema: code }) channelCode: string,
    @Body({ schema: why }) body: z.infer<typeof why>,
  ) {
    await this.pauses.throwSwitch(actor, channelCode, false, body.reason);
  }

  /**
   * Downloads the picture of a post by hand. `download=1` to keep it as a file; `v` only tells a new picture from one that a
   * browser keeps.
   */
  @Get('posts/:id/image')
  @Roles('page-admin', 'editor')
  @Answers(file('image/jpeg', 'image/png'))
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
   * Adds a picture to a post by hand. A JPEG or PNG of at most 3 MB as the file of a multipart form, the field `alt` before
   * it.
   */
  @Put('posts/:id/image')
  @HttpCode(204)
  @Answers(null, {
    multipart: { alt: 'What the picture shows, for whoever cannot see it.', file: 'The picture.' },
    errors: {
      400: ['no-file', 'cut-off'],
      409: ['by-hand-only', 'illegal-move'],
      413: 'image-too-large',
      422: ['not-an-image', 'needs-alt'],
      429: 'too-many-receptions',
    },
  })
  async putImage(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) postId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { bytes, alt } = await this.imageForms.receive(actor, request, reply);
    await this.images.put(actor, postId, bytes, alt);
  }

  /** Removes the picture of a post by hand. */
  @Delete('posts/:id/image')
  @HttpCode(204)
  @Answers(null, { errors: { 409: ['by-hand-only', 'illegal-move'] } })
  async removeImage(@CurrentActor() actor: Actor, @Param('id', { schema: id }) postId: string) {
    await this.images.remove(actor, postId);
  }
}
