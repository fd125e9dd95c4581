import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { WaitingPeriods } from '../../people/accounts/waiting-periods.service.js';
import { PeopleNames } from '../visit/people-names.js';
import { waitingNote } from './waiting.view.js';

/**
 * Notes on accounts that wait for a second person, for the first screens of administrators and approvers. The actor's
 * own waiting period is shown on every page by `OwnWaiting`.
 */
@Injectable()
export class WaitingNotes {
  constructor(
    private readonly config: Config,
    private readonly periods: WaitingPeriods,
    private readonly names: PeopleNames,
  ) {}

  async others(actor: Actor) {
    const rows = (await this.periods.all()).filter(({ accountId }) => accountId !== actor.accountId);
    if (rows.length === 0) return [];
    const nameOf = await this.names.of(rows.flatMap(({ accountId, causedBy }) => [accountId, causedBy]));
    return rows.map((row) => waitingNote(row, nameOf, this.config.timeZone));
  }
}
