import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { In, IsNull, Not } from 'typeorm';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access/access.js';
import { Account } from '../../people/accounts/account.entity.js';
import type { Actor } from '../../people/access/actor.js';
import { RoleGrant } from '../../people/accounts/role-grant.entity.js';
import { SecondFactor } from '../../people/sign-in/second-factor.entity.js';
import { SecondPerson } from '../../people/sign-in/second-person.service.js';
import { trustedRoles, WaitingPeriods } from '../../people/accounts/waiting-periods.service.js';
import { rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PeopleNames } from '../visit/people-names.js';
import { askForCode, isCodeNeeded } from '../security/security.page.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { personWithoutPhone, waitingRow } from './waiting.view.js';

const HERE = '/cho-xac-nhan';
const nothing = z.strictObject({});

/**
 * Account changes by an administrator that a second person confirms or stops, and enrolment codes for other people's
 * phones.
 */
@ApiExcludeController()
@Controller('cho-xac-nhan')
@Roles('approver', 'admin')
export class SecondPersonPage {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly secondPerson: SecondPerson,
    private readonly waiting: WaitingPeriods,
    private readonly names: PeopleNames,
  ) {}

  @Get()
  async show(@Visit() visit: PageVisit, problem?: unknown) {
    const rows = await this.waiting.all();
    const nameOf = await this.names.of(
      rows.flatMap(({ accountId, causedBy, stoppedBy }) => [accountId, causedBy, stoppedBy]),
    );
    const view = {
      rows: rows.map((row) => waitingRow(row, nameOf, visit.actor.accountId, this.config.timeZone)),
      withoutPhone: await this.withoutPhone(visit.actor),
    };
    await visit.render('second-person/second-person', 'Chờ xác nhận', view, problem);
  }

  @Post(':id/xac-nhan')
  async confirm(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const again = (problem: unknown) => this.refused(visit, problem);
    await visit.submit(HERE, 'da-xac-nhan', () => this.secondPerson.confirm(visit.actor, id), again);
  }

  @Post(':id/chan')
  async stop(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const again = (problem: unknown) => this.refused(visit, problem);
    await visit.submit(HERE, 'da-chan', () => this.secondPerson.stop(visit.actor, id), again);
  }

  /**
   * Answers with a page instead of a redirect: the code is shown once and must not be in a URL, which browsers keep.
   */
  @Post('ma-cai-dat/:accountId')
  async issueCode(
    @Visit() visit: PageVisit,
    @Param('accountId', { schema: rowId }) accountId: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    try {
      const code = await this.secondPerson.issueEnrolmentCode(visit.actor, accountId);
      const view = { code, who: (await this.names.of([accountId]))(accountId) };
      await visit.render('second-person/enrolment-code', 'Mã cài đặt', view);
    } catch (error) {
      await this.refused(visit, asFormError(error));
    }
  }

  private async refused(visit: PageVisit, problem: unknown): Promise<void> {
    if (isCodeNeeded(problem)) return askForCode(visit, HERE);
    await this.show(visit, problem);
  }

  /** Approvers and administrators without a phone, except the actor: nobody issues a code for himself. */
  private async withoutPhone(actor: Actor) {
    const em = this.database.read();
    const grants = await em.findBy(RoleGrant, { role: In([...trustedRoles]) });
    const enrolled = await em.find(SecondFactor, { where: { secret: Not(IsNull()) }, select: { accountId: true } });
    const rest = new Set(grants.map(({ accountId }) => accountId));
    for (const { accountId } of enrolled) rest.delete(accountId);
    if (actor.accountId) rest.delete(actor.accountId);
    if (rest.size === 0) return [];
    const accounts = await em.find(Account, {
      where: { id: In([...rest]), active: true },
      order: { displayName: 'ASC' },
    });
    return accounts.map((account) => personWithoutPhone(account, grants));
  }
}
