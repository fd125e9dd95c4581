import type { EntityManager } from 'typeorm';
import { DomainError } from '../shared/domain-error.js';
import { move } from '../shared/transitions.js';
import { ScriptVersion } from './script-version.entity.js';
import { type VersionState, versionTransitions } from './script-version.transitions.js';

/**
 * Changes the state of a version in one statement. Throws `illegal-move` (409) when the transition table forbids it or
 * a concurrent change was first.
 */
export async function transitionVersion(
  tx: EntityManager,
  version: ScriptVersion,
  to: VersionState,
  also: { submittedAt?: number; submittedBy?: string | null } = {},
): Promise<void> {
  move(versionTransitions, version.state, to, 'bài');
  const done = await tx.update(ScriptVersion, { id: version.id, state: version.state }, { state: to, ...also });
  if (done.affected !== 1) {
    throw new DomainError('conflict', 'illegal-move', {
      vi: 'Bài vừa được người khác xử lý. Xin tải lại trang.',
      en: 'Somebody else has just moved this version. Reload.',
    });
  }
  version.state = to;
}
