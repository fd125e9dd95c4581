import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { isLocalDate, type LocalDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Directive } from '../directives/directive.entity.js';
import { requireInForce } from '../directives/directives.service.js';
import type { BulletinClass } from './bulletin-class.js';
import { Campaign } from './campaign.entity.js';
import { campaignStateNames, type ClosedState } from './campaign.transitions.js';
import { CampaignClosed, CampaignExtended, FactChanged } from './campaigns.events.js';
import { Fact } from './fact.entity.js';
import { transitionCampaign, requireOpen } from './transition-campaign.js';

export interface NewCampaign {
  directiveId: string;
  name: string;
  from: LocalDate;
  until: LocalDate;
  bulletinClass: BulletinClass;
}

export interface NewFact {
  name: string;
  value: string;
  asOf: LocalDate;
  source: string;
}

/** The work that answers a directive, and the dated figures that its scripts may use. */
@Injectable()
export class Campaigns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /**
   * Throws 404 for an unknown directive, `bad-period` (422), `campaign-exists` (409, with its id), `directive-withdrawn`
   * (409).
   */
  open(actor: Actor, campaign: NewCampaign): Promise<string> {
    return this.database.write((tx) => this.openIn(tx, actor, campaign));
  }

  /** `open`, in the caller's transaction. */
  async openIn(tx: EntityManager, actor: Actor, campaign: NewCampaign): Promise<string> {
    requirePeriod(campaign.from, campaign.until);
    const directive = await tx.findOneBy(Directive, { id: campaign.directiveId });
    if (!directive) throw notFound();
    requireInForce(directive);
    const { directiveId, name } = campaign;
    const old = await tx.findOneBy(Campaign, { directiveId, name });
    if (old) {
      const sentence = { vi: `Đợt tuyên truyền "${name}" đã có.`, en: `The campaign "${name}" exists.` };
      throw new DomainError('conflict', 'campaign-exists', sentence, { id: old.id });
    }
    const id = newId(this.clock.now());
    const row = {
      ...campaign,
      id,
      state: 'open' as const,
      autoMakeGood: false,
      createdAt: this.clock.now(),
      createdBy: actor.accountId,
      closedAt: null,
      closedBy: null,
      closeReason: null,
    };
    await tx.insert(Campaign, row);
    await this.audit.record(tx, actor, {
      action: 'campaign.opened',
      entity: 'campaign',
      entityId: id,
      after: campaign,
    });
    return id;
  }

  /** The campaign of this directive and name, whatever its period; null when there is none. */
  find(directiveId: string, name: string): Promise<Campaign | null> {
    return this.database.read().findOneBy(Campaign, { directiveId, name });
  }

  /** Newest first. */
  list(): Promise<Campaign[]> {
    return this.database.read().find(Campaign, { order: { createdAt: 'DESC' } });
  }

  async require(em: EntityManager, id: string): Promise<Campaign> {
    const campaign = await em.findOneBy(Campaign, { id });
    if (!campaign) throw notFound();
    return campaign;
  }

  /** Moves the last day; slots follow in a job (`CampaignExtended`). Throws 404, `campaign-closed` (409), `bad-period` (422). */
  async extend(actor: Actor, id: string, until: LocalDate): Promise<void> {
    await this.database.write(async (tx) => {
      const campaign = await this.require(tx, id);
      requireOpen(campaign);
      requirePeriod(campaign.from, until);
      if (campaign.until === until) return;
      await tx.update(Campaign, { id }, { until });
      const change = { before: { until: campaign.until }, after: { until } };
      await this.audit.record(tx, actor, { action: 'campaign.extended', entity: 'campaign', entityId: id, ...change });
      await this.events.publish(tx, new CampaignExtended(id, campaign.until, until));
    });
  }

  /**
   * Ends the campaign before its last day, or cancels it. What has aired stays; slots that have not begun and unsent
   * posts are removed in the same transaction (`CampaignClosed`). Throws 404, `campaign-closed` (409), `reason-needed`
   * (422: to cancel).
   */
  async close(actor: Actor, id: string, state: ClosedState, reason = ''): Promise<void> {
    const why = reason.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (state === 'cancelled' && why.length < 3) throw reasonNeeded();
    await this.database.write(async (tx) => {
      const campaign = await this.require(tx, id);
      const sentence = `Đợt tuyên truyền “${campaign.name}” ${campaignStateNames[state]}`;
      await this.closeIn(tx, actor, campaign, state, why, why ? `${sentence}: ${why}` : `${sentence}.`);
    });
  }

  /** `close`, in the caller's transaction; `sentence` says to people why something was removed. */
  async closeIn(
    tx: EntityManager,
    actor: Actor,
    campaign: Campaign,
    state: ClosedState,
    why: string,
    sentence: string,
  ): Promise<void> {
    const { id } = campaign;
    const closed = { closedAt: this.clock.now(), closedBy: actor.accountId, closeReason: why || null };
    await transitionCampaign(tx, campaign, state, closed);
    const change = { before: { state: campaign.state }, after: { state, reason: why || null } };
    await this.audit.record(tx, actor, { action: `campaign.${state}`, entity: 'campaign', entityId: id, ...change });
    await this.events.publish(tx, new CampaignClosed(id, state, sentence));
  }

  /** Switches automatic make-goods for missed and replaced plays of this campaign. */
  async setAutoMakeGood(actor: Actor, id: string, automatic: boolean): Promise<void> {
    await this.database.write(async (tx) => {
      const campaign = await this.require(tx, id);
      requireOpen(campaign);
      if (campaign.autoMakeGood === automatic) return;
      await tx.update(Campaign, { id }, { autoMakeGood: automatic });
      const change = { before: { autoMakeGood: campaign.autoMakeGood }, after: { autoMakeGood: automatic } };
      await this.audit.record(tx, actor, { action: 'campaign.make-good', entity: 'campaign', entityId: id, ...change });
    });
  }

  async recordFact(actor: Actor, campaignId: string, fact: NewFact): Promise<string> {
    if (!isLocalDate(fact.asOf)) {
      const sentence = { vi: `Ngày của số liệu không hợp lệ: ${fact.asOf}`, en: `Not a date: ${fact.asOf}` };
      throw new DomainError('invalid', 'bad-date', sentence, { field: 'asOf' });
    }
    return this.database.write(async (tx) => {
      await this.require(tx, campaignId);
      const id = newId(this.clock.now());
      await tx.insert(Fact, { ...fact, id, campaignId, recordedAt: this.clock.now(), recordedBy: actor.accountId });
      await this.audit.record(tx, actor, {
        action: 'fact.recorded',
        entity: 'campaign',
        entityId: campaignId,
        after: fact,
      });
      await this.events.publish(tx, new FactChanged(campaignId, fact.name));
      return id;
    });
  }

  /** The latest value of every fact. */
  async facts(campaignId: string): Promise<Fact[]> {
    const order = { asOf: 'ASC', recordedAt: 'ASC' } as const;
    const all = await this.database.read().find(Fact, { where: { campaignId }, order });
    return [...new Map(all.map((fact) => [fact.name, fact])).values()];
  }
}

function reasonNeeded(): DomainError {
  return new DomainError(
    'invalid',
    'reason-needed',
    { vi: 'Xin ghi lý do hủy đợt tuyên truyền.', en: 'Say why the campaign is cancelled.' },
    { field: 'reason' },
  );
}

function requirePeriod(from: LocalDate, until: LocalDate): void {
  if (isLocalDate(from) && isLocalDate(until) && from <= until && until < '2100-01-01') return;
  throw new DomainError(
    'invalid',
    'bad-period',
    {
      vi: 'Thời gian của đợt tuyên truyền không hợp lệ: ngày cuối phải từ ngày đầu trở đi.',
      en: 'The period is not valid.',
    },
    { from, until },
  );
}
