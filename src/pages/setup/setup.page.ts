import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../../shared/domain-error.js';
import { Public } from '../../people/access/access.js';
import { Accounts } from '../../people/accounts/accounts.service.js';
import { SetupSecrets } from '../../people/sign-in/setup-secrets.service.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';

const form = z.strictObject({
  secret: z.string().trim().max(100),
  username: z.string().max(100),
  displayName: z.string().trim().min(1).max(100),
  password: z.string().max(200),
});

/** The first administrator's account. The page exists only while there is no administrator. */
@ApiExcludeController()
@Controller('thiet-lap')
@Public()
export class SetupPage {
  constructor(
    private readonly accounts: Accounts,
    private readonly setup: SetupSecrets,
  ) {}

  @Get()
  async show(@Visit() visit: PageVisit) {
    if (await this.accounts.hasAdmin()) throw notFound();
    await visit.render('setup/setup', 'Thiết lập lần đầu', { username: '', displayName: '' });
  }

  @Post()
  async make(@Visit() visit: PageVisit, @Body({ schema: form }) body: z.infer<typeof form>) {
    try {
      const { secret, ...account } = body;
      await this.setup.redeem(secret, account);
      return await visit.redirect('/dang-nhap');
    } catch (error) {
      const { username, displayName } = body;
      await visit.render('setup/setup', 'Thiết lập lần đầu', { username, displayName }, asFormError(error));
    }
  }
}
