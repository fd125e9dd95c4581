import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isLocalDate } from '../../shared/local-time.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { clipProgress, waveformOf } from '../clips/clip-view.js';
import type { StationIdent } from './station-ident.entity.js';
import { identParts } from './ident-text.js';
import { RENDER_STATION_IDENT } from './ident-orders.service.js';
import { StationIdents } from './station-idents.service.js';

const date = z.string().refine(isLocalDate, 'ngày dạng YYYY-MM-DD');
const order = z.strictObject({ date, part: z.enum(identParts).optional() });
const day = z.strictObject({ date });

@ApiTags('audio')
@Controller('api/units/:unitCode/station-calls')
@Roles('editor', 'approver', 'operator', 'admin')
export class StationIdentsController {
  constructor(
    private readonly idents: StationIdents,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Opening and closing of a unit's programme on a local day: words, state and figures (ms, LUFS, dBTP), waveform when ready, stage
   * and percentage while they are being made. 400 for a date that is none; 404 for a unit that is not the caller's to see.
   */
  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @Param('unitCode') unitCode: string,
    @Query({ schema: day }) { date }: z.infer<typeof day>,
  ) {
    const calls = await this.idents.of(actor, unitCode, date);
    return Promise.all(calls.map(async (call) => show(call, await this.jobs.find(RENDER_STATION_IDENT, call.id))));
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
    @CurrentActor() actor: Actor,
    @Param('unitCode') unitCode: string,
    @Body({ schema: order }) { date, part }: z.infer<typeof order>,
  ) {
    return { callIds: await this.idents.request(actor, unitCode, date, part ? [part] : identParts) };
  }
}

function show(call: StationIdent, job: { stage: string | null; percent: number } | null) {
  const { id, date, part, profile, spoken, state, reason, sha256, bytes, durationMs } = call;
  const { integratedLufs, truePeakDbtp, engine } = call;
  const figures = { sha256, bytes, durationMs, integratedLufs, truePeakDbtp, engine };
  const waveform = waveformOf(call) ?? null;
  return { id, date, part, profile, spoken, state, reason, progress: clipProgress(state, job), ...figures, waveform };
}
