import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isLocalDate } from '../../shared/local-time.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { Limited } from '../../http/limits/limits.js';
import { Answers } from '../../http/api/answers.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { clipProgress, waveformOf } from '../clips/clip-view.js';
import type { StationIdent } from './station-ident.entity.js';
import { identParts } from './ident-text.js';
import { RENDER_STATION_IDENT } from './ident-orders.service.js';
import { requestedCalls, stationCallList } from './station-idents.answers.js';
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
   * Lists the station calls of a unit on a local day. These are the opening and the closing of its programme, with their
   * figures, the waveform when ready, stage and percentage while they are being made.
   */
  @Get()
  @Answers(stationCallList)
  async list(
    @CurrentActor() actor: Actor,
    @Param('unitCode') unitCode: string,
    @Query({ schema: day }) { date }: z.infer<typeof day>,
  ) {
    const calls = await this.idents.of(actor, unitCode, date);
    return Promise.all(calls.map(async (call) => show(call, await this.jobs.find(RENDER_STATION_IDENT, call.id))));
  }

  /**
   * Requests the station calls of a day, or one `part` of them. What is there already costs nothing. An operator asks for his
   * own ward.
   */
  @Post()
  @Limited('render')
  @Roles('editor', 'operator', 'admin')
  @HttpCode(202)
  @Answers(requestedCalls, { errors: { 422: ['no-loudspeaker', 'day-over', 'day-too-far'], 503: 'no-room' } })
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
