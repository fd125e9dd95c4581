import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Limited } from '../http/limits/limits.js';
import { Answers, file } from '../http/api/answers.js';
import { csvKind } from '../http/api/schemas.js';
import { Roles } from '../people/access/access.js';
import { csvBytes, csvType } from '../shared/csv.js';
import { attachment } from './export/attachment.js';
import { reportCsv } from './directive/report-csv.js';
import { directiveReport } from './reports.answers.js';
import { Reports } from './reports.service.js';

const grain = z.strictObject({
  by: z.enum(['unit', 'day']).default('unit').describe('One line for each unit, or for each of its days.'),
  kind: csvKind,
});

@ApiTags('reports')
@Controller('api/directives/:id')
@Roles('official', 'editor', 'approver', 'admin')
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  /**
   * Reports planned × aired × missed plays of a directive. By obligation, unit, campaign and day, with evidence and
   * fulfilment.
   */
  @Get('report')
  @Limited('export')
  @Answers(directiveReport)
  report(@Param('id') id: string) {
    return this.reports.forDirective(id);
  }

  /**
   * Downloads the report as a table. `by=unit` (default) or `by=day`. `kind=plain` (default): UTF-8 with byte order mark, `;`,
   * CRLF. `kind=excel`: UTF-16LE with tabs, for the Excel of any locale.
   */
  @Get('report.csv')
  @Limited('export')
  @Answers(file('text/csv'))
  async csv(
    @Param('id') id: string,
    @Query({ schema: grain }) query: z.infer<typeof grain>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const report = await this.reports.forDirective(id, query.by);
    reply.header('content-type', csvType(query.kind));
    reply.header('content-disposition', attachment(report.directive.number));
    reply.header('cache-control', 'no-store');
    return csvBytes(reportCsv(report, query.by, query.kind), query.kind);
  }
}
