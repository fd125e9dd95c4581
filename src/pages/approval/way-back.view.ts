import { type Actor, hasRole } from '../../people/access/actor.js';
import type { VersionState } from '../../scripts/script-version.transitions.js';

/** The acts that take back an approval, for `{{> way-back}}`: what the actor may do in this state of the version. */
export function wayBack(state: VersionState, actor: Actor) {
  const may = hasRole(actor, 'editor', 'approver');
  const mayStop = may && state === 'approved';
  const mayWithdraw = may && (state === 'approved' || state === 'stopped');
  const mayResume = hasRole(actor, 'approver') && state === 'stopped';
  return { mayStop, mayWithdraw, mayResume };
}
