import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { UsesReserve } from '../../http/access.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Channels } from '../../channels/channels.service.js';
import { baseUrl } from '../../playlists/base-url.js';
import { Stations } from '../../stations/stations.service.js';
import { channelCode, formLine, rowId } from '../fields.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { stationCounts, stationRows } from './stations.view.js';

const search = z.object({ tim: formLine(200).catch('').default('') });
const newStation = z.strictObject({ channelCode, name: formLine(100) });
const nothing = z.strictObject({});

@ApiExcludeController()
@Controller('tram')
@Roles('admin')
export class StationsPage {
  constructor(
    private readonly pages: Pages,
    private readonly stations: Stations,
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  async list(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: search }) { tim }: z.infer<typeof search>,
  ) {
    await this.show(actor, request, reply, { search: tim });
  }

  /** The one answer to a form that is a page and no redirect: a token must not stand in an address, and is told once. */
  @Post()
  async enrol(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: newStation }) body: z.infer<typeof newStation>,
  ) {
    try {
      if (!body.name) throw nameNeeded();
      const { token } = await this.stations.enrol(actor, body);
      await this.show(actor, request, reply, { told: { name: body.name, token } });
    } catch (error) {
      await this.show(actor, request, reply, { typed: body }, shown(error));
    }
  }

  @Post(':id/cap-lai')
  async rotate(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const { token } = await this.stations.rotate(actor, id);
    const name = (await this.stations.visibleTo(actor)).find((one) => one.id === id)?.name ?? '';
    await this.show(actor, request, reply, { told: { name, token } });
  }

  @Post(':id/thu-hoi')
  @UsesReserve()
  async revoke(
    @Me() actor: Actor,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.stations.revoke(actor, id);
    await seeOther(reply, '/tram', 'da-thu-hoi');
  }

  private async show(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    with_: { told?: { name: string; token: string }; typed?: z.infer<typeof newStation>; search?: string } = {},
    problem?: unknown,
  ) {
    const channels = (await this.channels.list()).filter(({ kind }) => isLoudspeaker(kind));
    const stations = await this.stations.visibleTo(actor);
    const now = this.clock.now();
    const view = {
      rows: stationRows(stations, now, with_.search),
      counts: stationCounts(stations, now),
      search: with_.search ?? '',
      none: stations.length === 0,
      channels: channels.map(({ code, name }) => ({ code, name, chosen: code === with_.typed?.channelCode })),
      typedName: with_.typed?.name ?? '',
      formOpen: with_.typed !== undefined,
      told: with_.told ? { ...with_.told, centre: baseUrl(this.config) } : null,
    };
    await this.pages.send(request, reply, 'stations/stations', 'Trạm phát', view, problem);
  }
}

function nameNeeded(): DomainError {
  return new DomainError(
    'invalid',
    'name-needed',
    { vi: 'Xin ghi tên trạm.', en: 'A station has a name.' },
    { field: 'name' },
  );
}
