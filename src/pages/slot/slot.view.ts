import type { Instant } from '../../shared/clock.js';
import type { DomainError } from '../../shared/domain-error.js';
import { localClockOf, localDateOf, showDate, type TimeZone } from '../../shared/local-time.js';
import { bulletinClassNames } from '../../campaigns/bulletin-class.js';
import { slotStatusNames, slotStatusOf } from '../../schedule/slots/slot-status.js';
import type { SlotExplanation } from '../../schedule/placing/slot-explanations.service.js';
import type { Choice, NamedSlot } from '../../schedule/placing/slot-refusals.js';
import { actionText } from '../audit/audit.view.js';
import { moment, inCurrentLanguage, translate } from '../language/language.js';
import { upperFirst, lengthText, slotTones } from '../language/words.js';
import { momentWithSeconds } from './difference.view.js';

/** The viewer's rights and the current time; `mayMove` is for editors. */
export interface SlotReader {
  zone: TimeZone;
  now: Instant;
  mayMove: boolean;
  mayCancel: boolean;
}

/** One slot: its content, its directive, the reason for its placement, its history and its outcome. */
export function slotView(explanation: SlotExplanation, { zone, now, mayMove, mayCancel }: SlotReader) {
  const { slot, channel, serves, history, makeGood, makeGoodFor, replacedBy } = explanation;
  const open = slot.state === 'planned' && slot.startsAt > now;
  const at = (one: Instant) => moment(one, zone);
  return {
    id: slot.id,
    version: slot.version,
    title: slot.title,
    channel,
    state: upperFirst(translate(slotStatusNames[slotStatusOf(slot)])),
    tone: slotTones[slotStatusOf(slot)],
    reason: slot.reason ?? '',
    /** For a played slot the note names the evidence. */
    played: slot.state === 'played',
    mendable: mendable(slot, zone),
    when: at(slot.startsAt),
    until: localClockOf(slot.endsAt, zone),
    length: lengthText(slot.durationMs),
    date: localDateOf(slot.startsAt, zone),
    time: localClockOf(slot.startsAt, zone),
    why: explanation.why,
    isRelay: slot.kind === 'relay',
    isLive: slot.kind === 'live',
    stream: slot.streamUrl ?? '',
    script: slot.script ?? '',
    clip: slot.clipId ?? '',
    authorisedBy: slot.authorisedBy ?? '',
    held: slot.held,
    serves: serves && {
      directive: {
        id: serves.directive.id,
        number: serves.directive.number,
        issuer: serves.directive.issuer,
        on: showDate(serves.directive.issuedOn),
      },
      campaign: serves.campaign.name,
      importance: translate(bulletinClassNames[serves.campaign.bulletinClass as keyof typeof bulletinClassNames]),
      asked: asked(serves.obligation),
    },
    history: history.map((one) => ({ at: at(one.at), who: one.who, what: actionText(one.what) })),
    anyHistory: history.length > 0,
    makeGoodFor: makeGoodFor && { id: makeGoodFor.id, title: makeGoodFor.title, when: at(makeGoodFor.startsAt) },
    makeGood:
      makeGood?.slotId && makeGood.startsAt !== null
        ? { id: makeGood.slotId, when: makeGood.startsAt === null ? '' : at(makeGood.startsAt) }
        : null,
    replacedBy: replacedBy && { id: replacedBy.id, title: replacedBy.title, when: at(replacedBy.startsAt) },
    mayMove: mayMove && open,
    mayCancel: mayCancel && slot.state === 'planned' && slot.endsAt > now,
  };
}

/** Until when a log or an operator's confirmation may still change the outcome; '' when it is final. */
function mendable({ state, evidenceUntil }: SlotExplanation['slot'], zone: TimeZone): string {
  if (evidenceUntil === null) return '';
  const until = moment(evidenceUntil, zone);
  return state === 'played'
    ? translate('Tạm tính là đã phát; còn chờ nhật ký máy đến {until}.', { until })
    : translate('Tạm tính là không phát; nếu nhật ký máy đến trước {until} và cho biết đã phát thì được sửa lại.', {
        until,
      });
}

type Obligation = NonNullable<NonNullable<SlotExplanation['serves']>['obligation']>;

function asked(obligation: Obligation | null): string {
  if (!obligation) return '';
  const { minPlaysPerDay: min, maxPlaysPerDay: max, from, until } = obligation;
  const parts: string[] = [];
  if (min !== null && max !== null && min !== max) parts.push(translate('{min}–{max} lượt mỗi ngày', { min, max }));
  else if (min !== null) parts.push(translate('ít nhất {min} lượt mỗi ngày', { min }));
  if (from && until) parts.push(translate('từ {from} đến {until}', { from: showDate(from), until: showDate(until) }));
  else if (until) parts.push(translate('đến hết {until}', { until: showDate(until) }));
  return parts.join(', ');
}

/** The reason why a move was refused, and the alternatives; `reasonNeeded` when only a reason is missing. */
export function refusalView(error: DomainError, zone: TimeZone) {
  const details = error.details ?? {};
  const met = list<NamedSlot>(details['meets']);
  const choices = list<Choice>(details['choices']);
  const override = choices.find((one) => one.choice === 'override');
  const append = choices.find((one) => one.choice === 'append');
  const places = choices.length > 0 ? choices : list<Instant>(details['nearestFree']).map(place);
  return {
    sentence: inCurrentLanguage(error.sentence),
    meets: met.slice(0, 5).map(({ startsAt, title }) => ({ at: momentWithSeconds(startsAt, zone), title })),
    override: override?.choice === 'override' && (override.allowed || override.code === 'locked'),
    overrideWhy: override?.choice === 'override' ? (override.why ?? '') : '',
    append: append?.choice === 'append' && append.startsAt !== null ? momentWithSeconds(append.startsAt, zone) : '',
    places: places.flatMap((one) =>
      one.choice === 'place' ? [{ startsAt: String(one.startsAt), at: momentWithSeconds(one.startsAt, zone) }] : [],
    ),
    reasonNeeded: error.code === 'locked',
  };
}

const place = (startsAt: Instant): Choice => ({ choice: 'place', startsAt });

function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
