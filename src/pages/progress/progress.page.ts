import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { ProgressDetails } from '../../reports/progress/progress-detail.service.js';
import { progressStates } from '../../reports/progress/progress-state.js';
import { Progress } from '../../reports/progress/progress.service.js';
import { slotStates } from '../../schedule/planning/slot.transitions.js';
import { formLine, rowId, unitCode } from '../fields.js';
import { say } from '../language/language.js';
import { Pages, wantsPiece } from '../page-frame.js';
import { detailView } from './detail.view.js';
import { progressLine, progressView } from './progress.view.js';

const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1).default(1);
const listQuery = z.object({ tim: formLine(200).catch('').default(''), trang: pageNumber });
const tableQuery = z.object({
  tim: formLine(200).catch('').default(''),
  trangthai: z.enum(progressStates).nullable().catch(null).default(null),
});
const slotsQuery = z.object({ trangthai: z.enum(slotStates).optional().catch(undefined), trang: pageNumber });

/** Tiến độ: what became of each obligation in each unit. Everything is read; nothing is changed here. */
@ApiExcludeController()
@Controller('tien-do')
@Roles('official', 'approver', 'editor', 'admin', 'operator')
export class ProgressPage {
  constructor(
    private readonly pages: Pages,
    private readonly progress: Progress,
    private readonly details: ProgressDetails,
    private readonly config: Config,
  ) {}

  @Get()
  async list(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: listQuery }) { tim, trang }: z.infer<typeof listQuery>,
  ) {
    const { rows, more } = await this.progress.list(actor, tim, trang);
    const address = (page: number) => `/tien-do?tim=${encodeURIComponent(tim)}&trang=${page}`;
    const view = {
      rows: rows.map(progressLine),
      search: tim,
      before: trang > 1 ? address(trang - 1) : '',
      after: more ? address(trang + 1) : '',
    };
    await this.pages.send(request, reply, 'progress/progress-list', 'Tiến độ', view);
  }

  @Get(':directiveId')
  async table(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('directiveId', { schema: rowId }) directiveId: string,
    @Query({ schema: tableQuery }) { tim, trangthai }: z.infer<typeof tableQuery>,
  ) {
    const progress = await this.progress.forDirective(actor, directiveId);
    const view = progressView(progress, { search: tim, state: trangthai }, this.config.timeZone);
    await this.pages.send(request, reply, 'progress/progress', say('Tiến độ {number}', { number: view.number }), view);
  }

  @Get(':directiveId/:obligationId/:unitCode')
  async cell(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('directiveId', { schema: rowId }) directiveId: string,
    @Param('obligationId', { schema: rowId }) obligationId: string,
    @Param('unitCode', { schema: unitCode }) unit: string,
    @Query({ schema: slotsQuery }) { trangthai: state, trang: page }: z.infer<typeof slotsQuery>,
  ) {
    const detail = await this.details.forCell(actor, directiveId, obligationId, unit, { state, page });
    const view = detailView(detail, state, page);
    if (wantsPiece(request))
      return this.pages.piece(request, reply, 'progress/cell-detail.part', { ...view, inside: true });
    await this.pages.send(request, reply, 'progress/detail', `${view.unit} · ${view.column}`, view);
  }
}
