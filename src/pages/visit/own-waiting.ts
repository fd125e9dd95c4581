import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { trustedRoles, WaitingPeriods } from '../../people/accounts/waiting-periods.service.js';
import { waitingCauseNames, type WaitingPeriod } from '../../people/accounts/waiting-period.entity.js';
import type { TimeZone } from '../../shared/local-time.js';
import { moment, translate } from '../language/language.js';
import { PeopleNames } from './people-names.js';

/** The notice on every page for an account that waits for a second person. */
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
    return ownWaitingSentence(rows, nameOf, this.config.timeZone);
  }
}

/** The sentence for the account's owner; `rows` in the order of `WaitingPeriods.of`. */
function ownWaitingSentence(
  rows: readonly WaitingPeriod[],
  nameOf: (id: string | null) => string,
  zone: TimeZone,
): string | null {
  const [last] = rows;
  if (!last) return null;
  if (rows.some(({ stoppedAt }) => stoppedAt !== null))
    return translate(
      'Tài khoản của bạn đang bị chặn: có người báo không ai yêu cầu thay đổi. Cần người thứ hai xác nhận.',
    );
  const acts = [
    ...new Set(rows.map(({ cause, causedBy }) => `${nameOf(causedBy)} ${translate(waitingCauseNames[cause])}`)),
  ];
  const until = moment(last.until, zone);
  return translate('Tài khoản của bạn chưa duyệt và xác nhận được gì đến {until}, vì: {acts}.', {
    until,
    acts: acts.join('; '),
  });
}
