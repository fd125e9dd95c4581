import type { TimeZone } from '../../shared/local-time.js';
import type { Shortfall } from '../../schedule/slots/shortfall.js';
import type { MakeGoodView } from '../../schedule/changes/make-good-views.service.js';
import type { PlanChange } from '../../schedule/plans/plan-change.entity.js';
import { slotStateNames } from '../../schedule/slots/slot.transitions.js';
import type { WardDecision } from '../../schedule/placing/ward-decision.entity.js';
import { languageNow, moment, say } from '../language/language.js';

/** Longer lists are cut; the count beside the heading tells the rest. */
export const SHOWN = 20;

export interface SideFacts {
  /** `count` of all, the first of them in `rows`. */
  lacks: { count: number; rows: readonly Shortfall[] };
  makeGoods: readonly MakeGoodView[];
  decisions: readonly (WardDecision & { channelCode: string })[];
  changes: readonly Omit<PlanChange, 'difference'>[];
}

export interface SideRights {
  makeGood: boolean;
  decide: boolean;
  seen: boolean;
}

/** What waits for somebody beside the board. `nameOf` a channel's code; a list that is empty is not drawn. */
export function sideView(facts: SideFacts, zone: TimeZone, nameOf: (code: string) => string, may: SideRights) {
  const lacks = facts.lacks.rows.map(({ channelName, title, campaign, message, messageEn, wouldFree }) => ({
    channel: channelName,
    title: title || campaign,
    text: languageNow() === 'en' ? messageEn : message,
    wouldFree,
  }));
  const makeGoods = facts.makeGoods.map(({ id, slot, place, stale }) => ({
    id,
    title: slot.title,
    slotId: slot.slotId,
    channel: nameOf(slot.channelCode),
    was: say('{when} · {state}', { when: moment(slot.startsAt, zone), state: say(slotStateNames[slot.state]) }),
    reason: slot.reason ?? '',
    offer: !place
      ? say('chưa có chỗ trống')
      : stale
        ? say('chỗ cũ đã qua, nhận thì lấy chỗ trống kế tiếp')
        : say('bù vào {when}', { when: moment(place.startsAt, zone) }),
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
      standing === 'centre' ? say('tin của trung tâm được phát') : say('tin của phường được giữ, tin trung tâm dời đi'),
    mayDecide: may.decide,
  }));
  const changes = facts.changes.map(({ id, at, sentence, added, removed, moved, shortfalls }) => ({
    id,
    at: moment(at, zone),
    sentence,
    counts: say('thêm {added}, bỏ {removed}, dời {moved}, còn thiếu {shortfalls}', {
      added,
      removed,
      moved,
      shortfalls,
    }),
    maySee: may.seen,
  }));
  const list = <T>(rows: T[]) => ({ count: rows.length, rows: rows.slice(0, SHOWN), more: rows.length > SHOWN });
  return {
    lacks: { count: facts.lacks.count, rows: lacks, more: facts.lacks.count > lacks.length },
    makeGoods: list(makeGoods),
    decisions: list(decisions),
    changes: list(changes),
    quiet: facts.lacks.count + makeGoods.length + decisions.length + changes.length === 0,
  };
}
