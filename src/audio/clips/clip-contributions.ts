import type { Actor } from '../../people/access/actor.js';
import { type Contribution, distinctContributions } from '../../scripts/contribution.js';
import type { Clip } from './clip.entity.js';
import { UPLOADED } from '../store/upload-store.js';

/**
 * What is known of a clip's makers, and that the actor asked for it too: brought it along when it is a recording, unless he only
 * had it tried `again`. `readBy`: whose corrections were in the reading when it was asked for.
 */
export function contributionsWith(
  { id, engine, contributions }: Pick<Clip, 'id' | 'engine' | 'contributions'>,
  { accountId }: Pick<Actor, 'accountId'>,
  { readBy = [], again = false }: { readBy?: readonly Contribution[]; again?: boolean } = {},
): Contribution[] {
  const kind = engine === UPLOADED && !again ? 'recording' : 'clip';
  const own: Contribution[] = accountId === null ? [] : [{ kind, accountId, of: id }];
  return distinctContributions([...(contributions ?? []), ...readBy, ...own]);
}
