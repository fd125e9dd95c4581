import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf, monthOf } from '../../shared/local-time.js';
import { Roles } from '../../people/access/access.js';
import { Channels } from '../../channels/channels.service.js';
import { Calendars } from '../../schedule/calendar/calendars.service.js';
import { channelCode, dayInAddress } from '../forms/fields.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { monthView } from './month.view.js';
import { mondayOf } from './week.view.js';

const query = z.object({ thang: dayInAddress });

/** A month of one channel in figures: the fill of each day and the missed plays. */
@ApiExcludeController()
@Controller('lich/:code/thang')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class MonthPage {
  constructor(
    private readonly channels: Channels,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  /** `?thang=` is any day of the month. */
  @Get()
  async month(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Query({ schema: query }) asked: z.infer<typeof query>,
  ) {
    const channel = await this.channels.forActor(visit.actor, code);
    const today = localDateOf(this.clock.now(), channel.zone);
    const { first, last } = monthOf(asked.thang ?? today);
    const calendar = await this.calendars.ofChannel(channel.id, mondayOf(first), addDays(mondayOf(last), 6));
    const view = { code, name: channel.name, ...monthView(calendar.days, { first, last, today }) };
    await visit.render('week/month', channel.name, view);
  }
}
