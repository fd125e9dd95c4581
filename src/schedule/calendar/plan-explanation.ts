import type { BulletinClass } from '../../campaigns/bulletin-class.js';
import { type LocalDate, localTimeOf, weekdayName } from '../../shared/local-time.js';
import type { Shortfall } from '../slots/shortfall.js';
import { slotStatusNames, slotStatusOf } from '../slots/slot-status.js';
import type { SlotState } from '../slots/slot.transitions.js';
import type { SlotView } from '../slots/slot-view.js';
import type { NamedChannel } from '../../channels/channels-with-rules.js';

/** Explains a plan by campaign, channel and local day: each slot with its reason, and each shortfall. */
export interface PlanExplanation {
  from: LocalDate;
  until: LocalDate;
  campaigns: ExplainedCampaign[];
  slots: number;
  /** Number of minimums that are not met. */
  shortfalls: number;
}

export interface ExplainedCampaign {
  /** Null for slots without a campaign: relays, openings and closings. */
  campaignId: string | null;
  campaign: string;
  bulletinClass: BulletinClass | null;
  /** Number of the directive that it answers. */
  directive: string | null;
  channels: { code: string; name: string; days: ExplainedDay[] }[];
}

export interface ExplainedDay {
  date: LocalDate;
  weekday: string;
  slots: ExplainedSlot[];
  shortfalls: Pick<Shortfall, 'title' | 'wanted' | 'placed' | 'code' | 'message' | 'messageEn' | 'wouldFree'>[];
}

export interface ExplainedSlot {
  id: string;
  startsAt: number;
  endsAt: number;
  /** Local times. */
  start: string;
  end: string;
  title: string;
  state: SlotState;
  stateName: string;
  reason: string | null;
  why: string;
  obligationId: string | null;
}

export interface ExplanationParts {
  from: LocalDate;
  until: LocalDate;
  channels: readonly NamedChannel[];
  slots: readonly SlotView[];
  shortfalls: readonly Shortfall[];
  /** Number of the directive, by campaign. */
  directives: ReadonlyMap<string, string>;
}

/**
 * Campaigns are ordered by name, channels by code, days and slots by time; a campaign without slots and shortfalls is
 * omitted.
 */
export function explainPlan({
  from,
  until,
  channels,
  slots,
  shortfalls,
  directives,
}: ExplanationParts): PlanExplanation {
  const byId = new Map(channels.map((channel) => [channel.channel.id, channel]));
  const campaigns = new Map<string, ExplainedCampaign>();
  const dayOf = (
    what: Pick<ExplainedCampaign, 'campaignId' | 'campaign'>,
    code: string,
    name: string,
    date: string,
  ) => {
    const campaign = entry(campaigns, what.campaignId ?? '', () => ({
      campaignId: what.campaignId,
      campaign: what.campaignId === null ? 'Không thuộc đợt nào' : what.campaign,
      bulletinClass: null,
      directive: directives.get(what.campaignId ?? '') ?? null,
      channels: [],
    }));
    const channel = found(
      campaign.channels,
      (one) => one.code === code,
      () => ({ code, name, days: [] }),
    );
    const day = { date, weekday: weekdayName(date), slots: [], shortfalls: [] };
    return {
      campaign,
      day: found(
        channel.days,
        (one) => one.date === date,
        (): ExplainedDay => day,
      ),
    };
  };
  for (const slot of slots) {
    const channel = byId.get(slot.channelId);
    if (!channel) continue;
    const { campaign, day } = dayOf(slot, channel.channel.code, channel.channel.name, slot.date);
    if (slot.campaignId !== null) campaign.bulletinClass = slot.bulletinClass;
    day.slots.push(explained(slot, channel.rules.zone));
  }
  for (const shortfall of shortfalls) {
    const { title, wanted, placed, code, message, messageEn, wouldFree } = shortfall;
    const { day } = dayOf(shortfall, shortfall.channelCode, shortfall.channelName, shortfall.date);
    day.shortfalls.push({ title, wanted, placed, code, message, messageEn, wouldFree });
  }
  const sorted = [...campaigns.values()].sort(
    (a, b) =>
      Number(a.campaignId === null) - Number(b.campaignId === null) || a.campaign.localeCompare(b.campaign, 'vi'),
  );
  for (const { channels: own } of sorted) {
    own.sort((a, b) => (a.code < b.code ? -1 : 1));
    for (const { days } of own) {
      days.sort((a, b) => (a.date < b.date ? -1 : 1));
      for (const day of days) day.slots.sort((a, b) => a.startsAt - b.startsAt);
    }
  }
  return { from, until, campaigns: sorted, slots: slots.length, shortfalls: shortfalls.length };
}

function explained(slot: SlotView, zone: string): ExplainedSlot {
  const { id, startsAt, endsAt, title, state, reason, why, obligationId } = slot;
  const [start, end] = [localTimeOf(startsAt, zone), localTimeOf(endsAt, zone)];
  return {
    id,
    startsAt,
    endsAt,
    start,
    end,
    title,
    state,
    stateName: slotStatusNames[slotStatusOf(slot)],
    reason,
    why,
    obligationId,
  };
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function found<T>(list: T[], is: (one: T) => boolean, make: () => T): T {
  const known = list.find(is);
  if (known) return known;
  const made = make();
  list.push(made);
  return made;
}
