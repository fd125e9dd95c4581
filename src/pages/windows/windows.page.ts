import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Channels } from '../../channels/channels.service.js';
import { Overrides } from '../../channels/overrides.service.js';
import { windowBody } from '../../channels/rules.dto.js';
import { holidayRules } from '../../channels/hours/window-days.js';
import { Windows, windowVersion } from '../../channels/windows.service.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { channelCode, formDay, formLine, formTime, rowId } from '../forms/fields.js';
import { parseForm, checkedValues } from '../forms/parse-form.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { shutWindows } from './shut-windows.js';
import {
  channelRows,
  emptyWindow,
  overrideRows,
  type WindowForm,
  windowForm,
  windowFormView,
  parseWindowForm,
  windowRows,
} from './windows.view.js';

const DAYS_AHEAD = 92;
const search = z.object({ tim: formLine(200).catch('').default('') });
const weekday = z.string().regex(/^[1-7]$/);
const written = z.strictObject({
  name: formLine(200),
  start: formTime,
  minutes: formLine(10),
  weekdays: z.union([weekday, z.array(weekday).max(7)]).optional(),
  rrule: formLine(500).default(''),
  from: formDay.default(''),
  until: formDay.default(''),
  seasonFrom: formLine(20).default(''),
  seasonUntil: formLine(20).default(''),
  holidays: z.enum(holidayRules).default('any'),
  /** The version of the rules that the page showed. */
  seen: formLine(40).optional(),
});
const none = z.object({});
const formOf = ({ seen: _seen, ...body }: z.infer<typeof written>): WindowForm => ({
  ...body,
  weekdays: checkedValues(body.weekdays).map(Number),
});

/** Khung giờ: the weekly windows of the loudspeakers; a single date is changed on the page of its window. */
@ApiExcludeController()
@Controller('khung-gio')
@Roles('admin', 'editor')
export class WindowsPage {
  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
    private readonly windows: Windows,
    private readonly overrides: Overrides,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) { tim }: z.infer<typeof search>) {
    const channels = (await this.channels.list()).filter(({ kind }) => isLoudspeaker(kind));
    const rows = channelRows(channels, await this.channels.windows(), tim);
    await visit.render('windows/window-channels', 'Khung giờ', {
      rows,
      search: tim,
      law: hasRole(visit.actor, 'admin'),
    });
  }

  @Get(':code')
  async channel(@Visit() visit: PageVisit, @Param('code', { schema: channelCode }) code: string) {
    await this.showChannel(visit, code);
  }

  @Post(':code')
  @Roles('admin')
  async add(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: written }) body: z.infer<typeof written>,
  ) {
    const work = () => this.windows.add(visit.actor, code, parseForm(windowBody, parseWindowForm(formOf(body))));
    await visit.submit(`/khung-gio/${code}`, 'da-luu', work, (problem) =>
      this.showChannel(visit, code, formOf(body), problem),
    );
  }

  @Get(':code/:windowId')
  @Roles('admin')
  async one(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Param('windowId', { schema: rowId }) windowId: string,
  ) {
    await this.showOne(visit, code, windowId);
  }

  @Post(':code/:windowId')
  @Roles('admin')
  async change(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Param('windowId', { schema: rowId }) windowId: string,
    @Body({ schema: written }) body: z.infer<typeof written>,
  ) {
    const work = () =>
      this.windows.change(visit.actor, code, windowId, parseForm(windowBody, parseWindowForm(formOf(body))), body.seen);
    await visit.submit(`/khung-gio/${code}`, 'da-luu', work, (problem) =>
      this.showOne(visit, code, windowId, formOf(body), problem),
    );
  }

  /** Not reversible on screen, so the page asks for confirmation before. */
  @Post(':code/:windowId/bo')
  @Roles('admin')
  async retire(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Param('windowId', { schema: rowId }) windowId: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    await this.windows.retire(visit.actor, code, windowId);
    await visit.redirect(`/khung-gio/${code}`, 'da-luu');
  }

  private async showChannel(visit: PageVisit, code: string, typed?: WindowForm, problem?: unknown) {
    const channel = await this.channels.forActor(visit.actor, code);
    if (!isLoudspeaker(channel.kind)) throw notFound();
    const today = localDateOf(this.clock.now(), channel.zone);
    const changes = await this.overrides.list(channel.id, today, addDays(today, DAYS_AHEAD));
    const view = {
      code,
      name: channel.name,
      rows: windowRows(await this.channels.windows([channel.id])),
      shut: await shutWindows(this.database.read(), channel.id, today),
      changes: overrideRows(changes, today),
      hours: channel.permitted.map(({ from, until }) => `${from}–${until}`).join(', '),
      mayChange: hasRole(visit.actor, 'admin'),
      formOpen: typed !== undefined,
      form: windowFormView(typed ?? emptyWindow),
    };
    await visit.render('windows/windows', channel.name, view, problem);
  }

  private async showOne(visit: PageVisit, code: string, windowId: string, typed?: WindowForm, problem?: unknown) {
    const channel = await this.channels.forActor(visit.actor, code);
    const window = (await this.channels.windows([channel.id])).find(({ id }) => id === windowId);
    if (!window) throw notFound();
    const form = windowFormView(typed ?? windowForm(window));
    const seen = windowVersion(window);
    const view = { code, id: windowId, channel: channel.name, name: window.name, seen, form };
    await visit.render('windows/window', window.name, view, problem);
  }
}
