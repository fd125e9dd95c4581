import { type EntityManager, In, IsNull } from 'typeorm';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { isChannelWithin, type Scope } from '../../approvals/scope.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { isHeardOn, isPlayable } from '../slots/approved-content.js';
import type { BookendClip } from './bookend-slots.js';

/** An approved clip with the script and scope of its approval. */
export interface ApprovedBookendClip {
  clipId: string;
  durationMs: number;
  script: Script;
  scope: Scope | null;
}

/**
 * Returns the clips whose approval is in force. A bookend is broadcast more often than any other item, so its approval
 * is checked whenever bookends are placed. A newer clip of the same version takes the approval away from the older one.
 */
export async function approvedBookendClips(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, ApprovedBookendClip>> {
  const clips = await em.findBy(Clip, { id: In([...ids]), state: 'ready' });
  const versionIds = clips.map(({ scriptVersionId }) => scriptVersionId);
  const versions = await em.findBy(ScriptVersion, { id: In(versionIds), state: 'approved' });
  const scripts = await em.findBy(Script, { id: In(versions.map(({ scriptId }) => scriptId)) });
  const inForce = { scriptVersionId: In(versionIds), decision: 'approved' as const, voidedAt: IsNull() };
  const approvals = await em.findBy(Approval, inForce);
  const siblings = await em.findBy(Clip, { scriptVersionId: In(versionIds), state: 'ready' });
  const found = new Map<string, ApprovedBookendClip>();
  for (const clip of clips) {
    const version = versions.find(({ id }) => id === clip.scriptVersionId);
    const script = scripts.find(({ id }) => id === version?.scriptId);
    const approval = approvals.find(({ scriptVersionId }) => scriptVersionId === clip.scriptVersionId);
    const newer = siblings.some(
      (one) =>
        one.scriptVersionId === clip.scriptVersionId &&
        one.profile === clip.profile &&
        (one.readyAt ?? 0) > (clip.readyAt ?? 0),
    );
    if (!script || !approval || newer || !isPlayable(clip)) continue;
    found.set(clip.id, { clipId: clip.id, durationMs: clip.durationMs, script, scope: approval.scope });
  }
  return found;
}

/** The clip as a bookend of this channel; null when it may not be broadcast there. */
export function bookendClipOn(channel: Channel, clip: ApprovedBookendClip | undefined): BookendClip | null {
  if (!clip || !isHeardOn(clip.script, channel)) return null;
  const { clipId, durationMs, script, scope } = clip;
  if (scope && !isChannelWithin(scope, script.channelKind, channel)) return null;
  return { clipId, durationMs, days: scope && { from: scope.from, until: scope.until } };
}
