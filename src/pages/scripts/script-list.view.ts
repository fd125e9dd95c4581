import { channelKindNames } from '../../shared/channel-kind.js';
import type { TimeZone } from '../../shared/local-time.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { campaignStateNames } from '../../campaigns/campaign.transitions.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { moment, translate } from '../language/language.js';
import { upperFirst, clipStateNames, lengthShort, type Tone, versionTones } from '../language/words.js';

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

/** Rows of the list; `clips` are those of the latest versions. */
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
    channel: translate(channelKindNames[script.channelKind]),
    state: upperFirst(translate(versionStateNames[version.state])),
    tone: versionTones[version.state],
    clip: clipText(clips.filter((clip) => clip.scriptVersionId === version.id)),
  }));
}

/** A campaign as a choice; a closed one has its state after its name. */
export function campaignChoice({ id, name, state }: Pick<Campaign, 'id' | 'name' | 'state'>, chosenId?: string) {
  return { id, name, closed: state === 'open' ? '' : translate(campaignStateNames[state]), chosen: id === chosenId };
}

/** `closed`: how and when it was ended or cancelled, '' while it is open. */
export function chosenCampaign({ name, directiveId, state, closedAt, closeReason }: Campaign, zone: TimeZone) {
  const closing = { state: translate(campaignStateNames[state]), at: closedAt === null ? '' : moment(closedAt, zone) };
  const closed = state === 'open' ? '' : translate('Đợt này {state} {at}', closing);
  return { name, directiveId, closed, reason: closeReason ?? '' };
}

/** The state while a clip is rendered, else the length of the longest finished clip, else the failed state. */
export function clipText(clips: readonly Clip[]): string {
  const waiting = clips.find((clip) => clip.state === 'waiting');
  if (waiting) return translate(clipStateNames.waiting);
  const lengths = clips.flatMap((clip) =>
    clip.state === 'ready' && clip.durationMs !== null ? [clip.durationMs] : [],
  );
  if (lengths.length > 0) return lengthShort(Math.max(...lengths));
  return clips.length > 0 ? translate(clipStateNames.failed) : '';
}
