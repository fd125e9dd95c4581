import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Channels } from '../../channels/channels.service.js';
import { baseUrl } from '../../playlists/base-url.js';
import { calendarPath } from '../../schedule/calendar/calendar-addresses.controller.js';
import { CalendarAddresses } from '../../schedule/calendar/calendar-addresses.service.js';
import { channelCode } from '../fields.js';
import { moment } from '../language/language.js';
import { Pages, seeOther } from '../page-frame.js';

const nothing = z.strictObject({});

/** A person's own address by which a phone's calendar follows a channel: made, copied once, renewed, closed. */
@ApiExcludeController()
@Controller('lich/:code/dia-chi')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class CalendarAddressPage {
  constructor(
    private readonly pages: Pages,
    private readonly config: Config,
    private readonly channels: Channels,
    private readonly addresses: CalendarAddresses,
  ) {}

  @Get()
  async address(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
  ) {
    await this.show(actor, request, reply, code);
  }

  /** Shows the new address: it is stored nowhere and cannot be shown again. */
  @Post()
  async renew(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const { key } = await this.addresses.renew(actor, await this.channels.forActor(actor, code));
    await this.show(actor, request, reply, code, baseUrl(this.config) + calendarPath(key));
  }

  @Post('dong')
  async revoke(
    @Me() actor: Actor,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.addresses.revoke(actor, await this.channels.forActor(actor, code));
    await seeOther(reply, `/lich/${code}/dia-chi`, 'da-dong-dia-chi');
  }

  private async show(actor: Actor, request: FastifyRequest, reply: FastifyReply, code: string, url?: string) {
    const channel = await this.channels.forActor(actor, code);
    const known = await this.addresses.of(actor, channel.id);
    const view = {
      code,
      name: channel.name,
      url: url ?? '',
      open: url?.replace(/^https?:/, 'webcal:') ?? '',
      known: known && { hint: known.hint, at: moment(known.createdAt, channel.zone) },
    };
    await this.pages.send(request, reply, 'week/calendar-address', channel.name, view);
  }
}
