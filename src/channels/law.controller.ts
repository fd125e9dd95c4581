import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import type { Holiday } from './holiday.entity.js';
import { Holidays } from './holidays.service.js';
import { Policies } from './policies.service.js';
import type { Policy } from './policy.entity.js';
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

  /** All policies by kind of unit and day, which of them hold today, and the presets with their sources; `version` for `If-Match`. */
  @Get('policies')
  async list() {
    const policies = (await this.policies.list()).map((row) => ({ ...showPolicy(row), inForce: row.inForce }));
    return { version: await this.policies.version(), policies, presets: this.policies.knownPresets() };
  }

  /** What loudspeakers of that kind of unit may do from `effectiveFrom` (today or later) on. 404; 412 `stale`; 422 `in-the-past`. */
  @Put('policies/:policy')
  @Roles('admin')
  async set(
    @CurrentActor() actor: Actor,
    @Param('policy') unitKind: string,
    @Body({ schema: policyBody }) body: z.infer<typeof policyBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    return showPolicy(await this.policies.set(actor, unitKind, body, seenRules(ifMatch)));
  }

  /** The same with the rules of a preset. 404; 422 `unknown-preset`, `in-the-past`. */
  @Post('policies/:policy/preset')
  @Roles('admin')
  @HttpCode(200)
  async adopt(
    @CurrentActor() actor: Actor,
    @Param('policy') unitKind: string,
    @Body({ schema: presetBody }) body: z.infer<typeof presetBody>,
    @Headers('if-match') ifMatch?: string,
  ) {
    const { preset, effectiveFrom } = body;
    return showPolicy(await this.policies.adopt(actor, unitKind, preset, effectiveFrom, seenRules(ifMatch)));
  }

  /** Takes back a policy that does not hold yet. 404; 409 `in-force`. */
  @Delete('policies/:policy')
  @Roles('admin')
  @HttpCode(204)
  async withdraw(@CurrentActor() actor: Actor, @Param('policy') id: string): Promise<void> {
    await this.policies.remove(actor, id);
  }

  /** `?year=2027`, or all of them. */
  @Get('holidays')
  async days(@Query({ schema: yearQuery }) query: z.infer<typeof yearQuery>) {
    return (await this.holidays.list(query.year)).map(showHoliday);
  }

  /** The holidays of a year from the calendar; what people have edited or removed stays so. Answers `{ added, kept }`. */
  @Post('holidays/import')
  @Roles('admin')
  @HttpCode(200)
  importYear(@CurrentActor() actor: Actor, @Body({ schema: importBody }) body: z.infer<typeof importBody>) {
    return this.holidays.importYear(actor, body.year);
  }

  /** 409 `holiday-exists`. */
  @Post('holidays')
  @Roles('admin')
  async add(@CurrentActor() actor: Actor, @Body({ schema: holidayBody }) body: z.infer<typeof holidayBody>) {
    return showHoliday(await this.holidays.add(actor, body));
  }

  /** 404; 409 `holiday-exists`. */
  @Put('holidays/:id')
  @Roles('admin')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: holidayBody }) body: z.infer<typeof holidayBody>,
  ) {
    return showHoliday(await this.holidays.change(actor, id, body));
  }

  /** 404. */
  @Delete('holidays/:id')
  @Roles('admin')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.holidays.remove(actor, id);
  }
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
