import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../http/api/answers.js';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import type { Holiday } from './entities/holiday.entity.js';
import { Holidays } from './holidays.service.js';
import { holiday, holidayList, importedHolidays, policy, policyList } from './law.answers.js';
import { type PlacedPolicy, Policies } from './policies.service.js';
import type { Policy } from './entities/policy.entity.js';
import { holidayBody, importBody, policyBody, presetBody, yearQuery } from './rules.dto.js';
import { seenRules } from './seen-rules.js';

@ApiTags('law')
@Controller('api')
@SignedIn()
export class LawController {
  constructor(
    private readonly policies: Policies,
    private readonly holidays: Holidays,
  ) {}

  /** Lists the policies by place, kind of unit and day, and the presets with their sources. */
  @Get('policies')
  @Answers(policyList)
  async list() {
    const policies = (await this.policies.list()).map((row) => ({ ...showPlaced(row), inForce: row.inForce }));
    return { version: await this.policies.version(), policies, presets: this.policies.knownPresets() };
  }

  /**
   * Sets what loudspeakers of a kind of unit may do in one place. In force from `effectiveFrom`, today or later; where it is
   * left out, from today, or from the start when no law was chosen there before. A body is whole: what is left out is not kept from before. 412 `stale` when any policy was changed since the
   * `version` in `If-Match`.
   */
  @Put('policies/:policy')
  @Roles('admin')
  @Answers(policy, { errors: { 412: 'stale', 422: ['in-the-past', 'bad-rule', 'which-place', 'unknown-place'] } })
  async set(
    @CurrentActor() actor: Actor,
    @Param('policy') unitKind: string,
    @Body({ schema: policyBody }) body: z.infer<typeof policyBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    return showPlaced(await this.policies.set(actor, unitKind, body, seenRules(ifMatch)));
  }

  /** Sets the rules of a preset for a kind of unit. In force from `effectiveFrom`, today where it is left out. */
  @Post('policies/:policy/preset')
  @Roles('admin')
  @HttpCode(200)
  @Answers(policy, {
    errors: { 412: 'stale', 422: ['unknown-preset', 'in-the-past', 'which-place', 'unknown-place'] },
  })
  async adopt(
    @CurrentActor() actor: Actor,
    @Param('policy') unitKind: string,
    @Body({ schema: presetBody }) body: z.infer<typeof presetBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    return showPlaced(await this.policies.adopt(actor, unitKind, body, seenRules(ifMatch)));
  }

  /** Withdraws a policy that is not in force yet. */
  @Delete('policies/:policy')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'in-force' } })
  async withdraw(@CurrentActor() actor: Actor, @Param('policy') id: string): Promise<void> {
    await this.policies.remove(actor, id);
  }

  /** Lists the holidays of a year, or all of them. */
  @Get('holidays')
  @Answers(holidayList)
  async days(@Query({ schema: yearQuery }) query: z.infer<typeof yearQuery>) {
    return (await this.holidays.list(query.year)).map(showHoliday);
  }

  /** Imports the holidays of a year from the calendar. What people have edited or removed stays so. */
  @Post('holidays/import')
  @Roles('admin')
  @HttpCode(200)
  @Answers(importedHolidays)
  importYear(@CurrentActor() actor: Actor, @Body({ schema: importBody }) body: z.infer<typeof importBody>) {
    return this.holidays.importYear(actor, body.year);
  }

  /** Adds a holiday. */
  @Post('holidays')
  @Roles('admin')
  @Answers(holiday, { errors: { 409: 'holiday-exists' } })
  async add(@CurrentActor() actor: Actor, @Body({ schema: holidayBody }) body: z.infer<typeof holidayBody>) {
    return showHoliday(await this.holidays.add(actor, body));
  }

  /** Changes a holiday. */
  @Put('holidays/:id')
  @Roles('admin')
  @Answers(holiday, { errors: { 409: 'holiday-exists' } })
  async change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: holidayBody }) body: z.infer<typeof holidayBody>,
  ) {
    return showHoliday(await this.holidays.change(actor, id, body));
  }

  /** Removes a holiday. */
  @Delete('holidays/:id')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null)
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.holidays.remove(actor, id);
  }
}

function showPlaced(row: PlacedPolicy) {
  return { ...showPolicy(row), place: row.place };
}

export function showPolicy(row: Policy) {
  const { id, unitKind, effectiveFrom, name, permitted, quiet, weekdays } = row;
  const { sessionsPerDay, minutesPerSession, holidays, source } = row;
  const rules = { permitted, quiet, weekdays, sessionsPerDay, minutesPerSession, holidays };
  return { id, unitKind, effectiveFrom, name, ...rules, source };
}

function showHoliday({ id, date, name, kind, dayOff, flagDay, source }: Holiday) {
  return { id, date, name, kind, dayOff, flagDay, source };
}
