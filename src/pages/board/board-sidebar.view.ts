import type { TimeZone } from '../../shared/local-time.js';
import type { Shortfall } from '../../schedule/slots/shortfall.js';
import type { MakeGoodView } from '../../schedule/changes/make-good-views.service.js';
import type { PlanChange } from '../../schedule/plans/plan-change.entity.js';
import { slotStateNames } from '../../schedule/slots/slot.transitions.js';
import type { WardDecision } from '../../schedule/placing/ward-decision.entity.js';
import { currentLanguage, moment, translate } from '../language/language.js';

/** Rows of one list of the sidebar; the heading shows the full count. */
export const PAGE_LIMIT = 20;

export interface SidebarFacts {
  /** `count` is the total; `rows` holds the first of them. */
  shortfalls: { count: number; rows: readonly Shortfall[] };
  makeGoods: readonly MakeGoodView[];
  decisions: readonly (WardDecision & { channelCode: string })[];
  changes: readonly Omit<PlanChange, 'difference'>[];
}

export interface SidebarRights {
  makeGood: boolean;
  decide: boolean;
  seen: boolean;
}

/** The lists beside the board. `nameOf` maps a channel's code to its name. An empty list is not rendered. */
export function sidebarView(facts: SidebarFacts, zone: TimeZone, nameOf: (code: string) => string, may: SidebarRights) {
  const shortfalls = facts.shortfalls.rows.map(({ channelName, title, campaign, message, messageEn, wouldFree }) => ({
    channel: channelName,
    title: title || campaign,
    text: currentLanguage() === 'en' ? messageEn : message,
    wouldFree,
  }));
  const makeGoods = facts.makeGoods.map(({ id, slot, place, stale }) => ({
    id,
    title: slot.title,
    slotId: slot.slotId,
    channel: nameOf(slot.channelCode),
    was: translate('{when} · {state}', {
      when: moment(slot.startsAt, zone),
      state: translate(slotStateNames[slot.state]),
    }),
    reason: slot.reason ?? '',
    offer: !place
      ? translate('chưa có chỗ trống')
      : stale
        ? translate('chỗ cũ đã qua, nhận thì lấy chỗ trống kế tiếp')
        : translate('bù vào {when}', { when: moment(place.startsAt, zone) }),
    mayAccept: may.makeGood,
  }));
  const decisions = facts.decisions.map(({ id, title, meets, startsAt, deadline, standing, channelCode }) => ({
    id,
    title,
    channel: nameOf(channelCode),
    when: moment(startsAt, zone),
    meets: meets.map((met) => met.title).join(', '),
    deadline: moment(deadline, zone),
    standing:
      standing === 'centre'
        ? translate('tin của trung tâm được phát')
        : translate('tin của phường được giữ, tin trung tâm dời đi'),
    mayDecide: may.decide,
  }));
  const changes = facts.changes.map(({ id, at, sentence, added, removed, moved, shortfalls }) => ({
    id,
    at: moment(at, zone),
    sentence,
    counts: translate('thêm {added}, bỏ {removed}, dời {moved}, còn thiếu {shortfalls}', {
      added,
      removed,
      moved,
      shortfalls,
    }),
    maySee: may.seen,
  }));
  const list = <T>(rows: T[]) => ({
    count: rows.length,
    rows: rows.slice(0, PAGE_LIMIT),
    more: rows.length > PAGE_LIMIT,
  });
  return {
    shortfalls: { count: facts.shortfalls.count, rows: shortfalls, more: facts.shortfalls.count > shortfalls.length },
    makeGoods: list(makeGoods),
    decisions: list(decisions),
    changes: list(changes),
    quiet: facts.shortfalls.count + makeGoods.length + decisions.length + changes.length === 0,
  };
}
