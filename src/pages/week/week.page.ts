import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf, showDate } from '../../shared/local-time.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { Channels } from '../../channels/channels.service.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { channelCode, dayInAddress, formLine, rowId } from '../forms/fields.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { mondayOf, weekView } from './week.view.js';

const weekQuery = z.object({ tuan: dayInAddress });
const cancellation = z.strictObject({ slotId: rowId, reason: formLine(500), tuan: dayInAddress });

@ApiExcludeController()
@Controller('lich')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class WeekPage {
  constructor(
    private readonly channels: Channels,
    private readonly schedule: Schedule,
    private readonly clock: Clock,
  ) {}

  @Get(':code')
  async week(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Query({ schema: weekQuery }) asked: z.infer<typeof weekQuery>,
  ) {
    await this.show(visit, code, asked.tuan);
  }

  @Post(':code/huy')
  @UsesReserve()
  @Roles('editor', 'approver')
  async cancel(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: cancellation }) body: z.infer<typeof cancellation>,
  ) {
    const work = () => this.schedule.cancel(visit.actor, body.slotId, body.reason);
    await visit.submit(`/lich/${code}${body.tuan ? `?tuan=${body.tuan}` : ''}`, 'da-huy', work, (problem) =>
      this.show(visit, code, body.tuan, problem),
    );
  }

  private async show(visit: PageVisit, code: string, day: string | undefined, problem?: unknown) {
    const channel = await this.channels.forActor(visit.actor, code);
    const now = this.clock.now();
    const today = localDateOf(now, channel.zone);
    const monday = mondayOf(day ?? today);
    const mayCancel = hasRole(visit.actor, 'editor', 'approver');
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
    await visit.render('week/week', channel.name, view, problem);
  }
}
