import { channelKindNames } from '../../shared/channel-kind.js';
import type { Clip } from '../../audio/clip.entity.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { say } from '../language/language.js';
import { capital, clipStateNames, lengthShort, type Tone, versionTones } from '../words.js';

export interface ScriptRow {
  id: string;
  title: string;
  n: string;
  campaign: string;
  channel: string;
  state: string;
  tone: Tone;
  clip: string;
}

/** Lines of the list; `clips` are those of the latest versions. */
export function scriptRows(
  scripts: readonly { script: Script; version: ScriptVersion }[],
  campaigns: readonly Pick<Campaign, 'id' | 'name'>[],
  clips: readonly Clip[],
): ScriptRow[] {
  const names = new Map(campaigns.map(({ id, name }) => [id, name]));
  return scripts.map(({ script, version }) => ({
    id: script.id,
    title: version.title,
    n: String(version.n),
    campaign: names.get(script.campaignId) ?? '',
    channel: say(channelKindNames[script.channelKind]),
    state: capital(say(versionStateNames[version.state])),
    tone: versionTones[version.state],
    clip: clipText(clips.filter((clip) => clip.scriptVersionId === version.id)),
  }));
}

/** The longest finished clip stands for the script; until there is one, what keeps it waiting. */
export function clipText(clips: readonly Clip[]): string {
  const waiting = clips.find((clip) => clip.state === 'waiting');
  if (waiting) return say(clipStateNames.waiting);
  const lengths = clips.flatMap((clip) =>
    clip.state === 'ready' && clip.durationMs !== null ? [clip.durationMs] : [],
  );
  if (lengths.length > 0) return lengthShort(Math.max(...lengths));
  return clips.length > 0 ? say(clipStateNames.failed) : '';
}
