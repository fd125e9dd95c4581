import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { Roles, SignedIn } from '../access/access.js';
import { Account } from '../accounts/account.entity.js';
import { Accounts } from '../accounts/accounts.service.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor } from '../access/request.js';
import { roles } from '../access/role.js';
import { Answers } from '../../http/api/answers.js';
import { createdId } from '../../http/api/schemas.js';
import { accountList, unitList } from './accounts.answers.js';
import { SecondFactorService } from './second-factor.service.js';
import { Units } from '../units/units.service.js';

const newAccount = z.strictObject({
  username: z.string().min(2).max(50),
  displayName: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
  grants: z
    .array(
      z.strictObject({
        role: z.enum(roles),
        unitCode: z.string().max(100).optional().describe('The unit for which the role holds; an operator has one.'),
      }),
    )
    .max(20),
});
const newPassword = newAccount.pick({ password: true });
const newGrants = newAccount.pick({ grants: true });

@ApiTags('people')
@Controller('api')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly units: Units,
    private readonly database: Database,
    private readonly secondFactor: SecondFactorService,
  ) {}

  /** Lists all accounts by username. */
  @Get('accounts')
  @Roles('admin')
  @Answers(accountList)
  async list() {
    const rows = await this.database.read().find(Account, { order: { username: 'ASC' } });
    return rows.map(({ id, username, displayName, active, createdAt }) => ({
      id,
      username,
      displayName,
      active,
      createdAt,
    }));
  }

  /** Creates an account with its roles. */
  @Post('accounts')
  @Roles('admin')
  @Answers(createdId, {
    errors: { 409: 'username-taken', 422: ['weak-password', 'bad-username', 'operator-needs-unit', 'unknown-unit'] },
  })
  async create(@CurrentActor() actor: Actor, @Body({ schema: newAccount }) body: z.infer<typeof newAccount>) {
    return { id: await this.accounts.create(actor, body) };
  }

  /** Disables an account and ends its sessions. Nothing is deleted: its name stays in the audit. */
  @Delete('accounts/:id')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'last-admin' } })
  async disable(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.accounts.disable(actor, id);
  }

  /** Enables a disabled account. Any other is 404. */
  @Post('accounts/:id/enable')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null)
  async enable(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.accounts.enable(actor, id);
  }

  /** Replaces all roles of an account. Its sessions end at once. */
  @Put('accounts/:id/grants')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'last-admin', 422: ['operator-needs-unit', 'unknown-unit'] } })
  async setGrants(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: newGrants }) body: z.infer<typeof newGrants>,
  ): Promise<void> {
    await this.accounts.setGrants(actor, id, body.grants);
  }

  /** Sets a new password in place of one that was lost. Its sessions end at once, and its owner must choose another. */
  @Put('accounts/:id/password')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null, { errors: { 422: 'weak-password' } })
  async setPassword(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: newPassword }) body: z.infer<typeof newPassword>,
  ): Promise<void> {
    await this.accounts.setPassword(actor, id, body.password);
  }

  /** Takes the phone away from an account whose owner lost it. Its recovery codes and sessions go with it. */
  @Delete('accounts/:id/second-factor')
  @Roles('admin')
  @HttpCode(204)
  @Answers(null)
  async resetSecondFactor(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.secondFactor.reset(actor, id);
  }

  /** Lists the units: the city and its wards. */
  @Get('units')
  @SignedIn()
  @Answers(unitList)
  async listUnits() {
    return (await this.units.all()).map(({ id, code, kind, name, shortName, active }) => ({
      id,
      code,
      kind,
      name,
      shortName,
      active,
    }));
  }
}
