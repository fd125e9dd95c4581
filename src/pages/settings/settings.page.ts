import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { ClockApproval } from '../../people/clock-approval.service.js';
import { Me } from '../../people/request.js';
import { Pages, seeOther } from '../page-frame.js';
import { HouseState } from './house-facts.js';
import { settingsView } from './settings.view.js';

/** Cài đặt: what the configuration says and how the house is. Settings are the environment of the server and only read here. */
@ApiExcludeController()
@Controller('cai-dat')
@Roles('admin')
export class SettingsPage {
  constructor(
    private readonly pages: Pages,
    private readonly house: HouseState,
    private readonly config: Config,
    private readonly clockApproval: ClockApproval,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const view = settingsView(await this.house.facts(), this.config.timeZone);
    await this.pages.send(request, reply, 'settings/settings', 'Cài đặt', view);
  }

  @Post('gio-dung')
  async confirmClock(@Me() actor: Actor, @Res() reply: FastifyReply) {
    await this.clockApproval.confirm(actor);
    await seeOther(reply, '/cai-dat', 'gio-da-dung');
  }
}
