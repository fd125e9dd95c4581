import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { dayRange } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { AuditLog, type AuditFilter } from '../../people/audit/audit-log.service.js';
import { Units } from '../../people/units/units.service.js';
import { dayInAddress, formLine } from '../forms/fields.js';
import { inCurrentLanguage, translate } from '../language/language.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { type AuditPageQuery, auditView } from './audit.view.js';
import { entityNames } from './audit-words.js';

const PAGE = 100;
const query = z.object({
  ai: formLine(100).catch('').default(''),
  viec: z
    .string()
    .refine((word) => word in entityNames)
    .catch('')
    .default(''),
  ma: formLine(100).catch('').default(''),
  tu: dayInAddress,
  den: dayInAddress,
  truoc: z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined),
});
const nothing = z.strictObject({});

/** Nhật ký thao tác: the audit log with its filter, and the check of its hash chain. */
@ApiExcludeController()
@Controller('nhat-ky')
@Roles('admin')
export class AuditPage {
  constructor(
    private readonly auditLog: AuditLog,
    private readonly units: Units,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    await this.show(visit, asked);
  }

  /**
   * Verifies the whole log. It changes nothing, but takes a second for 100 000 rows, so it is a POST and no link leads
   * to it.
   */
  @Post('kiem-tra')
  @Limited('verify')
  async verify(@Visit() visit: PageVisit, @Body({ schema: nothing }) _body: z.infer<typeof nothing>) {
    const { head, broken } = await this.auditLog.verify();
    const verdict = broken
      ? { tone: 'bad', sentence: inCurrentLanguage(broken.sentence) }
      : { tone: 'good', sentence: translate('Nhật ký còn nguyên vẹn: {n} dòng nối tiếp nhau.', { n: head.rows }) };
    await this.show(visit, query.parse({}), verdict);
  }

  private async show(
    visit: PageVisit,
    { ai, viec, ma, tu, den, truoc }: z.infer<typeof query>,
    verdict?: { tone: string; sentence: string },
  ) {
    const zone = this.config.timeZone;
    const filter: AuditFilter = {
      ...(ai ? { who: ai } : {}),
      ...(viec ? { action: `${viec}.` } : {}),
      ...(ma ? { entityId: ma } : {}),
      ...(tu ? { from: dayRange(tu, zone).start } : {}),
      ...(den ? { until: dayRange(den, zone).end } : {}),
      ...(truoc ? { beforeSeq: truoc } : {}),
    };
    const rows = await this.auditLog.list(filter, PAGE + 1);
    const unitNames = new Map((await this.units.all()).map(({ id, name }) => [id, name]));
    const asked: AuditPageQuery = { who: ai, entity: viec, id: ma, from: tu ?? '', until: den ?? '', before: truoc };
    const view = auditView(rows.slice(0, PAGE), asked, unitNames, zone, rows.length > PAGE);
    const { beforeSeq: _page, ...all } = filter;
    const wanted = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) wanted.set(name, String(value));
    wanted.set('kind', 'excel');
    const file = `/api/audit.csv?${wanted}`;
    await visit.render('audit/audit', 'Nhật ký thao tác', { ...view, file, verdict });
  }
}
