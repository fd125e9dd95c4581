import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type CsvCell, CSV_START, csvBytes, type CsvKind, csvLines, csvType } from '../../shared/csv.js';
import { localDateOf, localTimeOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../access/access.js';
import { Answers, file } from '../../http/api/answers.js';
import { csvKind } from '../../http/api/schemas.js';
import { AuditLog, type AuditFilter } from './audit-log.service.js';
import type { AuditEntry } from './audit-entry.entity.js';
import { auditPage } from './audit.answers.js';

const instant = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();
const word = z.string().min(1).max(100).optional();
const filter = z.strictObject({
  from: instant,
  until: instant,
  actorId: word,
  action: word,
  entity: word,
  entityId: word,
  unitId: word,
  who: word,
  beforeSeq: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
});
const table = filter.extend({ kind: csvKind });
const page = filter.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) });

@ApiTags('people')
@Controller('api')
@Roles('admin')
export class AuditController {
  constructor(
    private readonly auditLog: AuditLog,
    private readonly config: Config,
  ) {}

  /**
   * Lists who did what, when, from where, before and after, newest first. `action` may end in a dot (`slot.` finds all that
   * is done to slots); `who` folds tone marks. `next` is the `beforeSeq` of the next page, null at the end.
   */
  @Get('audit')
  @Header('cache-control', 'no-store')
  @Answers(auditPage)
  async list(@Query({ schema: page }) { limit, ...asked }: z.infer<typeof page>) {
    const rows = await this.auditLog.list(asked, limit);
    return { rows, next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) };
  }

  /**
   * Downloads the same rows, all of them, as a table. Times are in the zone of the house. `kind=plain` (default): UTF-8 with
   * byte order mark, `;`, CRLF. `kind=excel`: UTF-16LE with tabs, for the Excel of any locale.
   */
  @Get('audit.csv')
  @Limited('export')
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="nhat-ky-thao-tac.csv"')
  @Answers(file('text/csv'))
  csv(@Query({ schema: table }) { kind, ...asked }: z.infer<typeof table>): StreamableFile {
    return new StreamableFile(Readable.from(this.lines(asked, kind)), { type: csvType(kind) });
  }

  private async *lines(asked: AuditFilter, kind: CsvKind): AsyncGenerator<Buffer> {
    yield csvBytes(CSV_START + csvLines([titles], kind), kind);
    for await (const rows of this.auditLog.all(asked)) {
      const cells = rows.map((row) => this.cells(row));
      yield csvBytes(csvLines(cells, kind), kind);
    }
  }

  private cells(row: AuditEntry): CsvCell[] {
    const { seq, at, actor, action, entity, entityId, unitId, address, before, after, hash } = row;
    const zone = this.config.timeZone;
    const when = { date: localDateOf(at, zone), time: localTimeOf(at, zone) };
    const json = (value: unknown) => (value === null ? '' : JSON.stringify(value));
    return [seq, when, actor, action, entity, entityId, unitId ?? '', address ?? '', json(before), json(after), hash];
  }
}

const titles = [
  'Số thứ tự',
  'Lúc',
  'Người làm',
  'Việc',
  'Loại',
  'Mã',
  'Đơn vị',
  'Địa chỉ máy',
  'Trước',
  'Sau',
  'Mã băm của dòng',
];
