import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { notFound } from '../../shared/domain-error.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Directive } from '../../directives/directive.entity.js';
import { Shortfalls } from '../demands/shortfalls.service.js';
import { slotViews } from '../slots/slot-view.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { explainPlan, type PlanExplanation } from './plan-explanation.js';

export interface ExplanationQuestion {
  /** Local days, both included. */
  from: LocalDate;
  until: LocalDate;
  channelCode?: string;
  campaignId?: string;
}

/** Explains the plan of some days and its shortfalls. */
@Injectable()
export class PlanExplanations {
  constructor(
    private readonly database: Database,
    private readonly shortfalls: Shortfalls,
  ) {}

  /** Covers the channels that the actor may read. Throws 404 for an unknown channel or campaign. */
  async explain(actor: Actor, { from, until, channelCode, campaignId }: ExplanationQuestion): Promise<PlanExplanation> {
    const em = this.database.read();
    const all = await channelsWithRules(em, { days: { from, until } });
    const channels = all.filter(
      ({ channel }) => mayRead(actor, channel.unitId) && (channelCode === undefined || channel.code === channelCode),
    );
    if (channelCode !== undefined && channels.length === 0) throw notFound();
    const channelIds = channels.map(({ channel }) => channel.id);
    const views = await slotViews(em, { channelIds, from, until });
    const slots = views.filter((slot) => campaignId === undefined || slot.campaignId === campaignId);
    const scope = { from, until, channelIds, ...(campaignId !== undefined && { campaignIds: [campaignId] }) };
    const codes = new Set(channels.map(({ channel }) => channel.code));
    const shortfalls = (await this.shortfalls.find(em, scope)).filter((shortfall) => codes.has(shortfall.channelCode));
    const ids = new Set([
      ...slots.map((slot) => slot.campaignId),
      ...shortfalls.map((shortfall) => shortfall.campaignId),
      campaignId,
    ]);
    const campaigns = await em.findBy(Campaign, { id: In([...ids].filter((id) => typeof id === 'string')) });
    if (campaignId !== undefined && !campaigns.some(({ id }) => id === campaignId)) throw notFound();
    const letters = await em.findBy(Directive, { id: In(campaigns.map(({ directiveId }) => directiveId)) });
    const numbers = new Map(letters.map(({ id, number }) => [id, number]));
    const directives = new Map(campaigns.map(({ id, directiveId }) => [id, numbers.get(directiveId) ?? '']));
    return explainPlan({ from, until, channels, slots, shortfalls, directives });
  }
}
