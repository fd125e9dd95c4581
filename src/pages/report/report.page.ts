import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { Directives } from '../../directives/directives.service.js';
import { Reports } from '../../reports/reports.service.js';
import { directiveRow } from '../directives/directive.view.js';
import { formLine, rowId } from '../forms/fields.js';
import { translate } from '../language/language.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { reportView } from './report.view.js';

const query = z.object({ tim: formLine(200).optional() });

@ApiExcludeController()
@Controller('bao-cao')
@Roles('official', 'editor', 'approver', 'admin')
export class ReportPage {
  constructor(
    private readonly directives: Directives,
    private readonly reports: Reports,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    const search = asked.tim ?? '';
    const rows = (await this.directives.list(search || undefined)).map(directiveRow);
    await visit.render('report/report-list', 'Báo cáo', { rows, search });
  }

  @Get(':directiveId')
  async one(@Visit() visit: PageVisit, @Param('directiveId', { schema: rowId }) directiveId: string) {
    const view = reportView(await this.reports.forDirective(directiveId, 'unit'), this.config.timeZone);
    await visit.render('report/report', translate('Báo cáo {number}', { number: view.number }), view);
  }
}
