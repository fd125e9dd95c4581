import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { VersionSubmitted, VersionSuperseded } from '../../scripts/scripts.events.js';
import { ContentApproved, ContentReturned } from '../../approvals/approvals.events.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { hasContributed } from '../../approvals/contributions.js';
import { PlaylistCache } from '../../playlists/playlist-cache.js';

/** How long a decision of another process may be missing in the count. */
const KEEP_MS = 10_000;
const MAX_CACHED = 500;

/** The number of contents that wait for this person's decision, for the menu of every page. */
@Injectable()
export class WaitingCount implements OnModuleInit {
  private readonly counts = new PlaylistCache<number>(KEEP_MS, MAX_CACHED);

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly events: Events,
    private readonly approvals: Approvals,
  ) {}

  onModuleInit(): void {
    const clear = async (_event: object, tx: EntityManager) => this.database.afterCommit(tx, () => this.counts.clear());
    for (const change of [VersionSubmitted, VersionSuperseded, ContentApproved, ContentReturned])
      this.events.on<object>(change, clear);
  }

  /** 0 for everybody who does not decide. Own work is not counted: somebody else decides on it. */
  of(actor: Actor | null): Promise<number> {
    const accountId = actor?.accountId;
    if (!accountId || !hasRole(actor, 'approver')) return Promise.resolve(0);
    return this.counts.get(accountId, this.clock.now(), async () => {
      const waiting = await this.approvals.inbox();
      const contributors = await this.approvals.contributions(waiting);
      return waiting.filter(({ version }) => !hasContributed(contributors.get(version.id) ?? [], accountId)).length;
    });
  }
}
