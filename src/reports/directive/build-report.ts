import { type ChannelKind, isLoudspeaker } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { addDays, countDays, type LocalDate, localDateOf, type TimeZone } from '../../shared/local-time.js';
import { firstOwedDay } from '../owed/first-day.js';
import { type FirstPlans, type OwedDays, owedKey } from '../owed/owed-plays.service.js';
import {
  type Counts,
  type DirectiveReport,
  type Fulfilment,
  noCounts,
  type ObligationLine,
  sum,
  type UnitLine,
} from './directive-report.js';

export interface ChannelFacts {
  id: string;
  code: string;
  name: string;
  kind: ChannelKind;
  zone: TimeZone;
  active: boolean;
  unitCode: string;
  unitName: string;
  /** All spellings of the unit in letters. */
  unitNames: string[];
}

export interface ObligationFacts {
  id: string;
  assignment: number;
  channelKind: ChannelKind;
  addressees: string[];
  minPlaysPerDay: number | null;
  from: LocalDate | null;
  until: LocalDate | null;
  reportDue: LocalDate | null;
}

/**
 * Slots of one obligation, campaign and channel on one local day. When counted over all days, only played slots have a
 * date.
 */
export interface SlotGroup {
  obligationId: string | null;
  campaignId: string;
  channelId: string;
  date: LocalDate | '';
  counts: Counts;
}

export interface PostFacts {
  channelId: string;
  campaignId: string;
  state: string;
  permalink: string | null;
  /** When it was published; before that, when it is due. */
  at: Instant;
}

export interface ReportFacts {
  directive: DirectiveReport['directive'];
  campaigns: DirectiveReport['campaigns'];
  obligations: readonly ObligationFacts[];
  channels: readonly ChannelFacts[];
  slots: readonly SlotGroup[];
  /** False when `slots` have no dates: then units have no days either. */
  byDay: boolean;
  posts: readonly PostFacts[];
  plans: FirstPlans;
  /** When the first campaign was opened; null without one. */
  opened: Instant | null;
  /** Days on which less than the minimum was possible. */
  owed: OwedDays;
  now: Instant;
}

/** A database would sort Đ after Z. */
const byName = new Intl.Collator('vi');

/** Rows → report, with units in the order of their names. Pure. */
export function buildReport(unsorted: ReportFacts): DirectiveReport {
  const channels = [...unsorted.channels].sort(
    (a, b) => byName.compare(a.unitName, b.unitName) || byName.compare(a.name, b.name),
  );
  const facts = { ...unsorted, channels };
  const lines = facts.obligations.map((obligation) => obligationLine(facts, obligation));
  const other = outsideObligations(facts);
  const obligations = [...lines, ...other];
  return {
    directive: facts.directive,
    generatedAt: facts.now,
    campaigns: facts.campaigns,
    counts: sum(obligations.map((line) => line.counts)),
    obligations,
  };
}

function obligationLine(facts: ReportFacts, obligation: ObligationFacts): ObligationLine {
  const { id, assignment, channelKind, addressees, minPlaysPerDay, reportDue } = obligation;
  const period = periodOf(facts, obligation);
  const measured = isLoudspeaker(channelKind) || channelKind === 'fanpage';
  const slots = facts.slots.filter((group) => group.obligationId === id);
  // A post names its campaign, not an obligation; it counts for the first obligation of a fanpage.
  const first = facts.obligations.find((one) => one.channelKind === 'fanpage');
  const posts = channelKind === 'fanpage' && first?.id === id ? facts.posts : [];
  const slotsOf = byChannel(slots);
  const units = measured
    ? channelsOf(facts.channels, obligation, slots).map((channel) =>
        unitLine(channel, slotsOf.get(channel.id) ?? [], posts, {
          ...period,
          minimum: minPlaysPerDay,
          since: facts.plans.get(id)?.since ?? null,
          opened: facts.opened,
          possible: facts.owed.get(owedKey(id, channel.id)) ?? new Map(),
          now: facts.now,
          byDay: facts.byDay,
        }),
      )
    : [];
  const counts = sum(units.map((unit) => unit.counts));
  return { obligationId: id, assignment, channelKind, addressees, ...period, reportDue, measured, counts, units };
}

/** Slots placed without an obligation still count, by kind of channel. */
function outsideObligations(facts: ReportFacts): ObligationLine[] {
  const known = new Set(facts.obligations.map((one) => one.id));
  const slots = facts.slots.filter((group) => group.obligationId === null || !known.has(group.obligationId));
  const posts = facts.obligations.some((one) => one.channelKind === 'fanpage') ? [] : facts.posts;
  const used = new Set([...slots, ...posts].map((one) => one.channelId));
  const channels = facts.channels.filter((channel) => used.has(channel.id));
  const slotsOf = byChannel(slots);
  const asked = {
    from: null,
    until: null,
    minimum: null,
    since: null,
    opened: null,
    possible: new Map<string, number>(),
  };
  const none = { ...asked, now: facts.now, byDay: facts.byDay };
  return [...new Set(channels.map((channel) => channel.kind))].map((channelKind) => {
    const units = channels
      .filter((channel) => channel.kind === channelKind)
      .map((channel) => unitLine(channel, slotsOf.get(channel.id) ?? [], posts, none));
    return {
      obligationId: null,
      assignment: null,
      channelKind,
      addressees: [],
      from: null,
      until: null,
      reportDue: null,
      measured: true,
      counts: sum(units.map((unit) => unit.counts)),
      units,
    };
  });
}

