import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { type DomainError, notFound } from '../../shared/domain-error.js';
import { type LocalDate, localDateOf } from '../../shared/local-time.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { SignedIn, Roles } from '../../people/access/access.js';
import { type Actor, operatedUnits } from '../../people/access/actor.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { SlotProofs } from '../../proof/slot-proofs.service.js';
import { OperatorConfirmations } from '../../proof/operator-confirmations.service.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { UpcomingSlots } from '../../schedule/calendar/upcoming-slots.service.js';
import { channelCode, dayInAddress, formLine, rowId } from '../forms/fields.js';
import { inCurrentLanguage } from '../language/language.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { channelChoice, todayView } from './today.view.js';

const query = z.object({ kenh: channelCode.optional(), ngay: dayInAddress });
const tick = z.strictObject({
  kenh: channelCode,
  ngay: dayInAddress,
  played: z.enum(['yes', 'no']),
  reason: formLine(300).default(''),
});

/** The operator's screen: today's slots of his channel and their outcomes. */
@ApiExcludeController()
@Controller('hom-nay')
@SignedIn()
export class TodayPage {
  constructor(
    private readonly channels: Channels,
    private readonly schedule: Schedule,
    private readonly upcoming: UpcomingSlots,
    private readonly proofs: SlotProofs,
    private readonly confirmations: OperatorConfirmations,
    private readonly clock: Clock,
  ) {}

  @Get()
  async today(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    if (asked.kenh !== undefined) return this.show(visit, asked.kenh, asked.ngay);
    const mine = await this.choices(visit.actor);
    const [only] = mine;
    if (only && mine.length === 1) return this.show(visit, only.code, asked.ngay);
    const now = this.clock.now();
    const next = await this.upcoming.today(mine, now);
    const choices = mine.map((channel) => channelChoice(channel, next.get(channel.id), channel.zone));
    await visit.render('today/choose', 'Hôm nay', { choices });
  }

  @Post('luot/:slotId')
  @UsesReserve()
  @Roles('operator')
  async tick(
    @Visit() visit: PageVisit,
    @Param('slotId', { schema: rowId }) slotId: string,
    @Body({ schema: tick }) body: z.infer<typeof tick>,
  ) {
    const played = body.played === 'yes';
    try {
      await this.confirmations.tick(visit.actor, slotId, played ? { played } : { played, reason: body.reason });
      if (visit.wantsFragment) return await this.showSlot(visit, slotId, body);
      const day = body.ngay ? `&ngay=${body.ngay}` : '';
      return await visit.redirect(`/hom-nay?kenh=${body.kenh}${day}`, 'da-ghi');
    } catch (error) {
      const problem = asFormError(error);
      if (visit.wantsFragment) return this.showSlot(visit, slotId, body, problem);
      await this.show(visit, body.kenh, body.ngay, problem);
    }
  }

  /** An operator's own loudspeaker channels; city roles choose among all. */
  private async choices(actor: Actor): Promise<Channel[]> {
    const visible = (await this.channels.visibleTo(actor)).filter(({ kind }) => isLoudspeaker(kind));
    const own = operatedUnits(actor);
    const mine = visible.filter(({ unitId }) => own.includes(unitId));
    return mine.length > 0 ? mine : visible;
  }

  /**
   * Renders the confirmed slot again, and the number of slots that still wait; the rest of the page stays unchanged.
   */
  private async showSlot(
    visit: PageVisit,
    slotId: string,
    { kenh, ngay }: z.infer<typeof tick>,
    problem?: DomainError,
  ) {
    const channel = await this.channels.forActor(visit.actor, kenh);
    const now = this.clock.now();
    const day = await this.schedule.day(channel.id, ngay ?? localDateOf(now, channel.zone));
    const proofs = await this.proofs.forSlots(day.slots.map((slot) => slot.id));
    const mayTick = operatedUnits(visit.actor).includes(channel.unitId);
    const { sessions, toTick } = todayView({ channel, day, proofs, now, mayTick });
    const row = sessions.flatMap(({ slots }) => slots).find(({ id }) => id === slotId);
    if (!row) throw notFound();
    const sentence = problem ? inCurrentLanguage(problem.sentence) : '';
    const view = { ...row, code: channel.code, date: day.date, toTick, problem: sentence };
    await visit.fragment('today/today-ticked.part', view, problem ? 422 : 200);
  }

  private async show(visit: PageVisit, code: string, date: LocalDate | undefined, problem?: unknown) {
    const channel = await this.channels.forActor(visit.actor, code);
    const now = this.clock.now();
    const day = await this.schedule.day(channel.id, date ?? localDateOf(now, channel.zone));
    const proofs = await this.proofs.forSlots(day.slots.map((slot) => slot.id));
    const mayTick = operatedUnits(visit.actor).includes(channel.unitId);
    const severalChannels = (await this.choices(visit.actor)).length > 1;
    const view = { ...todayView({ channel, day, proofs, now, mayTick }), severalChannels };
    await visit.render('today/today', channel.name, view, problem);
  }
}
