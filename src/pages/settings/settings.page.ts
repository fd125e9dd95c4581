import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { ClockApproval } from '../../people/system/clock-approval.service.js';
import { Activation } from '../../people/system/activation.service.js';
import { askForCode, isCodeNeeded } from '../security/security.page.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { SystemStatus } from './system-status.js';
import { activationView } from './activation.view.js';
import { settingsView } from './settings.view.js';

const nothing = z.strictObject({});

/**
 * Cài đặt: the configuration and the system status. Settings come from the server's environment and are read-only here.
 */
@ApiExcludeController()
@Controller('cai-dat')
@Roles('admin')
export class SettingsPage {
  constructor(
    private readonly status: SystemStatus,
    private readonly config: Config,
    private readonly clockApproval: ClockApproval,
    private readonly activation: Activation,
  ) {}

  @Get()
  async show(@Visit() visit: PageVisit, problem?: unknown) {
    const zone = this.config.timeZone;
    const passive = await this.activation.passive();
    const view = {
      ...settingsView(await this.status.facts(), zone),
      activation: passive && activationView(passive, zone),
    };
    await visit.render('settings/settings', 'Cài đặt', view, problem);
  }

  @Post('gio-dung')
  async confirmClock(@Visit() visit: PageVisit) {
    await this.clockApproval.confirm(visit.actor);
    await visit.redirect('/cai-dat', 'gio-da-dung');
  }

  @Post('kich-hoat')
  async activate(@Visit() visit: PageVisit, @Body({ schema: nothing }) _body: z.infer<typeof nothing>) {
    const again = (problem: unknown) =>
      isCodeNeeded(problem) ? askForCode(visit, '/cai-dat') : this.show(visit, problem);
    await visit.submit('/cai-dat', 'da-kich-hoat', () => this.activation.activate(visit.actor), again);
  }
}
