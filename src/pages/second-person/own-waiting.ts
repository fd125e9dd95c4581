import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { trustedRoles, WaitingPeriods } from '../../people/accounts/waiting-periods.service.js';
import { PeopleNames } from '../people-names.js';
import { ownSentence } from './waiting.view.js';

/** Tells the owner of an account on every page that it waits for a second person. */
@Injectable()
export class OwnWaiting {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly periods: WaitingPeriods,
    private readonly names: PeopleNames,
  ) {}

  async sentence(actor: Actor | null): Promise<string | null> {
    if (!actor?.accountId || !hasRole(actor, ...trustedRoles)) return null;
    const rows = await this.periods.of(this.database.read(), actor.accountId);
    if (rows.length === 0) return null;
    const nameOf = await this.names.of(rows.map(({ causedBy }) => causedBy));
    return ownSentence(rows, nameOf, this.config.timeZone);
  }
}
