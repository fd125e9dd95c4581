import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isOwnMachine } from '../../config/address-advice.js';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { Channels } from '../../channels/channels.service.js';
import { calendarPath } from '../../schedule/calendar/calendar-addresses.controller.js';
import { CalendarAddresses } from '../../schedule/calendar/calendar-addresses.service.js';
import { channelCode } from '../forms/fields.js';
import { moment } from '../language/language.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';

const nothing = z.strictObject({});

/** The actor's own calendar URL of a channel for phones: created, copied once, renewed, closed. */
@ApiExcludeController()
@Controller('lich/:code/dia-chi')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class CalendarAddressPage {
  constructor(
    private readonly config: Config,
    private readonly channels: Channels,
    private readonly addresses: CalendarAddresses,
  ) {}

  @Get()
  async address(@Visit() visit: PageVisit, @Param('code', { schema: channelCode }) code: string) {
    await this.show(visit, code);
  }

  /** Shows the new URL, which is not stored in clear and cannot be shown again. */
  @Post()
  async renew(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const { key } = await this.addresses.renew(visit.actor, await this.channels.forActor(visit.actor, code));
    await this.show(visit, code, visit.addressOf(this.config) + calendarPath(key));
  }

  @Post('dong')
  async revoke(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.addresses.revoke(visit.actor, await this.channels.forActor(visit.actor, code));
    await visit.redirect(`/lich/${code}/dia-chi`, 'da-dong-dia-chi');
  }

  private async show(visit: PageVisit, code: string, url?: string) {
    const channel = await this.channels.forActor(visit.actor, code);
    const known = await this.addresses.of(visit.actor, channel.id);
    const view = {
      code,
      name: channel.name,
      url: url ?? '',
      unreachable: isOwnMachine(visit.addressOf(this.config)),
      open: url?.startsWith('http') ? url.replace(/^https?:/, 'webcal:') : '',
      known: known && { hint: known.hint, at: moment(known.createdAt, channel.zone) },
    };
    await visit.render('week/calendar-address', channel.name, view);
  }
}
