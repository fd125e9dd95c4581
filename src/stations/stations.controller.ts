import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { UsesReserve } from '../http/requests/route-access.js';
import { Answers } from '../http/api/answers.js';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { stationToken, stations } from './stations.answers.js';
import { Stations } from './stations.service.js';

const newStation = z.strictObject({
  channelCode: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  simulated: z.boolean().optional().describe('A program that only pretends to sound.'),
});

@ApiTags('stations')
@Controller('api/stations')
export class StationsController {
  constructor(private readonly stations: Stations) {}

  /** Lists stations. An operator sees those of his own ward. No token is shown, only its last four characters. */
  @Get()
  @SignedIn()
  @Answers(stations)
  list(@CurrentActor() actor: Actor) {
    return this.stations.visibleTo(actor);
  }

  /** Enrols a station and answers its token. The token is shown this once. */
  @Post()
  @Roles('admin')
  @Answers(stationToken, { errors: { 404: 'not-found', 409: 'station-name-taken', 422: 'not-a-loudspeaker' } })
  async enrol(@CurrentActor() actor: Actor, @Body({ schema: newStation }) body: z.infer<typeof newStation>) {
    return this.stations.enrol(actor, body);
  }

  /** Gives a station a new token. The old one is dead at once. */
  @Post(':id/rotate')
  @Roles('admin')
  @Answers(stationToken)
  async rotate(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.stations.rotate(actor, id);
  }

  /** Revokes the token of a station. The station and its log stay. */
  @Delete(':id')
  @UsesReserve()
  @Roles('admin')
  @HttpCode(204)
  @Answers(null)
  async revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.stations.revoke(actor, id);
  }
}