/**
 * The channels of an obligation: active channels of its kind in the units that it names, or in all units when it names
 * no known one ("UBND các phường, xã"); and every channel with slots, even if it was closed since.
 */
function channelsOf(
  channels: readonly ChannelFacts[],
  obligation: ObligationFacts,
  slots: readonly SlotGroup[],
): ChannelFacts[] {
  const used = new Set(slots.map((group) => group.channelId));
  const ofKind = channels.filter((channel) => channel.kind === obligation.channelKind);
  const named = new Set(obligation.addressees.map(fold));
  const addressed = ofKind.filter((channel) => channel.unitNames.some((name) => named.has(fold(name))));
  const eligible = new Set(addressed.length > 0 ? addressed : ofKind);
  return channels.filter((channel) => used.has(channel.id) || (channel.active && eligible.has(channel)));
}

/** Groups the slots once, instead of searching every group for each of some hundreds of channels. */
function byChannel(slots: readonly SlotGroup[]): Map<string, SlotGroup[]> {
  const found = new Map<string, SlotGroup[]>();
  for (const group of slots) {
    const own = found.get(group.channelId);
    if (own) own.push(group);
    else found.set(group.channelId, [group]);
  }
  return found;
}

interface Demand {
  from: LocalDate | null;
  until: LocalDate | null;
  minimum: number | null;
  since: Instant | null;
  opened: Instant | null;
  possible: ReadonlyMap<LocalDate, number>;
  now: Instant;
  byDay: boolean;
}

/** `slots`: the slots of the channel. */
function unitLine(
  channel: ChannelFacts,
  slots: readonly SlotGroup[],
  posts: readonly PostFacts[],
  demand: Demand,
): UnitLine {
  const mine = posts.filter((post) => post.channelId === channel.id);
  const groups = [
    ...slots,
    ...mine.map((post) => ({
      campaignId: post.campaignId,
      date: localDateOf(post.at, channel.zone),
      counts: countsOfPost(post.state),
    })),
  ];
  const days = new Map<string, UnitLine['days'][number]>();
  for (const { date, campaignId, counts } of groups) {
    const key = `${date} ${campaignId}`;
    const day = days.get(key);
    // Most days have one group and reuse its counts: a province has tens of thousands of days.
    days.set(key, { date, campaignId, counts: day ? sum([day.counts, counts]) : counts });
  }
  const all = [...days.values()];
  return {
    unitCode: channel.unitCode,
    unitName: channel.unitName,
    channelCode: channel.code,
    channelName: channel.name,
    counts: sum(all.map((day) => day.counts)),
    fulfilment: fulfilment(all, demand, channel.zone),
    days: demand.byDay ? [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day) : [],
    ...(channel.kind === 'fanpage' ? { posts: summary(mine) } : {}),
  };
}

function fulfilment(days: UnitLine['days'], demand: Demand, zone: TimeZone): Fulfilment {
  const { from, until, since, opened, now, possible, minimum } = demand;
  const today = localDateOf(now, zone);
  const periodOver = until !== null && until < today;
  const begun = days.some(({ counts }) => counts.planned > 0);
  const firstDay = until === null ? null : firstOwedDay({ since, opened, begun, periodOver, from }, zone);
  const last = until !== null && until < today ? until : addDays(today, -1);
  const airedOn = new Map<LocalDate, number>();
  for (const { date, counts } of days) {
    if (firstDay !== null && firstDay <= date && date <= last)
      airedOn.set(date, (airedOn.get(date) ?? 0) + counts.aired);
  }
  const enough = Math.max(1, minimum ?? 1);
  const owedOn = (date: LocalDate) => Math.min(enough, Math.max(possible.get(date) ?? enough, airedOn.get(date) ?? 0));
  const free = [...possible.keys()].filter(
    (date) => firstDay !== null && firstDay <= date && date <= last && owedOn(date) === 0,
  );
  return {
    minimumPerDay: minimum,
    firstDay,
    daysRequired: firstDay === null ? 0 : countDays(firstDay, last) - free.length,
    daysMet: [...airedOn].filter(([date, aired]) => aired > 0 && aired >= owedOn(date)).length,
    daysInPeriod: from && until ? countDays(from, until) : 0,
  };
}

/** The obligation's own period, otherwise the days of the campaigns that answer it. */
function periodOf(
  facts: ReportFacts,
  obligation: ObligationFacts,
): { from: LocalDate | null; until: LocalDate | null } {
  const froms = facts.campaigns.map((campaign) => campaign.from).sort();
  const untils = facts.campaigns.map((campaign) => campaign.until).sort();
  return { from: obligation.from ?? froms.at(0) ?? null, until: obligation.until ?? untils.at(-1) ?? null };
}

/** Published is aired, refused is missed; unknown waits, because it is looked up and never guessed. */
function countsOfPost(state: string): Counts {
  const counts = noCounts();
  if (state === 'cancelled') return { ...counts, cancelled: 1 };
  counts.planned = 1;
  if (state === 'published') counts.aired = 1;
  else if (state === 'refused') counts.missed = 1;
  else counts.waiting = 1;
  return counts;
}

function summary(posts: readonly PostFacts[]): NonNullable<UnitLine['posts']> {
  const byState: Record<string, number> = {};
  for (const { state } of posts) byState[state] = (byState[state] ?? 0) + 1;
  const links = posts.flatMap((post) => (post.state === 'published' && post.permalink ? [post.permalink] : []));
  return { byState, links };
}
