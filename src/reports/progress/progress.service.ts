import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { type Actor, hasRole, operatedUnits } from '../../people/access/actor.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Directive } from '../../directives/directive.entity.js';
import { Directives } from '../../directives/directives.service.js';
import { Obligation } from '../../directives/obligation.entity.js';
import { Post } from '../../posts/state/post.entity.js';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { localDateOf } from '../../shared/local-time.js';
import { owedKey, OwedPlays, type ShortOnChannel } from '../owed/owed-plays.service.js';
import type { PostFacts } from '../directive/build-report.js';
import { buildProgress, channelsOf, owedPeriod, type ProgressFacts, type ReducedDays } from './build-progress.js';
import type { DirectiveProgress } from './progress.js';
import { playsOnDays, progressChannels, slotTallies } from './progress-rows.js';

/** Directives on one page of the list. */
export const LIST_PAGE = 20;

/**
 * The units whose progress an actor may see: the city's official, approver, editor and administrator see every unit
 * (null); people of a ward see their own units only, and a directive that asks nothing of those is 404 for them.
 */
export function progressScope(actor: Actor): ReadonlySet<string> | null {
  if (actor.accountId === null || hasRole(actor, 'official', 'approver', 'editor', 'admin')) return null;
  return new Set(operatedUnits(actor));
}

/** How far the units are with their obligations: computed, never typed by hand. */
@Injectable()
export class Progress {
  constructor(
    private readonly database: Database,
    private readonly directives: Directives,
    private readonly clock: Clock,
    private readonly owed: OwedPlays,
  ) {}

  /**
   * At most sixteen statements, however large the directive. Throws 404 for an unknown one, and for one that asks nothing of the
   * actor's units.
   */
  async forDirective(actor: Actor, directiveId: string): Promise<DirectiveProgress> {
    const em = this.database.read();
    const directive = await em.findOneBy(Directive, { id: directiveId });
    const [found] = directive ? await this.build(em, actor, [directive]) : [];
    if (!found) throw notFound();
    return found;
  }

  /** Twenty at a time, the newest letter first; `search` as in `Directives.list`. At most sixteen statements, whatever the number. */
  async list(actor: Actor, search: string, page: number): Promise<{ rows: DirectiveProgress[]; more: boolean }> {
    const em = this.database.read();
    const all = await this.directives.list(search || undefined);
    // People of a ward see few of them; which ones is known only after building them.
    const whole = progressScope(actor) !== null;
    const start = (page - 1) * LIST_PAGE;
    const built = await this.build(em, actor, whole ? all : all.slice(start, start + LIST_PAGE));
    const rows = whole ? built.slice(start, start + LIST_PAGE) : built;
    return { rows, more: (whole ? built.length : all.length) > start + LIST_PAGE };
  }

  /** Only for what fell short: the days on which less than the minimum was possible, and what was played on them. */
  private async reducedDays(
    em: EntityManager,
    facts: readonly ProgressFacts[],
    campaignIds: readonly string[],
  ): Promise<ReducedDays> {
    const short = facts.flatMap(shortChannels);
    const owed = await this.owed.of(em, facts[0]?.plans ?? new Map(), short);
    const some = short.filter((one) => owed.has(owedKey(one.obligationId, one.channelId)));
    const plays = await playsOnDays(em, campaignIds, {
      obligationIds: [...new Set(some.map(({ obligationId }) => obligationId))],
      channelIds: [...new Set(some.map(({ channelId }) => channelId))],
      dates: [...new Set([...owed.values()].flatMap((days) => [...days.keys()]))],
    });
    const found = new Map(plays.map((one) => [`${owedKey(one.obligationId, one.channelId)} ${one.date}`, one]));
    return new Map(
      [...owed].map(([key, days]) => [
        key,
        [...days].map(([date, possible]) => {
          const { played, waiting, placed } = found.get(`${key} ${date}`) ?? { played: 0, waiting: 0, placed: 0 };
          return { date, possible, played, waiting, placed };
        }),
      ]),
    );
  }

  private async build(em: EntityManager, actor: Actor, directives: readonly Directive[]): Promise<DirectiveProgress[]> {
    const only = progressScope(actor);
    const directiveId = In(directives.map(({ id }) => id));
    const order = { assignment: 'ASC', channelKind: 'ASC' } as const;
    const obligations = await em.find(Obligation, { where: { directiveId }, order });
    const campaigns = await em.findBy(Campaign, { directiveId });
    const channels = await progressChannels(em);
    const now = this.clock.now();
    const zones = channels.map(({ zone }) => zone);
    const tallies = await slotTallies(
      em,
      campaigns.map(({ id }) => id),
      zones,
      now,
    );
    const posts = await em.find(Post, { where: { campaignId: In(campaigns.map(({ id }) => id)) } });
    const plans = await this.owed.firstPlans(
      em,
      campaigns.map(({ id }) => id),
    );
    const facts = directives.map(({ id, kind, number, issuedOn, issuer, place, subject, assignments }) => {
      const work = campaigns.filter((one) => one.directiveId === id);
      const ids = new Set(work.map((one) => one.id));
      return {
        directive: { id, kind, number, issuedOn, issuer, place, subject },
        points: new Map(assignments.map(({ n, text }) => [n, text])),
        campaigns: work,
        obligations: obligations.filter((one) => one.directiveId === id),
        channels,
        tallies,
        posts: posts.filter((post) => ids.has(post.campaignId)).map(postFacts),
        only,
        plans,
        opened: work.length > 0 ? Math.min(...work.map(({ createdAt }) => createdAt)) : null,
        reduced: new Map(),
        now,
      };
    });
    const reduced = await this.reducedDays(
      em,
      facts,
      campaigns.map(({ id }) => id),
    );
    const built = facts.map((one) => buildProgress({ ...one, reduced }));
    return only === null ? built : built.filter((one) => one.rows.length > 0);
  }
}

/** The obligations and channels with a day short of the minimum; the others need no closer look. */
function shortChannels(facts: ProgressFacts): ShortOnChannel[] {
  return facts.obligations.flatMap((obligation) => {
    const { id: obligationId, minPlaysPerDay: minimum } = obligation;
    if (minimum === null || !isLoudspeaker(obligation.channelKind)) return [];
    const tallies = new Map(
      facts.tallies.flatMap((one) => (one.obligationId === obligationId ? [[one.channelId, one]] : [])),
    );
    return channelsOf(facts, obligation, new Set(tallies.keys())).flatMap((channel) => {
      const tally = tallies.get(channel.id);
      const today = localDateOf(facts.now, channel.zone);
      const days = owedPeriod(facts, obligation, channel, today, (tally?.planned ?? 0) > 0);
      if (!days || days.count <= (tally?.daysMet ?? 0)) return [];
      return [{ obligationId, channelId: channel.id, minimum, from: days.from, until: days.last }];
    });
  });
}

function postFacts({ channelId, campaignId, state, permalink, publishedAt, dueAt }: Post): PostFacts {
  return { channelId, campaignId, state, permalink, at: publishedAt ?? dueAt };
}
