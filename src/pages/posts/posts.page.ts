import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import { type Actor, hasRole } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { PostList } from '../../posts/post-list.service.js';
import { postStates } from '../../posts/post.transitions.js';
import { Posts } from '../../posts/posts.service.js';
import { formLine, rowId } from '../fields.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { postRow, postView, stateChoices } from './post.view.js';

const query = z.object({ trangthai: z.enum(postStates).optional().catch(undefined) });
const nothing = z.strictObject({});
const why = z.strictObject({ lydo: formLine(500) });
const link = z.strictObject({ permalink: formLine(500) });

@ApiExcludeController()
@Controller('bai-dang')
@Roles('page-admin')
export class PostsPage {
  constructor(
    private readonly pages: Pages,
    private readonly posts: Posts,
    private readonly shelf: PostList,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  @Roles('page-admin', 'editor')
  async list(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: query }) asked: z.infer<typeof query>,
  ) {
    const state = asked.trangthai;
    const rows = (await this.shelf.list(actor, state ? { state } : {})).map((one) =>
      postRow(one, this.config.timeZone),
    );
    const view = { rows, states: stateChoices(state), filtered: state !== undefined };
    await this.pages.send(request, reply, 'posts/post-list', 'Bài đăng fanpage', view);
  }

  @Get(':id')
  @Roles('page-admin', 'editor')
  async one(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
  ) {
    await this.show(actor, request, reply, id, '');
  }

  @Post(':id/duong-dan')
  async confirm(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: link }) body: z.infer<typeof link>,
  ) {
    try {
      await this.posts.confirm(actor, id, body.permalink);
      return await seeOther(reply, `/bai-dang/${id}`, 'da-ghi');
    } catch (error) {
      await this.show(actor, request, reply, id, body.permalink, shown(error));
    }
  }

  @Post(':id/huy')
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
    @Body({ schema: why }) body: z.infer<typeof why>,
  ) {
    await this.act(actor, request, reply, id, 'da-hen', () => this.posts.retry(actor, id, body.lydo));
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

  private async act(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    done: Parameters<typeof seeOther>[2],
    work: () => Promise<void>,
  ) {
    try {
      await work();
      return await seeOther(reply, `/bai-dang/${id}`, done);
    } catch (error) {
      await this.show(actor, request, reply, id, '', shown(error));
    }
  }

  private async show(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typedLink: string,
    problem?: unknown,
  ) {
    const found = await this.shelf.one(actor, id);
    const mayAct = hasRole(actor, 'page-admin');
    const view = { ...postView(found, this.config.timeZone, this.clock.now(), mayAct), typedLink };
    await this.pages.send(request, reply, 'posts/post', 'Bài đăng', view, problem);
  }
}
