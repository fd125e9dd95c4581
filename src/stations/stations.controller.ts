import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { UsesReserve } from '../http/access.js';
import { Roles, SignedIn } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { Stations } from './stations.service.js';

const newStation = z.strictObject({
  channelCode: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  simulated: z.boolean().optional(),
});

@ApiTags('stations')
@Controller('api/stations')
export class StationsController {
  constructor(private readonly stations: Stations) {}

  /** All stations, or those of an operator's own ward. No token: only its last four characters. */
  @Get()
  @SignedIn()
  list(@Me() actor: Actor) {
    return this.stations.visibleTo(actor);
  }

  /** Answers `{ id, token }`; the token is shown this once. 404; 409 `station-name-taken`; 422 `not-a-loudspeaker`. */
  @Post()
  @Roles('admin')
  async enrol(@Me() actor: Actor, @Body({ schema: newStation }) body: z.infer<typeof newStation>) {
    return this.stations.enrol(actor, body);
  }

  /** A new token in place of the old one, which is dead at once. 404. */
  @Post(':id/rotate')
  @Roles('admin')
  async rotate(@Me() actor: Actor, @Param('id') id: string) {
    return this.stations.rotate(actor, id);
  }

  /** Revokes the token. The station and its log stay. 404. */
  @Delete(':id')
  @UsesReserve()
  @Roles('admin')
  @HttpCode(204)
  async revoke(@Me() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.stations.revoke(actor, id);
  }
}
