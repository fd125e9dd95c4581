import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../shared/domain-error.js';
import { addDays, type LocalDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Limited } from '../http/limits/limits.js';
import { Answers } from '../http/api/answers.js';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { Channels } from '../channels/channels.service.js';
import { Shortfalls } from './demands/shortfalls.service.js';
import { campaignPlan, scheduleDays, replanAnswer, shortfallList } from './schedule.answers.js';
import { withDryRun } from './slots/dry-run.js';
import { Replanner } from './plans/replanner.service.js';
import { planBody, replanBody, shortfallsQuery } from './schedule.dto.js';
import { daysQuery, pathCode, pathId } from './slots/request-fields.js';
import { ScheduleViews } from './calendar/schedule-views.service.js';
import { Schedule } from './schedule.service.js';

/** A province's month is thousands of slots: the answer shows the first and tells how many there are. */
const SHOWN = 500;
const MAX_DAYS = 62;

@ApiTags('schedule')
@Controller('api')
@SignedIn()
export class ScheduleController {
  constructor(
    private readonly schedule: Schedule,
    private readonly views: ScheduleViews,
    private readonly channels: Channels,
    private readonly database: Database,
    private readonly lacks: Shortfalls,
    private readonly replanner: Replanner,
  ) {}

  /**
   * Plans a campaign, or with `dryRun` tells what would happen. What a plan asked for is remembered. A demand names
   * `channelKind` or `channelIds`; `weekdays` (1 Monday … 7 Sunday), `preferred` (local hours that its plays stand in while
   * there is room) and `spread` (`even`, `earliest`) refine it. `counts` is by channel kind; `placed` and `shortfalls` show
   * at most 500 of `placedTotal` and `shortfallsTotal`.
   */
  @Post('campaigns/:id/plan')
  @Limited('plan')
  @Roles('editor')
  @HttpCode(200)
  @Answers(campaignPlan, {
    errors: {
      413: ['too-many-slots', 'plan-too-large'],
      409: ['not-approved', 'outside-approval', 'campaign-closed', 'clip-not-ready'],
      422: [
        'bad-horizon',
        'bad-demand',
        'demand-twice',
        'other-unit',
        'other-campaign',
        'other-directive',
        'outside-campaign',
        'bad-range',
        'not-for-loudspeakers',
      ],
    },
  })
  async plan(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: planBody }) body: z.infer<typeof planBody>,
  ) {
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

  /**
   * Lists what the remembered plans of open campaigns lack on these days. At most 62 days, with the reason and what would
   * meet it; the first 500 of `total`.
   */
  @Get('schedule/shortfalls')
  @Roles('editor', 'approver', 'official', 'admin')
  @Answers(shortfallList, { errors: { 404: 'not-found', 422: 'bad-horizon' } })
  async shortfalls(
    @CurrentActor() actor: Actor,
    @Query({ schema: shortfallsQuery }) query: z.infer<typeof shortfallsQuery>,
  ) {
    const { from, until, channelCode, campaignId } = query;
    requireDays(from, until);
    const channel = channelCode === undefined ? null : await this.channels.forActor(actor, channelCode);
    const found = await this.lacks.find(this.database.read(), {
      from,
      until,
      channelIds: channel ? [channel.id] : undefined,
      campaignIds: campaignId === undefined ? undefined : [campaignId],
    });
    return { total: found.length, shortfalls: found.slice(0, SHOWN) };
  }

  /** Plans again what plans once asked for, of one campaign, one channel or all. With `dryRun` tells what would change. */
  @Post('schedule/replan')
  @Limited('plan')
  @Roles('editor')
  @HttpCode(200)
  @Answers(replanAnswer, { errors: { 404: 'not-found' } })
  async replan(@CurrentActor() actor: Actor, @Body({ schema: replanBody }) body: z.infer<typeof replanBody>) {
    const { campaignId, channelCode, dryRun = false } = body;
    const channel = channelCode === undefined ? null : await this.channels.forActor(actor, channelCode);
    const scope = {
      campaignIds: campaignId === undefined ? undefined : [campaignId],
      channelIds: channel ? [channel.id] : undefined,
    };
    const note = { cause: 'by-hand' as const, sentence: `${actor.name} xếp lại lịch.`, campaignId };
    const { difference, changeId } = await withDryRun(this.database, dryRun, (tx) =>
      this.replanner.replan(tx, actor, scope, note),
    );
    return dryRun ? { dryRun, difference } : { dryRun, difference, changeId };
  }

  /**
   * Lists the days of a channel, each with its windows, how full they are, and its slots. `date`, or `from` and `until`:
   * local days, at most 62.
   */
  @Get('channels/:code/slots')
  @Answers(scheduleDays, { errors: { 422: 'bad-horizon' } })
  async slots(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query({ schema: daysQuery }) query: z.infer<typeof daysQuery>,
  ) {
    const channel = await this.channels.forActor(actor, pathCode(code));
    const from = query.date ?? query.from ?? '';
    const until = query.date ?? query.until ?? '';
    requireDays(from, until);
    const days = await this.views.days(channel.id, from, until);
    return { channel: { code: channel.code, name: channel.name, zone: channel.zone }, days };
  }
}

function requireDays(from: LocalDate, until: LocalDate): void {
  if (from <= until && until <= addDays(from, MAX_DAYS - 1)) return;
  throw new DomainError(
    'invalid',
    'bad-horizon',
    { vi: `Khoảng ngày phải từ 1 đến ${MAX_DAYS} ngày.`, en: `Ask for 1 to ${MAX_DAYS} days.` },
    { field: 'until' },
  );
}
