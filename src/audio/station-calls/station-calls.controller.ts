import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isLocalDate } from '../../shared/local-time.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { Limited } from '../../http/limits.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { progressOf, waveformOf } from '../clip-view.js';
import type { StationCall } from './station-call.entity.js';
import { callParts } from './station-call.words.js';
import { RENDER_STATION_CALL } from './call-orders.service.js';
import { StationCalls } from './station-calls.service.js';

const date = z.string().refine(isLocalDate, 'ngày dạng YYYY-MM-DD');
const order = z.strictObject({ date, part: z.enum(callParts).optional() });
const day = z.strictObject({ date });

@ApiTags('audio')
@Controller('api/units/:unitCode/station-calls')
@Roles('editor', 'approver', 'operator', 'admin')
export class StationCallsController {
  constructor(
    private readonly calls: StationCalls,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Opening and closing of a unit's programme on a local day: words, state and figures (ms, LUFS, dBTP), waveform when ready, stage
   * and percentage while they are being made. 400 for a date that is none; 404 for a unit that is not the caller's to see.
   */
  @Get()
  async list(
    @Me() actor: Actor,
    @Param('unitCode') unitCode: string,
    @Query({ schema: day }) { date }: z.infer<typeof day>,
  ) {
    const calls = await this.calls.of(actor, unitCode, date);
    return Promise.all(calls.map(async (call) => show(call, await this.jobs.find(RENDER_STATION_CALL, call.id))));
  }

  /**
   * Asks for them, or for one `part`; what is there already costs nothing. Answers the ids. An operator asks for his own ward.
   * 400; 403; 404; 422 `no-loudspeaker`, `day-over`, `day-too-far`.
   */
  @Post()
  @Limited('render')
  @Roles('editor', 'operator', 'admin')
  @HttpCode(202)
  async request(
    @Me() actor: Actor,
    @Param('unitCode') unitCode: string,
    @Body({ schema: order }) { date, part }: z.infer<typeof order>,
  ) {
    return { callIds: await this.calls.request(actor, unitCode, date, part ? [part] : callParts) };
  }
}

function show(call: StationCall, job: { stage: string | null; percent: number } | null) {
  const { id, date, part, profile, spoken, state, reason, sha256, bytes, durationMs } = call;
  const { integratedLufs, truePeakDbtp, engine } = call;
  const figures = { sha256, bytes, durationMs, integratedLufs, truePeakDbtp, engine };
  const waveform = waveformOf(call) ?? null;
  return { id, date, part, profile, spoken, state, reason, progress: progressOf(state, job), ...figures, waveform };
}
