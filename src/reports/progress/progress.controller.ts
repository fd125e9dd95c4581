import type { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Limited } from '../../http/limits.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { slotStates } from '../../schedule/planning/slot.transitions.js';
import { attachment } from '../attachment.js';
import { progressCsv } from './progress-csv.js';
import { progressXlsx } from './progress-xlsx.js';
import { ProgressDetails } from './progress-detail.service.js';
import { ProgressPapers } from './progress-papers.service.js';
import { Progress } from './progress.service.js';

const id = z.string().max(36);
const code = z.string().max(100);
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
   * Obligations × units with the state of each (met, late, missed, pending, unmeasured) and its counts. People of a ward get
   * their own units only. 404.
   */
  @Get('progress')
  async table(@Me() actor: Actor, @Param('id', { schema: id }) directiveId: string) {
    return this.progress.forDirective(actor, directiveId);
  }

  /** One line per obligation and unit, for Excel: UTF-8 with byte order mark, `;`, CRLF, formulas neutralised. 404. */
  @Get('progress.csv')
  @Limited('export')
  async csv(@Me() actor: Actor, @Param('id', { schema: id }) directiveId: string, @Res() reply: FastifyReply) {
    const progress = await this.progress.forDirective(actor, directiveId);
    await this.file(reply, progress.directive.number, 'csv', 'text/csv; charset=utf-8', progressCsv(progress));
  }

  /** The table in colour, and one line per obligation and unit. 404. */
  @Get('progress.xlsx')
  @Limited('export')
  async xlsx(@Me() actor: Actor, @Param('id', { schema: id }) directiveId: string, @Res() reply: FastifyReply) {
    const progress = await this.progress.forDirective(actor, directiveId);
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await this.file(reply, progress.directive.number, 'xlsx', type, progressXlsx(progress));
  }

  /** The report as a paper in the layout of Nghị định 30/2020/NĐ-CP; number and signature are left open. 404. */
  @Get('progress.docx')
  @Limited('export')
  async docx(@Me() actor: Actor, @Param('id', { schema: id }) directiveId: string, @Res() reply: FastifyReply) {
    const { number, stream } = await this.papers.docx(actor, directiveId);
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    await this.file(reply, number, 'docx', type, stream);
  }

  /** What stands behind one cell: slots (100 a page, oldest first, of one state if asked) or posts, with their evidence. 404. */
  @Get('progress/:obligationId/:unitCode')
  async cell(
    @Me() actor: Actor,
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
