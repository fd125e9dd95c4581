import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isLocalDate } from '../shared/local-time.js';
import { Answers } from '../http/api/answers.js';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import {
  channelWindow,
  channelWindows,
  undoneOverride,
  windowOverride,
  windowOverrides,
} from './channel-rules.answers.js';
import type { ChannelWindow } from './entities/channel-window.entity.js';
import { Channels } from './channels.service.js';
import { Overrides } from './overrides.service.js';
import { ruleDaysQuery, FIRST_DAY, hoursBody, LAST_DAY, overrideBody, windowBody } from './rules.dto.js';
import { badField } from './rules-sentences.js';
import type { WindowOverride } from './entities/window-override.entity.js';
import { seenRules } from './seen-rules.js';
import { Windows, windowVersion } from './windows.service.js';

@ApiTags('channels')
@Controller('api/channels/:code')
@SignedIn()
export class ChannelRulesController {
  constructor(
    private readonly channels: Channels,
    private readonly windows: Windows,
    private readonly overrides: Overrides,
  ) {}

  /** Lists the windows of a channel by start. */
  @Get('windows')
  @Answers(channelWindows)
  async list(@CurrentActor() actor: Actor, @Param('code') code: string) {
    const channel = await this.channels.forActor(actor, code);
    return (await this.channels.windows([channel.id])).map(showWindow);
  }

  /**
   * Adds a window to a loudspeaker channel. A body is whole: what is left out takes its default. `rrule` takes FREQ (DAILY …
   * YEARLY), INTERVAL, BYDAY, BYMONTHDAY, BYMONTH; what counts (an interval, a missing BYDAY) counts from `from`. 422
   * `never-opens`: no day from today on. `details.fields` names what is wrong.
   */
  @Post('windows')
  @Roles('admin')
  @Answers(channelWindow, {
    errors: { 409: 'window-name-taken', 422: ['bad-rule', 'never-opens', 'not-a-loudspeaker'] },
  })
  async add(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body({ schema: windowBody }) body: z.infer<typeof windowBody>,
  ) {
    return showWindow(await this.windows.add(actor, code, body));
  }

  /**
   * Replaces the rules of a window. A body is whole: what is left out is not kept from before. Dates that were changed alone
   * stay changed. 412 `stale` when somebody has changed it since the `version` in `If-Match`.
   */
  @Put('windows/:windowId')
  @Roles('admin')
  @Answers(channelWindow, {
    errors: { 409: 'window-name-taken', 412: 'stale', 422: ['bad-rule', 'never-opens', 'not-a-loudspeaker'] },
  })
  async change(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('windowId') windowId: string,
    @Body({ schema: windowBody }) body: z.infer<typeof windowBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    return showWindow(await this.windows.change(actor, code, windowId, body, seenRules(ifMatch)));
  }

  /** Takes a window out of use from now on. */
  @Delete('windows/:windowId')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null, { errors: { 412: 'stale' } })
  async retire(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('windowId') windowId: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    await this.windows.retire(actor, code, windowId, seenRules(ifMatch));
  }

  /**
   * Sets the hours of the local day in which a channel may sound at all. `until` at or before `from` runs over midnight. The
   * policy of its place narrows them.
   */
  @Put('hours')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null, { errors: { 422: ['bad-rule', 'not-a-loudspeaker'] } })
  async hours(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body({ schema: hoursBody }) body: z.infer<typeof hoursBody>,
  ): Promise<void> {
    await this.windows.setHours(actor, code, body.permitted);
  }

  /** Lists the dates of a channel that do not follow their series. */
  @Get('overrides')
  @Answers(windowOverrides)
  async changes(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query({ schema: ruleDaysQuery }) query: z.infer<typeof ruleDaysQuery>,
  ) {
    const channel = await this.channels.forActor(actor, code);
    const rows = await this.overrides.list(channel.id, query.from, query.until);
    return rows.map((row) => ({ ...showOverride(row), window: row.window }));
  }

  /**
   * Changes one date of one window. `skip`; `move` to another start or length; `special`, which opens whatever the weekday
   * and the season say and passes the weekdays of the policy, and nothing else of it. The series stays.
   */
  @Put('windows/:windowId/overrides/:date')
  @Roles('admin', 'editor')
  @Answers(windowOverride, { errors: { 422: ['in-the-past', 'bad-date', 'bad-rule'] } })
  async override(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('windowId') windowId: string,
    @Param('date') date: string,
    @Body({ schema: overrideBody }) body: z.infer<typeof overrideBody>,
  ) {
    return showOverride(await this.overrides.set(actor, code, windowId, requireDay(date), body));
  }

  /** Takes the last change of one date back. */
  @Post('windows/:windowId/overrides/:date/undo')
  @Roles('admin', 'editor')
  @HttpCode(200)
  @Answers(undoneOverride, { errors: { 409: 'nothing-to-undo', 422: ['in-the-past', 'bad-date'] } })
  async undo(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('windowId') windowId: string,
    @Param('date') date: string,
  ) {
    const now = await this.overrides.undo(actor, code, windowId, requireDay(date));
    return { override: now && showOverride(now) };
  }

  /** Lets one date follow its series again, however often it was changed. */
  @Delete('windows/:windowId/overrides/:date')
  @Roles('admin', 'editor')
  @HttpCode(204)
  @Answers(null, { errors: { 422: ['in-the-past', 'bad-date'] } })
  async clear(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('windowId') windowId: string,
    @Param('date') date: string,
  ): Promise<void> {
    await this.overrides.clear(actor, code, windowId, requireDay(date));
  }
}

export function showWindow(window: ChannelWindow) {
  const { id, name, weekdays, rrule, start, minutes, from, until, seasonFrom, seasonUntil, holidays } = window;
  const season = seasonFrom !== null && seasonUntil !== null ? { from: seasonFrom, until: seasonUntil } : null;
  const version = windowVersion(window);
  return { id, version, name, weekdays, rrule, start, minutes, from, until, season, holidays };
}

function showOverride({ id, windowId, date, kind, start, minutes, title, reason, createdAt }: WindowOverride) {
  return { id, windowId, date, kind, start, minutes, title, reason, createdAt };
}

function requireDay(text: string): string {
  if (isLocalDate(text) && text >= FIRST_DAY && text <= LAST_DAY) return text;
  throw badField(
    'bad-date',
    'date',
    'Phải là ngày có thật từ 2000 đến 2099, dạng 2026-11-24',
    'Must be a real day from 2000 to 2099 like 2026-11-24',
  );
}
