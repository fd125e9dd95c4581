import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../shared/domain-error.js';
import { addDays } from '../shared/local-time.js';
import { Roles, SignedIn } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { Channels } from '../channels/channels.service.js';
import { cancelBody, daysQuery, moveBody, pathCode, pathId, placeBody, planBody } from './schedule.dto.js';
import { ScheduleViews } from './schedule-views.service.js';
import { Schedule } from './schedule.service.js';

/** A province's month is thousands of slots: the answer shows the first and tells how many there are. */
const SHOWN = 500;
const MOST_DAYS = 62;

@ApiTags('schedule')
@Controller('api')
@SignedIn()
export class ScheduleController {
  constructor(
    private readonly schedule: Schedule,
    private readonly views: ScheduleViews,
    private readonly channels: Channels,
  ) {}

  /**
   * Plans a campaign, or with `dryRun` tells what would happen. `counts` is by channel kind; `placed` and `shortfalls` show
   * at most 500 of `placedTotal` and `shortfallsTotal`. 404; 409 `not-approved`, `campaign-closed`; 422.
   */
  @Post('campaigns/:id/plan')
  @Roles('editor')
  @HttpCode(200)
  async plan(@Me() actor: Actor, @Param('id') id: string, @Body({ schema: planBody }) body: z.infer<typeof planBody>) {
    const { placed, shortfalls, cancelled, ...rest } = await this.schedule.planCampaign(actor, {
      campaignId: pathId(id),
      ...body,
    });
    return {
      ...rest,
      placedTotal: placed.length,
      placed: placed.slice(0, SHOWN),
      shortfallsTotal: shortfalls.length,
      shortfalls: shortfalls.slice(0, SHOWN).map(({ sentence, ...shortfall }) => ({
        ...shortfall,
        message: sentence.vi,
        messageEn: sentence.en,
      })),
      cancelledTotal: cancelled.length,
      cancelled: cancelled.slice(0, SHOWN),
    };
  }

  /** One slot by hand; `startsAt` in ms of UTC. 409 `overlap` with `details.meets` and `details.nearestFree`; 422. */
  @Post('slots')
  @Roles('editor')
  place(@Me() actor: Actor, @Body({ schema: placeBody }) body: z.infer<typeof placeBody>) {
    return this.schedule.place(actor, body);
  }

  /** To another time on its channel. Answers as placing does. */
  @Post('slots/:id/move')
  @Roles('editor')
  @HttpCode(200)
  move(@Me() actor: Actor, @Param('id') id: string, @Body({ schema: moveBody }) body: z.infer<typeof moveBody>) {
    return this.schedule.move(actor, pathId(id), body.startsAt);
  }

  /** 404; 409 `illegal-move`; 422 `reason-needed`, `in-the-past`. */
  @Post('slots/:id/cancel')
  @Roles('editor', 'approver')
  @HttpCode(204)
  async cancel(
    @Me() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: cancelBody }) body: z.infer<typeof cancelBody>,
  ): Promise<void> {
    await this.schedule.cancel(actor, pathId(id), body.reason);
  }

  /** `?date=` or `?from=&until=`, local days, at most 62: each with its windows, how full they are, and its slots. 404. */
  @Get('channels/:code/slots')
  async slots(
    @Me() actor: Actor,
    @Param('code') code: string,
    @Query({ schema: daysQuery }) query: z.infer<typeof daysQuery>,
  ) {
    const channel = await this.channels.forActor(actor, pathCode(code));
    const from = query.date ?? query.from ?? '';
    const until = query.date ?? query.until ?? '';
    if (until < from || until > addDays(from, MOST_DAYS - 1)) {
      throw new DomainError('invalid', 'bad-horizon', {
        vi: `Khoảng ngày phải từ 1 đến ${MOST_DAYS} ngày.`,
        en: `Ask for 1 to ${MOST_DAYS} days.`,
      });
    }
    const days = await this.views.days(channel.id, from, until);
    return { channel: { code: channel.code, name: channel.name, zone: channel.zone }, days };
  }
}
