import type { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { csvType } from '../../shared/csv.js';
import { Limited } from '../../http/limits/limits.js';
import { Answers, file } from '../../http/api/answers.js';
import { csvKind } from '../../http/api/schemas.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { slotStates } from '../../schedule/slots/slot.transitions.js';
import { attachment } from '../export/attachment.js';
import { progressCsv } from './progress-csv.js';
import { progressXlsx } from './progress-xlsx.js';
import { ProgressDetails } from './progress-details.service.js';
import { ProgressPapers } from './progress-papers.service.js';
import { directiveProgress, progressDetail } from './progress.answers.js';
import { Progress } from './progress.service.js';

const id = z.string().max(36);
const code = z.string().max(100);
const tableQuery = z.strictObject({ kind: csvKind });
const part = z.strictObject({
  state: z.enum(slotStates).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

@ApiTags('reports')
@Controller('api/directives/:id')
@Roles('official', 'approver', 'editor', 'admin', 'operator')
export class ProgressController {
  constructor(
    private readonly progress: Progress,
    private readonly details: ProgressDetails,
    private readonly papers: ProgressPapers,
  ) {}

  /**
   * Shows how far each unit is with each obligation of a directive. The state of a cell is met, late, missed, pending or
   * unmeasured. People of a ward get their own units only.
   */
  @Get('progress')
  @Answers(directiveProgress)
  async table(@CurrentActor() actor: Actor, @Param('id', { schema: id }) directiveId: string) {
    return this.progress.forDirective(actor, directiveId);
  }

  /**
   * Downloads the progress as a table. One line per obligation and unit, formulas neutralised. `kind=plain` (default): UTF-8
   * with byte order mark, `;`, CRLF. `kind=excel`: UTF-16LE with tabs, for the Excel of any locale.
   */
  @Get('progress.csv')
  @Limited('export')
  @Answers(file('text/csv'))
  async csv(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) directiveId: string,
    @Query({ schema: tableQuery }) { kind }: z.infer<typeof tableQuery>,
    @Res() reply: FastifyReply,
  ) {
    const progress = await this.progress.forDirective(actor, directiveId);
    await this.file(reply, progress.directive.number, 'csv', csvType(kind), progressCsv(progress, kind));
  }

  /** Downloads the progress as a coloured Excel file. It has one line per obligation and unit as well. */
  @Get('progress.xlsx')
  @Limited('export')
  @Answers(file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'))
  async xlsx(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) directiveId: string,
    @Res() reply: FastifyReply,
  ) {
    const progress = await this.progress.forDirective(actor, directiveId);
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await this.file(reply, progress.directive.number, 'xlsx', type, progressXlsx(progress));
  }

  /** Downloads the progress as a paper in the layout of Nghị định 30/2020/NĐ-CP. Number and signature are left open. */
  @Get('progress.docx')
  @Limited('export')
  @Answers(file('application/vnd.openxmlformats-officedocument.wordprocessingml.document'))
  async docx(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) directiveId: string,
    @Res() reply: FastifyReply,
  ) {
    const { number, stream } = await this.papers.docx(actor, directiveId);
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    await this.file(reply, number, 'docx', type, stream);
  }

  /**
   * Shows what stands behind one cell of the progress. Slots (100 a page, oldest first, of one state if asked) or posts, with
   * their evidence.
   */
  @Get('progress/:obligationId/:unitCode')
  @Answers(progressDetail)
  async cell(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) directiveId: string,
    @Param('obligationId', { schema: id }) obligationId: string,
    @Param('unitCode', { schema: code }) unitCode: string,
    @Query({ schema: part }) query: z.infer<typeof part>,
  ) {
    const found = await this.details.forCell(actor, directiveId, obligationId, unitCode, query);
    const { column, row, cell, slots, slotCount, posts } = found;
    return { column, unit: { code: row.unitCode, name: row.unitName }, cell, slotCount, slots, posts };
  }

  private async file(reply: FastifyReply, number: string, extension: string, type: string, stream: Readable) {
    reply.header('content-type', type);
    reply.header('content-disposition', attachment(number, extension, 'tiến độ'));
    reply.header('cache-control', 'no-store');
    await reply.send(stream);
  }
}
