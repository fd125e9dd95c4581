import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { VIETNAM } from '../../shared/local-time.js';
import { Roles } from '../../people/access/access.js';
import { Channels } from '../../channels/channels.service.js';
import { PlanChanges } from '../../schedule/plans/plan-changes.service.js';
import type { Difference } from '../../schedule/slots/slot-difference.js';
import { rowId } from '../forms/fields.js';
import { moment } from '../language/language.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { differenceView } from './difference.view.js';

/** One automatic re-planning, before and after. */
@ApiExcludeController()
@Controller('lich/thay-doi')
@Roles('editor', 'approver', 'official', 'admin')
export class PlanChangePage {
  constructor(
    private readonly changes: PlanChanges,
    private readonly channels: Channels,
  ) {}

  @Get(':id')
  async one(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    const change = await this.changes.one(id);
    const names = new Map((await this.channels.everVisibleTo(visit.actor)).map(({ code, name }) => [code, name]));
    const told = differenceView(change.difference as unknown as Difference, VIETNAM, (code) => names.get(code) ?? code);
    const view = {
      id,
      at: moment(change.at, VIETNAM),
      sentence: change.sentence,
      told,
      unseen: change.seenAt === null,
    };
    await visit.render('slot/plan-change', 'Lịch vừa được xếp lại', view);
  }
}
