import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { localClockOf, localDateOf, localTimeOf } from '../../shared/local-time.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { Channels } from '../../channels/channels.service.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { type PlaceableClip, PlaceableClips } from '../../schedule/placing/placeable-clips.service.js';
import { SlotPlacement } from '../../schedule/placing/slot-placement.service.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { differenceView } from './difference.view.js';
import { placeSlotView } from './place-slot.view.js';
import { type PlaceForm, placeForm, placeQuery, wantedStart } from './slot-forms.js';
import { refusalView } from './slot.view.js';

type Request = Parameters<SlotPlacement['place']>[1];

/** Adds one play of an approved clip to a session by hand, with a preview before it is stored. */
@ApiExcludeController()
@Controller('lich/luot/moi')
@Roles('editor')
export class PlaceSlotPage {
  constructor(
    private readonly channels: Channels,
    private readonly clips: PlaceableClips,
    private readonly placement: SlotPlacement,
    private readonly schedule: Schedule,
    private readonly clock: Clock,
  ) {}

  @Get()
  async form(@Visit() visit: PageVisit, @Query({ schema: placeQuery }) asked: z.infer<typeof placeQuery>) {
    // The redirect after signing in loses the channel.
    if (!asked.kenh) return visit.redirect('/lich');
    const channel = await this.channels.forActor(visit.actor, asked.kenh);
    const date = asked.ngay ?? localDateOf(this.clock.now(), channel.zone);
    await this.show(visit, channel, { date, time: asked.gio ?? '' });
  }

  /** Previews the play without storing it: the difference with a form that confirms it, or the alternatives. */
  @Post('xem-truoc')
  @Limited('preview')
  async preview(@Visit() visit: PageVisit, @Body({ schema: placeForm }) form: PlaceForm) {
    const channel = await this.channels.forActor(visit.actor, form.kenh);
    let request: Request;
    let clip: PlaceableClip;
    try {
      ({ request, clip } = await this.wanted(channel, form));
    } catch (error) {
      return this.show(visit, channel, typedIn(form), { problem: asFormError(error) });
    }
    const { startsAt } = request;
    const date = localDateOf(startsAt, channel.zone);
    const typed = { date, time: localClockOf(startsAt, channel.zone), clipId: form.bai, reason: form.ly_do };
    const back = addressOf(channel, date, localTimeOf(startsAt, channel.zone));
    const kept = { ...form, luc: String(startsAt), base: '/lich/luot/moi', back, title: clip.title };
    let preview: object;
    try {
      const placed = await this.placement.place(visit.actor, request, { dryRun: true });
      const names = new Map((await this.channels.visibleTo(visit.actor)).map(({ code, name }) => [code, name]));
      const asksUnit = placed.outcome === 'ward-decides';
      const told = !asksUnit && differenceView(placed.difference, channel.zone, (code) => names.get(code) ?? code);
      preview = { ...kept, asksUnit, told };
    } catch (error) {
      preview = { ...kept, refused: refusalView(asFormError(error), channel.zone) };
    }
    if (visit.wantsFragment) return visit.fragment('slot/slot-preview.part', preview);
    return this.show(visit, channel, typed, { preview });
  }

  @Post('doi')
  async place(@Visit() visit: PageVisit, @Body({ schema: placeForm }) form: PlaceForm) {
    const channel = await this.channels.forActor(visit.actor, form.kenh);
    try {
      const { request } = await this.wanted(channel, form);
      const { outcome } = await this.placement.place(visit.actor, request);
      const board = `/lich?ngay=${localDateOf(request.startsAt, channel.zone)}`;
      return await visit.redirect(board, outcome === 'placed' ? 'da-xep-luot' : 'da-hoi-don-vi');
    } catch (error) {
      const { luc } = form;
      const typed =
        luc === undefined
          ? typedIn(form)
          : { ...typedIn(form), date: localDateOf(luc, channel.zone), time: localClockOf(luc, channel.zone) };
      return this.show(visit, channel, typed, { problem: asFormError(error) });
    }
  }

  /** What the form asks for. Throws `no-time`, `choose-clip` (422). */
  private async wanted(channel: Channel, form: PlaceForm): Promise<{ request: Request; clip: PlaceableClip }> {
    const startsAt = wantedStart(form, channel.zone);
    const clips = await this.clips.on(channel, localDateOf(startsAt, channel.zone));
    const clip = clips.find(({ clipId }) => clipId === form.bai);
    if (!clip) throw noClip();
    const { clipId, campaignId } = clip;
    const content = { kind: 'clip' as const, clipId };
    const { khi: onClash, ly_do: reason } = form;
    return { request: { channelCode: channel.code, startsAt, content, campaignId, onClash, reason }, clip };
  }

  private async show(
    visit: PageVisit,
    channel: Channel,
    typed: TypedPlace,
    { preview, problem }: { preview?: object; problem?: DomainError } = {},
  ): Promise<void> {
    const { date } = typed;
    const clips = date ? await this.clips.on(channel, date) : [];
    const windows = date ? (await this.schedule.day(channel.id, date)).windows : [];
    const view = { ...placeSlotView({ channel, clips, windows, typed }), preview };
    await visit.render('slot/place-slot', 'Thêm lượt phát', view, problem);
  }
}

/** What a person has typed; `date` and `time` are '' where they are missing. */
interface TypedPlace {
  date: string;
  time: string;
  clipId?: string;
  reason?: string;
}

function typedIn({ ngay, gio, bai, ly_do: reason }: PlaceForm): TypedPlace {
  return { date: ngay ?? '', time: gio ?? '', clipId: bai, reason };
}

function addressOf({ code }: Channel, date: string, time: string): string {
  const query = new URLSearchParams({ kenh: code, ngay: date, gio: time });
  return `/lich/luot/moi?${query.toString()}`;
}

function noClip(): DomainError {
  return new DomainError(
    'invalid',
    'choose-clip',
    {
      vi: 'Xin chọn bài cần phát. Chỉ phát được bài đã duyệt cho kênh và ngày này.',
      en: 'Choose the item to play. Only items approved for this channel and day can be played.',
    },
    { field: 'bai' },
  );
}
