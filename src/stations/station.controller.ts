import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../shared/clock.js';
import { isLocalDate } from '../shared/local-time.js';
import { Limited } from '../http/limits/limits.js';
import { UsesReserve } from '../http/requests/route-access.js';
import { Answers, sent } from '../http/api/answers.js';
import { auditAnchor } from '../people/audit/audit-anchor.js';
import { sendClip } from '../playlists/send-clip.js';
import { policyOn } from '../channels/hours/policy-hours.js';
import { PlaylistSender } from '../playlists/playlist-sender.service.js';
import { AnchorWatch } from './anchor-watch.service.js';
import { clipFile, clipHeaders, playlist, playlistHeaders } from '../playlists/playlists.answers.js';
import { Device, StationRoutes } from './station.guard.js';
import type { Station } from './station.entity.js';
import { StationDownloads } from './station-downloads.service.js';
import { StationChannels } from './station-channels.service.js';
import { heartbeatAnswer, stationSelf } from './stations.answers.js';
import { Stations } from './stations.service.js';

const day = z.strictObject({ date: z.string().refine(isLocalDate, 'YYYY-MM-DD').optional() });
const heartbeat = z.strictObject({
  playerVersion: z.string().min(1).max(50),
  freeBytes: z.number().min(0).optional(),
  now: z.int().min(0).optional().describe("What the station's clock says."),
  playing: z.string().min(1).max(36).optional().describe('The slot that sounds now.'),
  audit: auditAnchor.optional().describe('The furthest row of the audit that a signed playlist told it of.'),
});

@ApiTags('stations')
@Controller('api/station')
@UsesReserve()
@StationRoutes()
export class StationController {
  constructor(
    private readonly stations: Stations,
    private readonly channels: StationChannels,
    private readonly downloads: StationDownloads,
    private readonly sender: PlaylistSender,
    private readonly clock: Clock,
    private readonly anchors: AnchorWatch,
  ) {}

  /**
   * Shows the station that calls, its channel, and how its log stands here. A station keeps what was acknowledged for 30
   * days. It sends again, with `acknowledgedAt`, what lies in the ranges of `missing` (ends included) and what it holds above
   * `lastSequence`, also when that number is lower than what was acknowledged: a centre that was restored from a backup has
   * lost what came after it.
   */
  @Get('me')
  @Answers(stationSelf)
  async me(@Device() station: Station) {
    const { channel, rules, today } = await this.channels.of(station.channelId);
    const { id, name, simulated } = station;
    const log = await this.stations.logState(id);
    const { permitted } = policyOn(rules.policy, today);
    const { code, kind, zone } = channel;
    return { id, name, simulated, ...log, channel: { code, name: channel.name, kind, zone, permitted } };
  }

  /**
   * Takes a sign of life and answers the centre's clock. The answer also tells how the station's log stands here: the station
   * sends again what is `missing`, and what it holds above `lastSequence`, also when that was acknowledged before.
   */
  @Post('heartbeat')
  @Limited('heartbeat')
  @HttpCode(200)
  @Answers(heartbeatAnswer)
  async heartbeat(@Device() station: Station, @Body({ schema: heartbeat }) body: z.infer<typeof heartbeat>) {
    const { audit, ...vitals } = body;
    const log = await this.stations.heartbeat(station, vitals);
    if (audit) await this.anchors.compare(station, audit);
    const now = this.clock.now();
    return { now, aheadMs: body.now === undefined ? null : body.now - now, ...log };
  }

  /**
   * Downloads one local day of the station's channel, signed. Without `date`, today there. The signature is in
   * `x-loa-signature`. 422 `day-not-held` for days other than yesterday to the day after tomorrow.
   */
  @Get('playlist')
  @Answers(sent(playlist), { headers: playlistHeaders, errors: { 422: 'day-not-held' } })
  async playlist(
    @Device() station: Station,
    @Query({ schema: day }) query: z.infer<typeof day>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sender.send(reply, request, await this.downloads.playlist(station, query.date), 'json');
  }

  /**
   * Downloads a clip that the station is to play, whole or one range of it. The file is `<sha256>.mp3` of a slot of those
   * days on the station's channel; everything else is 404.
   */
  @Get('clips/:file')
  @Answers(clipFile, { headers: clipHeaders, errors: { 416: 'range-not-satisfiable' } })
  async clip(
    @Device() station: Station,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendClip(reply, request, await this.downloads.clip(station, file));
  }
}
