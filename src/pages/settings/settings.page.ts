import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { ClockApproval } from '../../people/clock-approval.service.js';
import { Activation } from '../../people/activation.service.js';
import { Me } from '../../people/request.js';
import { act, Pages, seeOther } from '../page-frame.js';
import { askForCode, isCodeNeeded } from '../security/security.page.js';
import { HouseState } from './house-facts.js';
import { activationView } from './activation.view.js';
import { settingsView } from './settings.view.js';

const nothing = z.strictObject({});

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
    private readonly activation: Activation,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, problem?: unknown) {
    const zone = this.config.timeZone;
    const passive = await this.activation.passive();
    const view = {
      ...settingsView(await this.house.facts(), zone),
      activation: passive && activationView(passive, zone),
    };
    await this.pages.send(request, reply, 'settings/settings', 'Cài đặt', view, problem);
  }

  @Post('gio-dung')
  async confirmClock(@Me() actor: Actor, @Res() reply: FastifyReply) {
    await this.clockApproval.confirm(actor);
    await seeOther(reply, '/cai-dat', 'gio-da-dung');
  }

  @Post('kich-hoat')
  async activate(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const again = (problem: unknown) =>
      isCodeNeeded(problem) ? askForCode(reply, '/cai-dat') : this.show(request, reply, problem);
    await act(reply, '/cai-dat', 'da-kich-hoat', () => this.activation.activate(actor), again);
  }
}
