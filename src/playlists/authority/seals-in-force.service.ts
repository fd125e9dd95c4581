import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, IsNull, MoreThan, MoreThanOrEqual, Not } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { auditColumns, type AuditRow, chainHead } from '../../database/schema/audit-hash.js';
import { Database } from '../../database/database.js';
import { systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { AuditLog } from '../../people/audit/audit-log.service.js';
import { AuditSeal } from '../../people/audit/audit-seal.js';
import { SEALED } from '../../people/audit/seal-walk.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { identFacts } from '../../audio/idents/ident-facts.js';
import { StationIdent } from '../../audio/idents/station-ident.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { approvedFacts } from '../../approvals/approved-facts.js';
import { contentsUnderApproval, approvalsInForce } from '../../approvals/content-under-approval.js';
import { slotOrder } from '../../schedule/slots/slot-order-audit.js';
import { Slot } from '../../schedule/slots/slot.entity.js';

const upgrade = systemActor('niêm sổ khi nâng cấp');
const VERSIONS_PER_QUERY = 500;

/**
 * Seals once, in the first start with a new key, what was in force before seals existed: approvals, orders of future
 * emergencies and relays, station idents. An audit row records it with counts. The key's file (`AuditSeal`), not a row,
 * says whether it was done.
 */
@Injectable()
export class SealsInForce implements OnModuleInit {
  private readonly log = new Logger('Seals');

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly auditLog: AuditLog,
    private readonly seals: AuditSeal,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.seals.open();
    if (this.seals.isSettled) return;
    await this.database.write((tx) => this.sealOnce(tx));
    await this.seals.settle();
  }

  private async sealOnce(tx: EntityManager): Promise<void> {
    // Of two servers that start together the second finds it done.
    const { seq: upTo, hash: head } = await chainHead(tx, this.database.isPostgres ? 'for-update' : undefined);
    const [first]: AuditRow[] = await tx.query(`SELECT ${auditColumns}, seal FROM audit ORDER BY seq LIMIT 1`);
    // An installation that had its key before its first row.
    if (!first || this.seals.holds(first)) return;
    if ((await this.auditLog.sealedRows(tx, 'audit', ['audit'], [SEALED])).length > 0) return;
    const { approvals, otherApprovals } = await this.approvals(tx);
    const counts = {
      approvals,
      orders: await this.orders(tx),
      calls: await this.idents(tx),
    };
    const after = { upTo, head, ...counts, otherApprovals };
    await this.audit.record(tx, upgrade, { action: SEALED, entity: 'audit', entityId: 'audit', after });
    this.log.log(`Sealed what stood before: ${JSON.stringify(counts)}`);
  }

  /** How many approvals are in force, and which of the others were never voided. */
  private async approvals(tx: EntityManager): Promise<{ approvals: number; otherApprovals: string[] }> {
    const rows = await tx.find(Approval, {
      where: { decision: 'approved', voidedAt: IsNull() },
      select: { id: true, scriptVersionId: true },
    });
    const versionIds = [...new Set(rows.map(({ scriptVersionId }) => scriptVersionId))];
    const others = new Set(rows.map(({ id }) => id));
    for (let from = 0; from < versionIds.length; from += VERSIONS_PER_QUERY) {
      const contents = await contentsUnderApproval(tx, versionIds.slice(from, from + VERSIONS_PER_QUERY));
      for (const [versionId, { id, scope }] of await approvalsInForce(tx, contents)) {
        const content = contents.get(versionId);
        if (!content) continue;
        const after = { ...approvedFacts(id, content), scope };
        const fact = { action: 'approval.sealed', entity: 'script_version', entityId: versionId, after };
        await this.audit.record(tx, upgrade, fact);
        others.delete(id);
      }
    }
    return { approvals: rows.length - others.size, otherApprovals: [...others] };
  }

  private async orders(tx: EntityManager): Promise<number> {
    const ahead = { state: 'planned' as const, endsAt: MoreThan(this.clock.now()) };
    const where = [
      { ...ahead, kind: 'relay' as const },
      { ...ahead, authorisedBy: Not(IsNull()) },
    ];
    const slots = await tx.find(Slot, { where });
    const codes = new Map((await tx.find(Channel)).map(({ id, code }) => [id, code]));
    for (const slot of slots) {
      const after = slotOrder(slot, codes.get(slot.channelId) ?? '');
      await this.audit.record(tx, upgrade, { action: 'slot.sealed', entity: 'slot', entityId: slot.id, after });
    }
    return slots.length;
  }

  private async idents(tx: EntityManager): Promise<number> {
    const from = addDays(localDateOf(this.clock.now(), this.config.timeZone), -1);
    const idents = await tx.findBy(StationIdent, { date: MoreThanOrEqual(from) });
    for (const ident of idents) {
      const after = { ...identFacts(ident), sha256: ident.sha256 };
      const fact = { action: 'station-call.sealed', entity: 'station-call', entityId: ident.id, unitId: ident.unitId };
      await this.audit.record(tx, upgrade, { ...fact, after });
    }
    return idents.length;
  }
}
