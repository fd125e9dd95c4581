import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Clock } from '../../shared/clock.js';
import type { DomainError } from '../../shared/domain-error.js';
import { Limited } from '../../http/limits/limits.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { Channels } from '../../channels/channels.service.js';
import { SlotPlacement } from '../../schedule/placing/slot-placement.service.js';
import { SlotExplanations } from '../../schedule/placing/slot-explanations.service.js';
import { SlotEdits } from '../../schedule/placing/slot-edits.service.js';
import { rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { differenceView } from './difference.view.js';
import { type CancelForm, cancelForm, type MoveForm, moveForm, wantedStart } from './slot-forms.js';
import { refusalView, slotView } from './slot.view.js';

/** One slot: the reason for its placement, and its move with a preview before it is stored. */
@ApiExcludeController()
@Controller('lich/luot')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class SlotPage {
  constructor(
    private readonly channels: Channels,
    private readonly placement: SlotPlacement,
    private readonly edits: SlotEdits,
    private readonly explanations: SlotExplanations,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  async one(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.show(visit, id);
  }

  /**
   * Previews the move without storing it: the difference with a form that confirms it, or the alternatives after a
   * refusal.
   */
  @Post(':id/xem-truoc')
  @Limited('preview')
  @Roles('editor')
  async preview(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: moveForm }) form: MoveForm,
  ) {
    const { slot, channel } = await this.explanations.one(visit.actor, id);
    const { zone } = await this.channels.forActor(visit.actor, channel.code);
    const startsAt = wantedStart(form, zone);
    const ask = { startsAt, channelCode: form.kenh, onClash: form.khi, reason: form.ly_do, version: form.phien };
    const names = new Map((await this.channels.everVisibleTo(visit.actor)).map(({ code, name }) => [code, name]));
    const kept = { ...form, luc: String(startsAt), kenh: form.kenh ?? channel.code, id, title: slot.title };
    const view = { ...kept, base: `/lich/luot/${id}`, back: `/lich/luot/${id}`, phien: form.phien ?? slot.version };
    const nameOf = (code: string) => names.get(code) ?? code;
    let answer: object;
    try {
      const { difference } = await this.placement.move(visit.actor, id, ask, { dryRun: true });
      answer = { ...view, told: differenceView(difference, zone, nameOf) };
    } catch (error) {
      answer = { ...view, refused: refusalView(asFormError(error), zone) };
    }
    if (visit.wantsFragment) return visit.fragment('slot/slot-preview.part', answer);
    return visit.render('slot/slot-preview', 'Xem trước thay đổi', answer);
  }

  @Post(':id/doi')
  @Roles('editor')
  async move(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: moveForm }) form: MoveForm,
  ) {
    try {
      const { channel } = await this.explanations.one(visit.actor, id);
      const { zone } = await this.channels.forActor(visit.actor, channel.code);
      const { khi: onClash, ly_do: reason, phien: version, kenh: channelCode } = form;
      await this.placement.move(visit.actor, id, {
        startsAt: wantedStart(form, zone),
        channelCode,
        onClash,
        reason,
        version,
      });
    } catch (error) {
      return this.show(visit, id, asFormError(error));
    }
    return visit.redirect(`/lich/luot/${id}`, 'da-doi');
  }

  @Post(':id/huy')
  @UsesReserve()
  @Roles('editor', 'approver')
  async cancel(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: cancelForm }) form: CancelForm,
  ) {
    try {
      await this.edits.cancel(visit.actor, id, form.ly_do, { version: form.phien });
    } catch (error) {
      return this.show(visit, id, asFormError(error));
    }
    return visit.redirect(`/lich/luot/${id}`, 'da-huy');
  }

  private async show(visit: PageVisit, id: string, problem?: DomainError): Promise<void> {
    const explanation = await this.explanations.one(visit.actor, id);
    const channel = await this.channels.forActor(visit.actor, explanation.channel.code);
    const mayMove = hasRole(visit.actor, 'editor');
    const mayCancel = hasRole(visit.actor, 'editor', 'approver');
    const view = slotView(explanation, { zone: channel.zone, now: this.clock.now(), mayMove, mayCancel });
    if (visit.wantsFragment) return visit.fragment('slot/slot-facts.part', { ...view, brief: true });
    const all = view.mayMove ? await this.channels.visibleTo(visit.actor) : [];
    const channels = all
      .filter(({ kind, zone }) => kind === channel.kind && zone === channel.zone)
      .map(({ code, name }) => ({ code, name, chosen: code === channel.code }));
    await visit.render('slot/slot', explanation.slot.title, { ...view, channels }, problem);
  }
}
