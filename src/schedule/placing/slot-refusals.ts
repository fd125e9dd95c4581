import type { Instant } from '../../shared/clock.js';
import { DomainError, type Sentence } from '../../shared/domain-error.js';
import { localTimeOf, showInstant, type TimeZone } from '../../shared/local-time.js';
import type { OverrideVerdict } from '../slots/clash.js';
import type { Refusal } from '../planning/placement-check.js';

/** A slot in the way, with its names for people. */
export interface NamedSlot {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
  title: string;
}

/** An alternative to offer when slots are met. */
export type Choice =
  | { choice: 'override'; allowed: boolean; code: string | null; why: string | null }
  | { choice: 'append'; startsAt: Instant | null; why: string | null }
  | { choice: 'place'; startsAt: Instant };

/**
 * 409 `overlap` when only other slots are in the way, else 422 with the first rule against it
 * (`outside-permitted-hours`, `outside-window`, `in-the-past`, …). `details.meets` lists the slots met,
 * `details.nearestFree` up to three possible starts, nearest first; `details.reasons` everything against it;
 * `details.choices` the alternatives.
 */
export function refused(
  reasons: readonly Refusal[],
  met: readonly NamedSlot[],
  zone: TimeZone,
  choices: readonly Choice[] = [],
): DomainError {
  const rule = reasons.find(({ code }) => code !== 'overlap');
  const nearestFree = reasons[0]?.nearestFree ?? [];
  const details = {
    field: 'startsAt',
    reasons: reasons.map(({ code, sentence }) => ({ code: publicCode(code), message: sentence.vi })),
    meets: met,
    nearestFree,
    ...(choices.length > 0 && { choices }),
  };
  const sentence = rule ? rule.sentence : overlapSentence(met, zone);
  const helpful = { vi: sentence.vi + suggestionVi(nearestFree, zone), en: sentence.en };
  if (!rule) return new DomainError('conflict', 'overlap', helpful, details);
  return new DomainError('invalid', publicCode(rule.code), helpful, details);
}

/** The same error when the database refused the overlap: another transaction was first. */
export function overlap(met: readonly NamedSlot[], nearestFree: readonly Instant[], zone: TimeZone): DomainError {
  const sentence = overlapSentence(met, zone);
  const helpful = { vi: sentence.vi + suggestionVi(nearestFree, zone), en: sentence.en };
  const choices: Choice[] = nearestFree.map((startsAt) => ({ choice: 'place', startsAt }));
  return new DomainError('conflict', 'overlap', helpful, { field: 'startsAt', meets: met, nearestFree, choices });
}

/** True for the refusal of the exclusion constraint (PostgreSQL) and of the triggers (SQLite) on `slot`. */
export function isOverlapRefusal(error: unknown): boolean {
  const driver = (error as { driverError?: { code?: unknown; constraint?: unknown; message?: unknown } }).driverError;
  if (!driver) return false;
  if (driver.code === '23P01') return driver.constraint === 'ex_slot_overlap';
  return (
    typeof driver.code === 'string' &&
    driver.code.startsWith('SQLITE_CONSTRAINT') &&
    String(driver.message).includes('ex_slot_overlap')
  );
}

function publicCode(code: Refusal['code']): string {
  return code === 'past' ? 'in-the-past' : code;
}

function overlapSentence(met: readonly NamedSlot[], zone: TimeZone): Sentence {
  const names = met
    .slice(0, 3)
    .map(({ startsAt, endsAt, title }) => `${localTimeOf(startsAt, zone)}–${localTimeOf(endsAt, zone)} “${title}”`);
  const more = met.length - names.length;
  const list = names.join(', ') || '…';
  return {
    vi: `Trùng với lượt phát ${list}${more > 0 ? ` và ${more} lượt khác` : ''}.`,
    en: `Overlaps the slot ${list}${more > 0 ? ` and ${more} more` : ''}.`,
  };
}

function suggestionVi(nearestFree: readonly Instant[], zone: TimeZone): string {
  if (nearestFree.length === 0) return '';
  return ` Giờ trống gần nhất: ${nearestFree.map((at) => showInstant(at, zone)).join('; ')}.`;
}

/** The alternatives to a taken place: to replace the slots met, to start after them, or the nearest free places. */
export function choicesOf(
  verdict: OverrideVerdict,
  appendAt: Instant | null,
  nearestFree: readonly Instant[],
): Choice[] {
  const refusal = verdict.verdict === 'refused' ? verdict : null;
  const asks = verdict.verdict === 'ward-decides';
  return [
    {
      choice: 'override',
      allowed: refusal === null,
      code: refusal?.code ?? (asks ? 'ward-decides' : null),
      why: refusal?.sentence.vi ?? (asks ? 'Hai tin ưu tiên gặp nhau: đơn vị sở tại sẽ quyết định.' : null),
    },
    {
      choice: 'append',
      startsAt: appendAt,
      why: appendAt === null ? 'Sau các lượt này buổi phát không còn đủ chỗ.' : null,
    },
    ...nearestFree.map((startsAt): Choice => ({ choice: 'place', startsAt })),
  ];
}
