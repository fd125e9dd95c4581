import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { Withdrawals } from '../../approvals/withdrawals.service.js';
import { formLine, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { CodeSigner } from '../security/code-signer.js';
import type { FlashCode } from '../visit/flash-messages.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { WithdrawalReadModel } from './withdrawal.read-model.js';
import { reasonOf, type WithdrawalKind, withdrawalView } from './withdrawal.view.js';

const withReason = z.strictObject({
  versionId: rowId,
  why: formLine(300).default(''),
  reason: formLine(300).default(''),
});
const resuming = z.strictObject({ versionId: rowId, code: formLine(50).default('') });

const titles: Record<WithdrawalKind, string> = {
  withdraw: 'Thu hồi duyệt',
  stop: 'Dừng phát',
  resume: 'Cho phát lại',
};

interface Shown {
  typed?: { why: string; reason: string };
  signer?: Actor;
  problem?: unknown;
}

/** The sheets that take back an approval, stop the broadcasting, or let it go on. */
@ApiExcludeController()
@Controller('bai/:id')
@Roles('editor', 'approver')
export class WithdrawalPage {
  constructor(
    private readonly withdrawals: Withdrawals,
    private readonly facts: WithdrawalReadModel,
    private readonly config: Config,
    private readonly signer: CodeSigner,
  ) {}

  @Get('thu-hoi-duyet')
  async withdrawing(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.show(visit, id, 'withdraw');
  }

  @Post('thu-hoi-duyet')
  @UsesReserve()
  async withdraw(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: withReason }) body: z.infer<typeof withReason>,
  ) {
    const work = () => this.withdrawals.withdraw(visit.actor, body.versionId, reasonOf(body));
    await this.act(visit, id, 'withdraw', 'da-thu-hoi-duyet', work, body);
  }

  @Get('dung-phat')
  async stopping(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.show(visit, id, 'stop');
  }

  @Post('dung-phat')
  @UsesReserve()
  async stop(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: withReason }) body: z.infer<typeof withReason>,
  ) {
    const work = () => this.withdrawals.stop(visit.actor, body.versionId, reasonOf(body));
    await this.act(visit, id, 'stop', 'da-dung-phat', work, body);
  }

  @Get('phat-lai')
  @Roles('approver')
  async resumable(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.show(visit, id, 'resume', { signer: visit.actor });
  }

  @Post('phat-lai')
  @Roles('approver')
  async resume(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: resuming }) { versionId, code }: z.infer<typeof resuming>,
  ) {
    let signer: Actor = visit.actor;
    try {
      signer = await this.signer.signed(visit, code);
      await this.withdrawals.resume(signer, versionId);
      await visit.redirect(`/bai/${id}`, 'phat-lai');
    } catch (error) {
      await this.show(visit, id, 'resume', { signer, problem: asFormError(error) });
    }
  }

  private async act(
    visit: PageVisit,
    id: string,
    kind: WithdrawalKind,
    done: FlashCode,
    work: () => Promise<void>,
    typed: { why: string; reason: string },
  ) {
    await visit.submit(`/bai/${id}`, done, work, (problem) => this.show(visit, id, kind, { typed, problem }));
  }

  private async show(visit: PageVisit, id: string, kind: WithdrawalKind, { typed, signer, problem }: Shown = {}) {
    const view = {
      ...withdrawalView(await this.facts.of(id), kind, this.config.timeZone, typed),
      ...(signer ? await this.signer.asks(signer) : {}),
    };
    await visit.render(`withdrawal/${kind === 'resume' ? 'resume' : 'withdrawal'}`, titles[kind], view, problem);
  }
}
