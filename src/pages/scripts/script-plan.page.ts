import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { DomainError } from '../../shared/domain-error.js';
import { isLocalDate } from '../../shared/local-time.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { Channels } from '../../channels/channels.service.js';
import type { PlanOutcome } from '../../schedule/plans/plan-outcome.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { scopeInShort } from '../approval/scope.view.js';
import { formDay, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { obligationChoices, type PlanQuery, planView, scopeInForce, scriptPlays } from './plan.view.js';
import { type ScriptFacts, ScriptReadModel } from './script.read-model.js';

const asked = {
  tu: formDay,
  den: formDay,
  lan: z.coerce.number().int().min(1).max(288),
  'nhiem-vu': rowId.optional(),
  'bai-khac': z.enum(['cung-phat', 'thay-the']).default('cung-phat'),
};
const query = z.object(asked).optional().catch(undefined);
const body = z.strictObject(asked);

/** Previews a plan, makes it, and shows its outcome, on one screen and in the same words. */
@ApiExcludeController()
@Controller('bai/:id/xep-lich')
@Roles('editor')
export class ScriptPlanPage {
  constructor(
    private readonly facts: ScriptReadModel,
    private readonly schedule: Schedule,
    private readonly channels: Channels,
  ) {}

  @Get()
  async preview(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Query({ schema: query }) words: z.infer<typeof query>,
  ) {
    const facts = await this.facts.of(visit.actor, id);
    // The redirect after signing in loses the form's figures.
    if (!words) return visit.redirect(`/bai/${id}`);
    const query = planQueryOf(words);
    try {
      const outcome = await this.plan(visit.actor, facts, query, true);
      await this.show(visit, facts, query, outcome);
    } catch (error) {
      await this.show(visit, facts, query, null, asFormError(error));
    }
  }

  @Post()
  @Limited('plan')
  async make(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: body }) words: z.infer<typeof body>,
  ) {
    const facts = await this.facts.of(visit.actor, id);
    const query = planQueryOf(words);
    const work = () => this.plan(visit.actor, facts, query, false);
    await visit.submit(`/bai/${id}/xep-lich?${addressOf(query)}`, 'da-xep-lich', work, (problem) =>
      this.show(visit, facts, query, null, problem),
    );
  }

  private plan(actor: Actor, facts: ScriptFacts, query: PlanQuery, dryRun: boolean): Promise<PlanOutcome> {
    const { script, campaign, clips } = facts;
    const clip = clips.find(({ clip: one }) => one.state === 'ready' && one.profile !== 'web')?.clip;
    if (!isLoudspeaker(script.channelKind) || !clip) {
      throw new DomainError('invalid', 'no-clip', {
        vi: 'Chỉ bài phát loa đã có bản thu mới xếp được lịch phát.',
        en: 'Only a loudspeaker script with a finished clip is planned.',
      });
    }
    if (!isLocalDate(query.from) || !isLocalDate(query.until)) {
      throw new DomainError('invalid', 'bad-date', { vi: 'Xin chọn ngày đầu và ngày cuối.', en: 'Choose both days.' });
    }
    // Channels named by the approval limit the plan.
    const named = scopeInForce(facts)?.channelIds;
    const demand = {
      ...(named ? { channelIds: named } : { channelKind: script.channelKind }),
      clipId: clip.id,
      minPlaysPerDay: query.plays,
      maxPlaysPerDay: query.plays,
      obligationId: query.obligationId || undefined,
      others: query.others,
    };
    const { from, until } = query;
    return this.schedule.planCampaign(actor, { campaignId: campaign.id, demands: [demand], from, until, dryRun });
  }

  private async show(
    visit: PageVisit,
    facts: ScriptFacts,
    query: PlanQuery,
    outcome: PlanOutcome | null,
    problem?: unknown,
  ) {
    const view = {
      id: facts.script.id,
      script: facts.versions[0].title,
      scope: scopeInShort(scopeInForce(facts), facts.campaign, facts.channelNames),
      plan: {
        ...query,
        plays: String(query.plays),
        replace: query.others === 'replace',
        obligations: obligationChoices(facts.obligations, query.obligationId),
      },
      ...othersChoice(outcome, query),
      outcome: outcome && planView(outcome, await this.channels.list(facts.script.channelKind)),
    };
    await visit.render('scripts/script-plan', 'Xếp lịch phát', view, problem);
  }
}

function planQueryOf(words: z.infer<typeof body>): PlanQuery {
  return {
    from: words.tu,
    until: words.den,
    plays: words.lan,
    obligationId: words['nhiem-vu'] ?? '',
    others: words['bai-khac'] === 'thay-the' ? 'replace' : 'together',
  };
}

function addressOf({ from, until, plays, obligationId, others }: PlanQuery): string {
  const words = { tu: from, den: until, lan: String(plays), 'nhiem-vu': obligationId };
  return new URLSearchParams({ ...words, ...(others === 'replace' && { 'bai-khac': 'thay-the' }) }).toString();
}

/** The choice between both scripts and only this one is offered where there is another one. */
function othersChoice(outcome: PlanOutcome | null, { others }: PlanQuery) {
  const scripts = outcome ? [...outcome.others, ...(others === 'replace' ? outcome.cancelledOf : [])] : [];
  return { choosesOthers: scripts.length > 0 || others === 'replace', othersText: scriptPlays(scripts) };
}
