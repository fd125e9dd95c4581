import { DomainError, notFound } from '../../shared/domain-error.js';
import { type Actor, hasRole, mayRead, operatedUnits } from '../../people/access/actor.js';

/**
 * Permission to change lexicons and speech settings: editors and administrators for every unit, an operator for his own
 * ward.
 */
export function mayEditSpeech(actor: Actor, unitId: string | null): boolean {
  return hasRole(actor, 'editor', 'admin') || (unitId !== null && operatedUnits(actor).includes(unitId));
}

/** The centre's lexicon and settings are visible to everybody, a ward's only to accounts that may read that ward. */
export function maySeeSpeech(actor: Actor, unitId: string | null): boolean {
  return unitId === null || mayRead(actor, unitId);
}

/**
 * Throws 404 when the actor may not see the unit's speech data, 403 `not-yours-to-change` when he may not change it.
 */
export function requireSpeechEditor(actor: Actor, unitId: string | null): void {
  if (!maySeeSpeech(actor, unitId)) throw notFound();
  if (mayEditSpeech(actor, unitId)) return;
  throw new DomainError('forbidden', 'not-yours-to-change', {
    vi: 'Chỉ biên tập viên và quản trị được sửa phần dùng chung; trực đài chỉ sửa phần của phường mình.',
    en: 'Only editors and administrators change what all share; an operator changes only what is of his own ward.',
  });
}
