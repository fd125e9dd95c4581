import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Roles } from '../../people/access/access.js';
import { Account } from '../../people/accounts/account.entity.js';
import { Accounts } from '../../people/accounts/accounts.service.js';
import { RoleGrant } from '../../people/accounts/role-grant.entity.js';
import { roles } from '../../people/access/role.js';
import { Units } from '../../people/units/units.service.js';
import { formLine, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { WaitingNotes } from '../second-person/waiting-notes.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { grantsOf, roleChoices, userRows } from './users.view.js';

const role = z.enum(roles);
const newUser = z.strictObject({
  username: formLine(100),
  displayName: formLine(100),
  password: z.string().max(200),
  // Browsers send one checked box as a text, several as a list, and none as nothing.
  roles: z.union([role.transform((one) => [one]), z.array(role)]).default([]),
  unitCode: formLine(100).default(''),
});
type NewUser = z.infer<typeof newUser>;
const nothing = z.strictObject({});
const search = z.object({ tim: formLine(200).catch('').default('') });

@ApiExcludeController()
@Controller('nguoi-dung')
@Roles('admin')
export class UsersPage {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly units: Units,
    private readonly config: Config,
    private readonly waiting: WaitingNotes,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) { tim }: z.infer<typeof search>) {
    await this.show(visit, undefined, undefined, tim);
  }

  @Post()
  async create(@Visit() visit: PageVisit, @Body({ schema: newUser }) body: NewUser) {
    try {
      const { username, displayName, password } = body;
      if (!displayName || body.roles.length === 0) throw incomplete();
      const grants = grantsOf(body.roles, body.unitCode);
      await this.accounts.create(visit.actor, { username, displayName, password, grants });
      return await visit.redirect('/nguoi-dung', 'da-tao');
    } catch (error) {
      await this.show(visit, body, asFormError(error));
    }
  }

  @Post(':id/khoa')
  async disable(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const work = async () => {
      if (id === visit.actor.accountId) throw ownAccount();
      await this.accounts.disable(visit.actor, id);
    };
    await visit.submit('/nguoi-dung', 'da-khoa', work, (problem) => this.show(visit, undefined, problem));
  }

  private async show(visit: PageVisit, typed?: NewUser, problem?: unknown, tim = '') {
    const em = this.database.read();
    const accounts = await em.find(Account, { order: { active: 'DESC', username: 'ASC' } });
    const units = await this.units.all();
    const view = {
      waitingNotes: await this.waiting.others(visit.actor),
      rows: userRows(accounts, await em.find(RoleGrant), units, visit.actor.accountId, this.config.timeZone, tim),
      count: String(accounts.length),
      search: tim,
      // A password is never sent back.
      typed: { username: typed?.username ?? '', displayName: typed?.displayName ?? '' },
      formOpen: typed !== undefined,
      roles: roleChoices(typed?.roles ?? []),
      units: units
        .filter((unit) => unit.active)
        .map(({ code, name }) => ({ code, name, chosen: code === typed?.unitCode })),
    };
    await visit.render('users/users', 'Người dùng', view, problem);
  }
}

function incomplete(): DomainError {
  return new DomainError('invalid', 'incomplete', {
    vi: 'Xin ghi họ tên và chọn ít nhất một vai trò.',
    en: 'A name and at least one role are needed.',
  });
}

function ownAccount(): DomainError {
  return new DomainError('conflict', 'own-account', {
    vi: 'Bạn không khóa được tài khoản của chính mình; hãy nhờ một quản trị viên khác.',
    en: 'You cannot disable your own account.',
  });
}
