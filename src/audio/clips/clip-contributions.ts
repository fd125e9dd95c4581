import type { Actor } from '../../people/access/actor.js';
import { type Contribution, distinctContributions } from '../../scripts/contribution.js';
import type { Clip } from './clip.entity.js';
import { UPLOADED } from '../store/upload-store.js';

/**
 * The known contributions to a clip, plus the actor's own: uploader of a recording, else requester; none when the actor
 * only had it tried `again`. `readBy`: the authors of corrections in the reading at the time of the request.
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
