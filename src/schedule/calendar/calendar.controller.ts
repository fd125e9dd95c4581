import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sha256 } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { matchesEtag } from '../../http/requests/conditional.js';
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
    private readonly config: Config,
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
  @Answers(file('text/calendar'), { headers: { ETag: 'Of the bytes.' } })
  async ics(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const channel = await this.channels.forActor(actor, pathCode(code));
    const base = addressAsked(this.config, request);
    await sendIcs(request, reply, channel.code, await this.calendars.ics(channel.id, base));
  }
}

/** The set address of this server, else the one under which it was asked; without a trailing slash. */
export function addressAsked({ publicUrl }: Config, { protocol, host }: FastifyRequest): string {
  return publicUrl ?? `${protocol}://${host}`;
}

/** Sends a calendar with its entity tag; 304 when the program has it already, which asks every quarter of an hour. */
export async function sendIcs(request: FastifyRequest, reply: FastifyReply, code: string, ics: string): Promise<void> {
  const etag = `"${sha256(ics)}"`;
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  if (matchesEtag(request.headers['if-none-match'], etag)) {
    await reply.code(304).send(request.method === 'HEAD' ? Readable.from([]) : undefined);
    return;
  }
  await reply
    .header('content-disposition', `inline; filename="${code}.ics"`)
    .type('text/calendar; charset=utf-8')
    .send(ics);
}
