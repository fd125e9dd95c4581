import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Limited } from '../../http/limits/limits.js';
import { Answers, file, sent } from '../../http/api/answers.js';
import { SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { Channels } from '../../channels/channels.service.js';
import { pathCode } from '../slots/request-fields.js';
import { boardAnswer, calendarAnswer, metSlots } from './calendar.answers.js';
import { boardQuery, calendarDays, calendarQuery, conflictsQuery } from './calendar.dto.js';
import { Calendars } from './calendars.service.js';

@ApiTags('schedule')
@Controller('api')
@SignedIn()
export class CalendarController {
  constructor(
    private readonly calendars: Calendars,
    private readonly channels: Channels,
  ) {}

  /**
   * Shows a month, a week or up to 42 days of one channel. `month=2026-11` (in whole weeks), `week=2026-11-25` (any day of
   * it), or `from` and `until`. `resources` and `events` are what @event-calendar takes; `days` has each day in figures.
   */
  @Get('channels/:code/calendar')
  @Answers(calendarAnswer, { errors: { 422: 'bad-horizon' } })
  async calendar(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query({ schema: calendarQuery }) query: z.infer<typeof calendarQuery>,
  ) {
    const channel = await this.channels.forActor(actor, pathCode(code));
    const { from, until } = calendarDays(query);
    return this.calendars.ofChannel(channel.id, from, until);
  }

  /**
   * Shows one local day of all loudspeaker channels that the caller may see. Of one `kind`, or of those that `search` finds
   * (without tone marks as well): channels are resources, slots events. `page` gives fifty channels at a time; without it all
   * come.
   */
  @Get('board')
  @Answers(sent(boardAnswer), { errors: { 422: 'bad-horizon' } })
  async board(
    @CurrentActor() actor: Actor,
    @Query({ schema: boardQuery }) query: z.infer<typeof boardQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const board = await this.calendars.board(actor, query.date, query);
    // The day of a province is more than a megabyte, and very much alike.
    reply.type('application/json; charset=utf-8').compress(JSON.stringify(board));
  }

  /**
   * Lists the slots that a slot of that time would meet. `startsAt` and `endsAt` in ms of UTC; `except` is the slot that is
   * being moved.
   */
  @Get('channels/:code/conflicts')
  @Answers(metSlots)
  async conflicts(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query({ schema: conflictsQuery }) { startsAt, endsAt, except }: z.infer<typeof conflictsQuery>,
  ) {
    const channel = await this.channels.forActor(actor, pathCode(code));
    return { meets: await this.calendars.conflicts(channel.id, { start: startsAt, end: endsAt }, except) };
  }

  /** Downloads the iCalendar of one channel, in UTC. From a week ago to 60 days ahead. */
  @Get('channels/:code/calendar.ics')
  @Limited('calendar')
  @Answers(file('text/calendar'))
  async ics(@CurrentActor() actor: Actor, @Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const channel = await this.channels.forActor(actor, pathCode(code));
    await sendIcs(reply, channel.code, await this.calendars.ics(channel.id));
  }
}

export async function sendIcs(reply: FastifyReply, code: string, ics: string): Promise<void> {
  await reply
    .header('content-disposition', `inline; filename="${code}.ics"`)
    .header('cache-control', 'private, no-cache')
    .type('text/calendar; charset=utf-8')
    .send(ics);
}
