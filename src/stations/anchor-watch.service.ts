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
 * Stations report back audit rows that signed playlists named. A row that the audit no longer has was cut off or
 * rewritten, or an older backup was restored.
 */
@Injectable()
export class AnchorWatch {
  private readonly log = new Logger('Audit');
  /** Per station: the last reported row that the audit does not have. */
  private readonly missing = new Map<string, AuditAnchor>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly auditLog: AuditLog,
    health: HealthChecks,
  ) {
    // Reported in /health as a word, not as a failure: a single device's report must not stop anything.
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
