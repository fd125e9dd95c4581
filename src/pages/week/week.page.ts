import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf, showDate } from '../../shared/local-time.js';
import { UsesReserve } from '../../http/access.js';
import { Roles } from '../../people/access.js';
import { type Actor, hasRole } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Channels } from '../../channels/channels.service.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { channelCode, dayInAddress, formLine, rowId } from '../fields.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { mondayOf, weekView } from './week.view.js';

const weekQuery = z.object({ tuan: dayInAddress });
const cancellation = z.strictObject({ slotId: rowId, reason: formLine(500), tuan: dayInAddress });

@ApiExcludeController()
@Controller('lich')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class WeekPage {
  constructor(
    private readonly pages: Pages,
    private readonly channels: Channels,
    private readonly schedule: Schedule,
    private readonly clock: Clock,
  ) {}

  @Get(':code')
  async week(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
    @Query({ schema: weekQuery }) asked: z.infer<typeof weekQuery>,
  ) {
    await this.show(actor, request, reply, code, asked.tuan);
  }

  @Post(':code/huy')
  @UsesReserve()
  @Roles('editor', 'approver')
  async cancel(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: cancellation }) body: z.infer<typeof cancellation>,
  ) {
    try {
      await this.schedule.cancel(actor, body.slotId, body.reason);
      return await seeOther(reply, `/lich/${code}${body.tuan ? `?tuan=${body.tuan}` : ''}`, 'da-huy');
    } catch (error) {
      await this.show(actor, request, reply, code, body.tuan, shown(error));
    }
  }

  private async show(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    day: string | undefined,
    problem?: unknown,
  ) {
    const channel = await this.channels.forActor(actor, code);
    const now = this.clock.now();
    const today = localDateOf(now, channel.zone);
    const monday = mondayOf(day ?? today);
    const mayCancel = hasRole(actor, 'editor', 'approver');
    const view = {
      code,
      name: channel.name,
      monday,
      month: monday,
      days: weekView(await this.schedule.week(channel.id, monday), channel.zone, today, now, mayCancel),
      period: `${showDate(monday)} – ${showDate(addDays(monday, 6))}`,
      previous: addDays(monday, -7),
      next: addDays(monday, 7),
      isThisWeek: monday === mondayOf(today),
    };
    await this.pages.send(request, reply, 'week/week', channel.name, view, problem);
  }
}
