import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { isOwnMachine } from '../../config/address-advice.js';
import { Config } from '../../config/config.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Roles } from '../../people/access/access.js';
import { Channels } from '../../channels/channels.service.js';
import { Stations } from '../../stations/stations.service.js';
import { channelCode, formLine, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { stationCounts, stationRows } from './stations.view.js';

const search = z.object({ tim: formLine(200).catch('').default('') });
const newStation = z.strictObject({ channelCode, name: formLine(100) });
const nothing = z.strictObject({});

@ApiExcludeController()
@Controller('tram')
@Roles('admin')
export class StationsPage {
  constructor(
    private readonly stations: Stations,
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) { tim }: z.infer<typeof search>) {
    await this.show(visit, { search: tim });
  }

  /** Answers with a page instead of a redirect: the token is shown once and must not be in a URL. */
  @Post()
  async enrol(@Visit() visit: PageVisit, @Body({ schema: newStation }) body: z.infer<typeof newStation>) {
    try {
      if (!body.name) throw nameNeeded();
      const { token } = await this.stations.enrol(visit.actor, body);
      await this.show(visit, { issued: { name: body.name, token } });
    } catch (error) {
      await this.show(visit, { typed: body }, asFormError(error));
    }
  }

  @Post(':id/cap-lai')
  async rotate(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const { token } = await this.stations.rotate(visit.actor, id);
    const name = (await this.stations.visibleTo(visit.actor)).find((one) => one.id === id)?.name ?? '';
    await this.show(visit, { issued: { name, token } });
  }

  @Post(':id/thu-hoi')
  @UsesReserve()
  async revoke(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.stations.revoke(visit.actor, id);
    await visit.redirect('/tram', 'da-thu-hoi');
  }

  private async show(
    visit: PageVisit,
    options: { issued?: { name: string; token: string }; typed?: z.infer<typeof newStation>; search?: string } = {},
    problem?: unknown,
  ) {
    const channels = (await this.channels.list()).filter(({ kind }) => isLoudspeaker(kind));
    const stations = await this.stations.visibleTo(visit.actor);
    const now = this.clock.now();
    const centre = visit.addressOf(this.config);
    const view = {
      rows: stationRows(stations, now, options.search),
      counts: stationCounts(stations, now),
      search: options.search ?? '',
      none: stations.length === 0,
      channels: channels.map(({ code, name }) => ({ code, name, chosen: code === options.typed?.channelCode })),
      typedName: options.typed?.name ?? '',
      formOpen: options.typed !== undefined,
      told: options.issued ? { ...options.issued, centre, unreachable: isOwnMachine(centre) } : null,
    };
    await visit.render('stations/stations', 'Trạm phát', view, problem);
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
