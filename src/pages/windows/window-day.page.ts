import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Channels } from '../../channels/channels.service.js';
import { Overrides } from '../../channels/overrides.service.js';
import { localDay, overrideBody } from '../../channels/rules.dto.js';
import { overrideKinds } from '../../channels/entities/window-override.entity.js';
import { Roles } from '../../people/access/access.js';
import { channelCode, formDay, formLine, formTime, rowId } from '../forms/fields.js';
import { parseForm } from '../forms/parse-form.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { type DayForm, dayFormView, parseDayForm, overrideRows } from './windows.view.js';

const DAYS_AHEAD = 366;
const written = z.strictObject({
  date: formDay,
  kind: z.enum(overrideKinds),
  start: formTime.default(''),
  minutes: formLine(10).default(''),
  title: formLine(200).default(''),
  reason: formLine(400).default(''),
});
const which = z.strictObject({ date: formLine(20) });
const oneDate = z.object({ date: localDay });

/** One date of one window: silent, moved, or with its own programme; each change can be undone. */
@ApiExcludeController()
@Controller('khung-gio/:code/:windowId/ngay')
@Roles('admin', 'editor')
export class WindowDayPage {
  constructor(
    private readonly channels: Channels,
    private readonly overrides: Overrides,
    private readonly clock: Clock,
  ) {}

  @Get()
  async days(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Param('windowId', { schema: rowId }) windowId: string,
  ) {
    await this.show(visit, code, windowId);
  }

  @Post()
  async set(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Param('windowId', { schema: rowId }) windowId: string,
    @Body({ schema: written }) body: DayForm,
  ) {
    const work = async () => {
      const { date } = parseForm(oneDate, { date: body.date });
      await this.overrides.set(visit.actor, code, windowId, date, parseForm(overrideBody, parseDayForm(body)));
    };
    await visit.submit(`/khung-gio/${code}/${windowId}/ngay`, 'da-luu', work, (problem) =>
      this.show(visit, code, windowId, body, problem),
    );
  }

  @Post('hoan-tac')
  async undo(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Param('windowId', { schema: rowId }) windowId: string,
    @Body({ schema: which }) body: z.infer<typeof which>,
  ) {
    const work = async () => {
      const { date } = parseForm(oneDate, body);
      await this.overrides.undo(visit.actor, code, windowId, date);
    };
    await visit.submit(`/khung-gio/${code}/${windowId}/ngay`, 'da-hoan-tac', work, (problem) =>
      this.show(visit, code, windowId, undefined, problem),
    );
  }

  private async show(visit: PageVisit, code: string, windowId: string, typed?: DayForm, problem?: unknown) {
    const channel = await this.channels.forActor(visit.actor, code);
    const window = (await this.channels.windows([channel.id])).find(({ id }) => id === windowId);
    if (!window) throw notFound();
    const today = localDateOf(this.clock.now(), channel.zone);
    const changes = await this.overrides.list(channel.id, today, addDays(today, DAYS_AHEAD));
    const own = changes.filter((change) => change.windowId === windowId);
    const empty: DayForm = { date: '', kind: 'skip', start: '', minutes: '', title: '', reason: '' };
    const view = {
      code,
      id: windowId,
      channel: channel.name,
      name: window.name,
      usual: window.start,
      today,
      changes: overrideRows(own, today),
      form: dayFormView(typed ?? empty),
    };
    await visit.render('windows/window-day', window.name, view, problem);
  }
}
