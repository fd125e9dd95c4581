import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../shared/clock.js';
import { isLocalDate } from '../shared/local-time.js';
import { Limited } from '../http/limits.js';
import { UsesReserve } from '../http/access.js';
import { auditAnchor } from '../people/audit-anchor.js';
import { sendClip } from '../playlists/send-clip.js';
import { policyOn } from '../schedule/planning/policy.hours.js';
import { PlaylistSender } from '../playlists/playlist-sender.service.js';
import { AnchorWatch } from './anchor-watch.service.js';
import { LOG_STANDING_FOR_STATIONS } from './log-account.js';
import { Device, StationRoutes } from './station.guard.js';
import type { Station } from './station.entity.js';
import { StationShelf } from './station-shelf.service.js';
import { StationChannels } from './station-channels.service.js';
import { Stations } from './stations.service.js';

const day = z.strictObject({ date: z.string().refine(isLocalDate, 'YYYY-MM-DD').optional() });
const heartbeat = z.strictObject({
  playerVersion: z.string().min(1).max(50),
  freeBytes: z.number().min(0).optional(),
  /** What the station's clock says. */
  now: z.int().min(0).optional(),
  /** The furthest row of the audit that a signed playlist told it of. */
  audit: auditAnchor.optional(),
});

@ApiTags('stations')
@Controller('api/station')
@UsesReserve()
@StationRoutes()
export class StationController {
  constructor(
    private readonly stations: Stations,
    private readonly channels: StationChannels,
    private readonly shelf: StationShelf,
    private readonly sender: PlaylistSender,
    private readonly clock: Clock,
    private readonly anchors: AnchorWatch,
  ) {}

  /**
   * Who the token belongs to, what it plays, the hours that are permitted there today, and where its log stands: `lastSequence` and
   * what is `missing` below it, as in the answer to a heartbeat.
   */
  @Get('me')
  @ApiOperation({
    summary: 'The station, its channel, and how its log stands here',
    description: LOG_STANDING_FOR_STATIONS,
  })
  async me(@Device() station: Station) {
    const { channel, rules, today } = await this.channels.of(station.channelId);
    const { id, name, simulated } = station;
    const log = await this.stations.logStanding(id);
    const { permitted } = policyOn(rules.policy, today);
    const { code, kind, zone } = channel;
    return { id, name, simulated, ...log, channel: { code, name: channel.name, kind, zone, permitted } };
  }

  /**
   * "I live." Answers the centre's clock, how far ahead of it the station's is, and where its log stands: a station sends again
   * what is `missing`, and what it holds above `lastSequence`, also when that was acknowledged before.
   */
  @Post('heartbeat')
  @Limited('heartbeat')
  @HttpCode(200)
  @ApiOperation({
    summary: 'A sign of life; answers the clock and how the log stands here',
    description: LOG_STANDING_FOR_STATIONS,
  })
  async heartbeat(@Device() station: Station, @Body({ schema: heartbeat }) body: z.infer<typeof heartbeat>) {
    const { audit, ...vitals } = body;
    const log = await this.stations.heartbeat(station, vitals);
    if (audit) await this.anchors.compare(station, audit);
    const now = this.clock.now();
    return { now, aheadMs: body.now === undefined ? null : body.now - now, ...log };
  }

  /**
   * One local day of the station's channel, signed in `x-loa-signature`; 304 on a matching `If-None-Match`. Without `date`,
   * today there. 422 `day-not-held` for days other than yesterday to the day after tomorrow.
   */
  @Get('playlist')
  async playlist(
    @Device() station: Station,
    @Query({ schema: day }) query: z.infer<typeof day>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sender.send(reply, request, await this.shelf.playlist(station, query.date), 'json');
  }

  /** `<sha256>.mp3` of a slot of those days on the station's channel, whole or a range. 404 for everything else. */
  @Get('clips/:file')
  async clip(
    @Device() station: Station,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendClip(reply, request, await this.shelf.clip(station, file));
  }
}
