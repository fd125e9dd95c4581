import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access/access.js';
import { Account } from '../../people/accounts/account.entity.js';
import { Accounts } from '../../people/accounts/accounts.service.js';
import { RoleGrant } from '../../people/accounts/role-grant.entity.js';
import { roles } from '../../people/access/role.js';
import { SecondFactor } from '../../people/sign-in/second-factor.entity.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';
import { Units } from '../../people/units/units.service.js';
import type { FlashCode } from '../visit/flash-messages.js';
import { rowId } from '../forms/fields.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { grantsPerUnit, userView } from './users.view.js';

/** Browsers send one checked box as a text, several as a list, and none as nothing. */
const checkboxes = <T extends z.ZodType>(one: T) =>
  z.union([one.transform((value) => [value]), z.array(one)]).default([]);
const newRoles = z.strictObject({
  roles: checkboxes(z.enum(roles)),
  wards: checkboxes(z.string().regex(/^[a-z0-9-]{1,100}$/)),
});
const newPassword = z.strictObject({ password: z.string().max(200) });
const nothing = z.strictObject({});

/** One account: its roles for each unit, a new password, the reset of a lost phone, and the lock. */
@ApiExcludeController()
@Controller('nguoi-dung/:id')
@Roles('admin')
export class UserActsPage {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly secondFactor: SecondFactorService,
    private readonly units: Units,
    private readonly config: Config,
  ) {}

  @Get()
  async one(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.show(visit, id);
  }

  @Post('quyen')
  async setRoles(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: newRoles }) body: z.infer<typeof newRoles>,
  ) {
    const grants = grantsPerUnit(body.roles, body.wards);
    await this.act(visit, id, 'da-doi-quyen', () => this.accounts.setGrants(visit.actor, id, grants));
  }

  @Post('mat-khau')
  async setPassword(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: newPassword }) { password }: z.infer<typeof newPassword>,
  ) {
    const work = () => this.accounts.setPassword(visit.actor, id, password);
    await this.act(visit, id, 'da-doi-mat-khau', work);
  }

  @Post('ma-xac-thuc')
  async resetFactor(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(visit, id, 'da-bo-xac-thuc', () => this.secondFactor.reset(visit.actor, id));
  }

  @Post('mo')
  async enable(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(visit, id, 'da-mo-khoa', () => this.accounts.enable(visit.actor, id));
  }

  private async act(visit: PageVisit, id: string, done: FlashCode, work: () => Promise<void>) {
    await visit.submit(`/nguoi-dung/${id}`, done, work, (problem) => this.show(visit, id, problem));
  }

  private async show(visit: PageVisit, id: string, problem?: unknown) {
    const em = this.database.read();
    const account = await em.findOneBy(Account, { id });
    if (!account) throw notFound();
    const factor = await em.findOneBy(SecondFactor, { accountId: id });
    const grants = await em.findBy(RoleGrant, { accountId: id });
    const view = userView(account, grants, await this.units.all(), visit.actor.accountId, this.config.timeZone, {
      enrolledAt: factor?.enrolledAt ?? null,
    });
    await visit.render('users/user', account.displayName, view, problem);
  }
}
