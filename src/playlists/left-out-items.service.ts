import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, type Instant } from '../shared/clock.js';
import type { Sentence } from '../shared/domain-error.js';
import type { LocalDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { HealthChecks } from '../http/metrics/health-checks.service.js';
import { systemActor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { AuditEntry } from '../people/audit/audit-entry.entity.js';
import type { Channel } from '../channels/entities/channel.entity.js';

/** Reports slots left out of playlists: in the log, in the audit, and in /health while they lie ahead. */
export interface LeftOutItem {
  slotId: string;
  endsAt: Instant;
  why: Sentence;
  /**
   * It has no authority: it may have been written straight into the tables. Always false for slots that the law of the
   * place forbids.
   */
  unasked: boolean;
}

const MAX_REPORTED = 1_000;
const ACTION = 'slot.left-out';
const playlists = systemActor('danh sách phát');

@Injectable()
export class LeftOutItems {
  private readonly log = new Logger('Playlists');
  /** Each slot is reported once. */
  private readonly reported = new LRUCache<string, true>({ max: MAX_REPORTED });
  private readonly toRecord = new Map<string, { channel: Channel; date: LocalDate; item: LeftOutItem }>();
  /** By channel and day: until when a slot without authority lies ahead. */
  private readonly ahead = new Map<string, Instant>();

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly audit: Audit,
    health: HealthChecks,
  ) {
    // The slot is left out and everything else plays, so the installation works.
    health.add('playlists', () => ({ works: true, word: this.isClean() ? 'ok' : 'left-out' }));
  }

  note(channel: Channel, date: LocalDate, items: readonly LeftOutItem[]): void {
    const day = `${channel.id}|${date}`;
    const unauthorised = items.filter((item) => item.unasked);
    this.ahead.delete(day);
    if (unauthorised.length > 0) this.ahead.set(day, Math.max(...unauthorised.map(({ endsAt }) => endsAt)));
    for (const item of items.filter(({ slotId }) => !this.reported.get(slotId))) {
      this.reported.set(item.slotId, true);
      this.log.error(`${channel.code} ${date}: slot ${item.slotId} was left out. ${item.why.en}`);
      if (item.unasked) this.toRecord.set(item.slotId, { channel, date, item });
    }
  }

  /** Call outside of any transaction. A failed write is tried again when the next playlist is built. */
  async record(): Promise<void> {
    if (this.toRecord.size === 0) return;
    const entries = [...this.toRecord];
    this.toRecord.clear();
    try {
      await this.database.write(async (tx) => {
        for (const [entityId, { channel, date, item }] of entries) {
          if (await tx.existsBy(AuditEntry, { entity: 'slot', entityId, action: ACTION })) continue;
          const after = { channel: channel.code, date, reason: item.why.vi };
          const fact = { action: ACTION, entity: 'slot', entityId, unitId: channel.unitId, after };
          await this.audit.record(tx, playlists, fact);
        }
      });
    } catch (error) {
      for (const [slotId, one] of entries) this.toRecord.set(slotId, one);
      this.log.error(`What was left out could not be recorded: ${String(error)}`);
    }
  }

  private isClean(): boolean {
    const now = this.clock.now();
    return [...this.ahead.values()].every((until) => until <= now);
  }
}
