import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import { HealthChecks } from '../http/metrics/health-checks.service.js';
import { systemActor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import type { AuditAnchor } from '../people/audit/audit-anchor.js';
import { AuditLog } from '../people/audit/audit-log.service.js';
import type { Station } from './station.entity.js';

const stations = systemActor('đối chiếu với trạm');

/**
 * Stations remember rows of the audit that signed playlists told them of. One that the audit has no more was cut off or written anew,
 * or an older backup was restored.
 */
@Injectable()
export class AnchorWatch {
  private readonly log = new Logger('Audit');
  /** By station: what it last told that is not there. */
  private readonly missing = new Map<string, AuditAnchor>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly auditLog: AuditLog,
    health: HealthChecks,
  ) {
    // A word and no failure: what a single device says stops nobody's work.
    health.add('audit', () => ({ works: true, word: this.missing.size === 0 ? 'ok' : 'cut' }));
  }

  async compare({ id, name }: Station, anchor: AuditAnchor): Promise<void> {
    if (await this.auditLog.holds(this.database.read(), anchor)) {
      this.missing.delete(id);
      return;
    }
    if (this.missing.get(id)?.sequence === anchor.sequence) return;
    this.missing.set(id, anchor);
    this.log.error(`Station ${name} was told of row ${anchor.sequence} of the audit, which is not there any more.`);
    await this.database.write((tx) =>
      this.audit.record(tx, stations, { action: 'audit.cut', entity: 'station', entityId: id, after: anchor }),
    );
  }
}
