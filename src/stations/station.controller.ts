import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../shared/clock.js';
import { Channels } from '../channels/channels.service.js';
import { notFound } from '../shared/domain-error.js';
import { Device, StationRoutes } from './station.guard.js';
import type { Station } from './station.entity.js';
import { Stations } from './stations.service.js';

const heartbeat = z.strictObject({
  playerVersion: z.string().min(1).max(50),
  freeBytes: z.number().min(0).optional(),
  /** What the station's clock says. */
  now: z.int().min(0).optional(),
});

@ApiTags('stations')
@Controller('api/station')
@StationRoutes()
export class StationController {
  constructor(
    private readonly stations: Stations,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  /** Who the token belongs to, what it plays, and where its log stands. */
  @Get('me')
  async me(@Device() station: Station) {
    const channel = await this.channels.byId(station.channelId);
    if (!channel) throw notFound();
    const { id, name, simulated, lastSequence } = station;
    const { code, kind, zone, permitted } = channel;
    return { id, name, simulated, lastSequence, channel: { code, name: channel.name, kind, zone, permitted } };
  }

  /** "I live." Answers the centre's clock, and how far ahead of it the station's is. */
  @Post('heartbeat')
  @HttpCode(200)
  async heartbeat(@Device() station: Station, @Body({ schema: heartbeat }) body: z.infer<typeof heartbeat>) {
    await this.stations.heartbeat(station, body);
    const now = this.clock.now();
    return { now, aheadMs: body.now === undefined ? null : body.now - now };
  }
}
