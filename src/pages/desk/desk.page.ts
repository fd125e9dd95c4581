import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Roles } from '../../people/access.js';
import { Pages } from '../page-frame.js';
import { DeskReadModel } from './desk.read-model.js';
import { deskView } from './desk.view.js';

/** The editor's first screen: what came back and why, what is being written, and which orders still wait for a script. */
@ApiExcludeController()
@Controller('ban-bien-tap')
@Roles('editor')
export class DeskPage {
  constructor(
    private readonly pages: Pages,
    private readonly facts: DeskReadModel,
  ) {}

  @Get()
  async desk(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.pages.send(request, reply, 'desk/desk', 'Bàn biên tập', deskView(await this.facts.now()));
  }
}
