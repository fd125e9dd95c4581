import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { ProgressDetails } from '../../reports/progress/progress-details.service.js';
import { progressStates } from '../../reports/progress/progress-state.js';
import { Progress } from '../../reports/progress/progress.service.js';
import { slotStates } from '../../schedule/slots/slot.transitions.js';
import { formLine, rowId, unitCode } from '../forms/fields.js';
import { translate } from '../language/language.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { detailView } from './detail.view.js';
import { progressLine, progressView } from './progress.view.js';

const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1).default(1);
const listQuery = z.object({ tim: formLine(200).catch('').default(''), trang: pageNumber });
const tableQuery = z.object({
  tim: formLine(200).catch('').default(''),
  trangthai: z.enum(progressStates).nullable().catch(null).default(null),
});
const slotsQuery = z.object({ trangthai: z.enum(slotStates).optional().catch(undefined), trang: pageNumber });

/** Tiến độ: the progress of each obligation in each unit. Read-only. */
@ApiExcludeController()
@Controller('tien-do')
@Roles('official', 'approver', 'editor', 'admin', 'operator')
export class ProgressPage {
  constructor(
    private readonly progress: Progress,
    private readonly details: ProgressDetails,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: listQuery }) { tim, trang }: z.infer<typeof listQuery>) {
    const { rows, more } = await this.progress.list(visit.actor, tim, trang);
    const address = (page: number) => `/tien-do?tim=${encodeURIComponent(tim)}&trang=${page}`;
    const view = {
      rows: rows.map(progressLine),
      search: tim,
      before: trang > 1 ? address(trang - 1) : '',
      after: more ? address(trang + 1) : '',
    };
    await visit.render('progress/progress-list', 'Tiến độ', view);
  }

  @Get(':directiveId')
  async table(
    @Visit() visit: PageVisit,
    @Param('directiveId', { schema: rowId }) directiveId: string,
    @Query({ schema: tableQuery }) { tim, trangthai }: z.infer<typeof tableQuery>,
  ) {
    const progress = await this.progress.forDirective(visit.actor, directiveId);
    const view = progressView(progress, { search: tim, state: trangthai }, this.config.timeZone);
    await visit.render('progress/progress', translate('Tiến độ {number}', { number: view.number }), view);
  }

  @Get(':directiveId/:obligationId/:unitCode')
  async cell(
    @Visit() visit: PageVisit,
    @Param('directiveId', { schema: rowId }) directiveId: string,
    @Param('obligationId', { schema: rowId }) obligationId: string,
    @Param('unitCode', { schema: unitCode }) unit: string,
    @Query({ schema: slotsQuery }) { trangthai: state, trang: page }: z.infer<typeof slotsQuery>,
  ) {
    const detail = await this.details.forCell(visit.actor, directiveId, obligationId, unit, { state, page });
    const view = detailView(detail, state, page);
    if (visit.wantsFragment) return visit.fragment('progress/cell-detail.part', { ...view, inside: true });
    await visit.render('progress/detail', `${view.unit} · ${view.column}`, view);
  }
}
