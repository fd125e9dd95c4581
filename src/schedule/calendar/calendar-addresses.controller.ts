import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sha256 } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { openedByKey } from '../../http/requests/caching.js';
import { Limited } from '../../http/limits/limits.js';
import { Answers, file } from '../../http/api/answers.js';
import { Public, SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { Channels } from '../../channels/channels.service.js';
import { pathCode } from '../slots/request-fields.js';
import { knownAddress, newAddress } from './calendar-addresses.answers.js';
import { CalendarAddresses } from './calendar-addresses.service.js';
import { addressAsked, sendIcs } from './calendar.controller.js';
import { Calendars } from './calendars.service.js';

/** Anything: what is no key is answered like one that is not known. */
const keyQuery = z.object({ key: z.string().max(200).catch('') });

/** A calendar program is nobody; behind one address there may be those of many. */
const keyOfAddress = ({ query }: FastifyRequest) => `key:${sha256(keyQuery.parse(query).key)}`;

/** Where a calendar program asks, from the host on. The key stands in the query, which is never logged. */
export function calendarPath(key: string): string {
  return `/api/calendar.ics?key=${key}`;
}

@ApiTags('schedule')
@Controller('api/channels/:code/calendar-address')
@SignedIn()
export class CalendarAddressesController {
  constructor(
    private readonly addresses: CalendarAddresses,
    private readonly channels: Channels,
  ) {}

  /** Shows whether the caller has a secret calendar address for a channel. */
  @Get()
  @Answers(knownAddress)
  async known(@CurrentActor() actor: Actor, @Param('code') code: string) {
    const channel = await this.channels.forActor(actor, pathCode(code));
    return { address: await this.addresses.of(actor, channel.id) };
  }

  /** Makes a new secret calendar address for a channel. It is told once; the one before opens nothing from now on. */
  @Post()
  @Answers(newAddress)
  async renew(@CurrentActor() actor: Actor, @Param('code') code: string) {
    const channel = await this.channels.forActor(actor, pathCode(code));
    const { key, hint } = await this.addresses.renew(actor, channel);
    return { path: calendarPath(key), hint };
  }

  /** Revokes the secret calendar address of the caller. Also when there was none. */
  @Delete()
  @HttpCode(204)
  @Answers(null)
  async revoke(@CurrentActor() actor: Actor, @Param('code') code: string): Promise<void> {
    await this.addresses.revoke(actor, await this.channels.forActor(actor, pathCode(code)));
  }
}

@ApiTags('schedule')
@Controller('api/calendar.ics')
@Public()
export class SubscribedCalendarController {
  constructor(
    private readonly addresses: CalendarAddresses,
    private readonly calendars: Calendars,
    private readonly config: Config,
  ) {}

  /**
   * Downloads the iCalendar of the channel whose secret `key` this is. Nothing else of Loa opens with it; every other key is
   * 404.
   */
  @Get()
  @Limited('calendar', keyOfAddress)
  @Answers(file('text/calendar'), { headers: { ETag: 'Of the bytes.' }, errors: { 404: 'not-found' } })
  async ics(
    @Query({ schema: keyQuery }) { key }: z.infer<typeof keyQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    openedByKey(request);
    const channel = await this.addresses.channelOf(key);
    await sendIcs(
      request,
      reply,
      channel.code,
      await this.calendars.ics(channel.id, addressAsked(this.config, request)),
    );
  }
}
