import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import { Pages } from '../page-frame.js';
import { HouseState } from './house-facts.js';
import { settingsView } from './settings.view.js';

/** Cài đặt: what the configuration says and how the house is. Read only: settings are the environment of the server. */
@ApiExcludeController()
@Controller('cai-dat')
@Roles('admin')
export class SettingsPage {
  constructor(
    private readonly pages: Pages,
    private readonly house: HouseState,
    private readonly config: Config,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const view = settingsView(await this.house.facts(), this.config.timeZone);
    await this.pages.send(request, reply, 'settings/settings', 'Cài đặt', view);
  }
}
