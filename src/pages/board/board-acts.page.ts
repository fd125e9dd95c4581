import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../people/access/access.js';
import { MakeGoods } from '../../schedule/changes/make-goods.service.js';
import { PlanChanges } from '../../schedule/plans/plan-changes.service.js';
import { wardOutcomes } from '../../schedule/placing/ward-decision.transitions.js';
import { WardDecisions } from '../../schedule/placing/ward-decisions.service.js';
import { dayInAddress, formLine, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';

const back = z.strictObject({ ngay: dayInAddress });
const dismissal = z.strictObject({ ngay: dayInAddress, reason: formLine(500) });
const decision = z.strictObject({
  ngay: dayInAddress,
  outcome: z.enum(wardOutcomes),
  reason: formLine(500).default(''),
});

type Asked = z.infer<typeof back>;

/**
 * The forms of the board's sidebar: accept or decline a make-good, answer a ward decision, mark a plan change as seen.
 */
@ApiExcludeController()
@Controller('lich')
export class BoardActsPage {
  constructor(
    private readonly makeGoods: MakeGoods,
    private readonly decisions: WardDecisions,
    private readonly changes: PlanChanges,
  ) {}

  @Post('phat-bu/:id/nhan')
  @Roles('editor', 'approver', 'operator', 'admin')
  accept(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string, @Body({ schema: back }) body: Asked) {
    return this.done(visit, body, () => this.makeGoods.accept(visit.actor, id));
  }

  @Post('phat-bu/:id/bo')
  @Roles('editor', 'approver', 'operator', 'admin')
  dismiss(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: dismissal }) body: z.infer<typeof dismissal>,
  ) {
    return this.done(visit, body, () => this.makeGoods.dismiss(visit.actor, id, body.reason));
  }

  @Post('quyet-dinh/:id')
  @Roles('operator', 'approver', 'editor', 'admin')
  decide(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
  ) {
    return this.done(visit, body, () => this.decisions.decide(visit.actor, id, body.outcome, body.reason));
  }

  @Post('thay-doi/:id/da-xem')
  @Roles('editor', 'approver', 'official', 'admin')
  seen(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string, @Body({ schema: back }) body: Asked) {
    return this.done(visit, body, () => this.changes.seen(visit.actor, id));
  }

  /** Does the work and returns to the board of that day. A refusal is shown on the error page with a link back. */
  private async done(visit: PageVisit, { ngay }: Asked, act: () => Promise<unknown>) {
    const board = `/lich${ngay ? `?ngay=${ngay}` : ''}`;
    try {
      await act();
    } catch (error) {
      return visit.render('board/board-problem', 'Lịch phát', { board }, asFormError(error));
    }
    return visit.redirect(board, 'da-ghi');
  }
}
