import { DomainError, notFound } from '../shared/domain-error.js';
import { type Actor, hasRole, mayRead, operatedUnits } from '../people/access/actor.js';

/** Lexicons and ways of speaking: editors and administrators keep everybody's, an operator his own ward's. */
export function mayEditSpeech(actor: Actor, unitId: string | null): boolean {
  return hasRole(actor, 'editor', 'admin') || (unitId !== null && operatedUnits(actor).includes(unitId));
}

/** The centre's is everybody's to see; a ward's only for whom that ward is. */
export function maySeeSpeech(actor: Actor, unitId: string | null): boolean {
  return unitId === null || mayRead(actor, unitId);
}

/** Throws 404 for what the actor does not see, 403 for what is not his to change. */
export function requireSpeechEditor(actor: Actor, unitId: string | null): void {
  if (!maySeeSpeech(actor, unitId)) throw notFound();
  if (mayEditSpeech(actor, unitId)) return;
  throw new DomainError('forbidden', 'not-yours-to-change', {
    vi: 'Chỉ biên tập viên và quản trị được sửa phần dùng chung; trực đài chỉ sửa phần của phường mình.',
    en: 'Only editors and administrators change what all share; an operator changes only what is of his own ward.',
  });
}
