import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { ClockWatch } from '../../jobs/clock-watch.service.js';
import type { Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';

/** An administrator's confirmation that the server's clock is right, in the audit with the clock jump it is about. */
@Injectable()
export class ClockApproval {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
    private readonly audit: Audit,
  ) {}

  /** Does nothing when the time is not in doubt. */
  async confirm(actor: Actor): Promise<void> {
    const doubt = this.watch.doubt();
    if (!doubt) return;
    await this.database.write(async (tx) => {
      const after = { now: this.clock.now(), jumpMs: doubt.jumpMs };
      await this.audit.record(tx, actor, { action: 'clock.confirmed', entity: 'server', entityId: 'clock', after });
      this.database.afterCommit(tx, () => this.watch.accept());
    });
  }
}
