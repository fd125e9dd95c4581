import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DomainError } from '../../shared/domain-error.js';
import { UsesReserve } from '../../http/access.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { ImageForms } from '../../posts/image-form.js';
import { PostImages } from '../../posts/post-images.service.js';
import { PostPauses } from '../../posts/post-pauses.service.js';
import { Posts } from '../../posts/posts.service.js';
import { channelCode, formLine, rowId } from '../fields.js';
import type { DoneCode } from '../done.js';
import { pick } from '../language/language.js';
import { act, Pages, seeOther, shown } from '../page-frame.js';
import { PostScreen, type TypedPost } from './post-screen.js';

const nothing = z.strictObject({});
const why = z.strictObject({ lydo: formLine(500).default('') });
const link = z.strictObject({ permalink: formLine(500) });

/** What a page admin does: by hand, once more, not at all; and the switch of a page. */
@ApiExcludeController()
@Controller('bai-dang')
@Roles('page-admin')
export class PostActsPage {
  constructor(
    private readonly pages: Pages,
    private readonly posts: Posts,
    private readonly pauses: PostPauses,
    private readonly images: PostImages,
    private readonly imageForms: ImageForms,
    private readonly screen: PostScreen,
  ) {}

  @Post('kenh/:code/tam-dung')
  @UsesReserve()
  async pause(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: why }) { lydo }: z.infer<typeof why>,
  ) {
    await this.throwSwitch(actor, request, reply, code, true, lydo);
  }

  @Post('kenh/:code/dang-tiep')
  async resume(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: why }) { lydo }: z.infer<typeof why>,
  ) {
    await this.throwSwitch(actor, request, reply, code, false, lydo);
  }

  @Post(':id/duong-dan')
  async confirm(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: link }) { permalink }: z.infer<typeof link>,
  ) {
    const work = () => this.posts.confirm(actor, id, permalink);
    await this.act(actor, request, reply, id, 'da-ghi', work, { link: permalink });
  }

  @Post(':id/huy')
  @UsesReserve()
  async cancel(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(actor, request, reply, id, 'da-huy', () => this.posts.cancel(actor, id));
  }

  @Post(':id/dang-lai')
  async retry(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: why }) { lydo }: z.infer<typeof why>,
  ) {
    await this.act(actor, request, reply, id, 'da-hen', () => this.posts.retry(actor, id, lydo), { reason: lydo });
  }

  @Post(':id/tim')
  async look(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(actor, request, reply, id, 'dang-tim', () => this.posts.lookAgain(actor, id));
  }

  @Post(':id/bo-anh')
  async removeImage(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(actor, request, reply, id, 'da-luu', () => this.images.remove(actor, id));
  }

  /** A form with a file is sent by the script, which carries the token in a header; a refusal is a sentence for its place. */
  @Post(':id/anh')
  @HttpCode(200)
  async putImage(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
  ) {
    try {
      const { bytes, alt } = await this.imageForms.receive(actor, request, reply);
      await this.images.put(actor, id, bytes, alt);
      await reply.header('hx-redirect', `/bai-dang/${id}?xong=da-luu`).send('');
    } catch (error) {
      const problem = shown(error);
      await this.pages.piece(request, reply, 'posts/image-problem.part', { problem: pick(problem.sentence) }, 422);
    }
  }

  private async throwSwitch(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    paused: boolean,
    reason: string,
  ) {
    try {
      await this.pauses.throwSwitch(actor, code, paused, reason);
      return await seeOther(reply, '/bai-dang', paused ? 'da-tam-dung' : 'da-dang-tiep');
    } catch (error) {
      await this.screen.overview(actor, request, reply, { typedReason: reason, refusedCode: code }, shown(error));
    }
  }

  private async act(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    done: DoneCode,
    work: () => Promise<void>,
    typed: TypedPost = {},
  ) {
    const again = (problem: DomainError) => this.screen.post(actor, request, reply, id, typed, problem);
    await act(reply, `/bai-dang/${id}`, done, work, again);
  }
}
