import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { StationIdents } from '../../audio/idents/station-idents.service.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { Units } from '../../people/units/units.service.js';
import { IDENT_DAYS_AHEAD } from '../../schedule/plans/ident-scheduler.service.js';
import { BookendSettings } from '../../schedule/plans/bookend-settings.service.js';
import { channelCode, rowId } from '../forms/fields.js';
import { inCurrentLanguage } from '../language/language.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import {
  identDays,
  type BookendForm,
  bookendFormView,
  bookendKinds,
  parseBookendForm,
  bookendFormOf,
  missingClip,
} from './bookends.view.js';

const clipId = rowId.default('');
const written = z.strictObject({
  windowId: rowId.default(''),
  opening: z.enum(bookendKinds),
  openingClipId: clipId,
  closing: z.enum(bookendKinds),
  closingClipId: clipId,
});

/** The opening and closing of a channel's sessions: a clip, the station ident of the day, or nothing. */
@ApiExcludeController()
@Controller('khung-gio/:code/mo-dau-ket-thuc')
@Roles('admin', 'editor')
export class BookendsPage {
  constructor(
    private readonly channels: Channels,
    private readonly units: Units,
    private readonly bookends: BookendSettings,
    private readonly idents: StationIdents,
    private readonly clock: Clock,
  ) {}

  @Get()
  async settings(@Visit() visit: PageVisit, @Param('code', { schema: channelCode }) code: string) {
    await this.show(visit, await this.channel(visit.actor, code));
  }

  @Post()
  async set(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: written }) body: BookendForm,
  ) {
    const channel = await this.channel(visit.actor, code);
    try {
      const field = missingClip(body);
      if (field) throw clipNeeded(field);
      const whose = body.windowId ? { windowId: body.windowId } : { unitCode: (await this.unit(channel)).code };
      const windows = await this.channels.windows([channel.id]);
      if (body.windowId && !windows.some(({ id }) => id === body.windowId)) throw notFound();
      await this.bookends.set(visit.actor, { ...whose, ...parseBookendForm(body) });
      return await visit.redirect(`/khung-gio/${channel.code}/mo-dau-ket-thuc`, 'da-luu');
    } catch (error) {
      await this.show(visit, channel, body, asFormError(error));
    }
  }

  private async channel(actor: Actor, code: string): Promise<Channel> {
    const channel = await this.channels.forActor(actor, code);
    if (!isLoudspeaker(channel.kind)) throw notFound();
    return channel;
  }

  private async unit({ unitId }: Channel) {
    const unit = await this.units.byId(unitId);
    if (!unit) throw notFound();
    return unit;
  }

  private async show(visit: PageVisit, channel: Channel, typed?: BookendForm, problem?: DomainError) {
    const unit = await this.unit(channel);
    const stored = await this.bookends.list();
    const choices = await this.bookends.choices(channel);
    const places = [
      { windowId: '', name: unit.name, setting: stored.find(({ unitCode }) => unitCode === unit.code) },
      ...(await this.channels.windows([channel.id])).map(({ id, name, start }) => ({
        windowId: id,
        name: `${name}, ${start}`,
        setting: stored.find(({ windowId }) => windowId === id),
      })),
    ];
    const [own, ...windows] = places.map(({ windowId, name, setting }) => {
      const mine = typed?.windowId === windowId;
      const sentence = mine && problem ? inCurrentLanguage(problem.sentence) : '';
      return bookendFormView(mine ? typed : bookendFormOf(windowId, setting), name, choices, sentence);
    });
    const hasIdents = places.some(({ setting }) => setting?.openingCall || setting?.closingCall);
    const today = localDateOf(this.clock.now(), channel.zone);
    const dates = hasIdents ? Array.from({ length: IDENT_DAYS_AHEAD + 1 }, (_, n) => addDays(today, n)) : [];
    const days = await Promise.all(
      dates.map(async (date) => ({ date, idents: await this.idents.of(visit.actor, unit.code, date) })),
    );
    const view = { code: channel.code, channel: channel.name, own, windows, days: identDays(days, channel.profile) };
    await visit.render('bookends/bookends', 'Mở đầu và kết thúc buổi phát', view, problem);
  }
}

function clipNeeded(field: string): DomainError {
  const sentence = { vi: 'Xin chọn bản thu sẽ phát.', en: 'Choose the clip that is to sound.' };
  return new DomainError('invalid', 'clip-needed', sentence, { field });
}
