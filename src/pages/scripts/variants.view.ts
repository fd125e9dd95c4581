import { type ChannelKind, channelKindNames, channelKinds } from '../../shared/channel-kind.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { translate } from '../language/language.js';
import { upperFirst, type Tone, versionTones } from '../language/words.js';

export interface Sibling {
  script: Script;
  version: ScriptVersion;
}

export interface VariantView {
  kind: ChannelKind;
  channel: string;
  id: string;
  title: string;
  text: string;
  words: string;
  state: string;
  tone: Tone;
  current: boolean;
}

/**
 * The variants of a script for the loudspeaker, the fanpage, the website and the leaflet. For each channel kind one
 * script of the campaign with the same audience (all, or the same ward): the one on the page, else the newest.
 */
export function variantsOf(
  siblings: readonly Sibling[],
  of: Pick<Script, 'id' | 'campaignId' | 'unitId'>,
): VariantView[] {
  const alike = siblings.filter(({ script }) => script.campaignId === of.campaignId && script.unitId === of.unitId);
  return channelKinds.flatMap((kind) => {
    const mine = alike
      .filter(({ script }) => script.channelKind === kind)
      .sort((a, b) => b.script.createdAt - a.script.createdAt);
    const chosen = mine.find(({ script }) => script.id === of.id) ?? mine[0];
    return chosen ? [variantView(chosen, of.id)] : [];
  });
}

function variantView({ script, version }: Sibling, currentId: string): VariantView {
  return {
    kind: script.channelKind,
    channel: translate(channelKindNames[script.channelKind]),
    id: script.id,
    title: version.title,
    text: version.body,
    words: String(version.body.match(/[\p{L}\p{N}]+/gu)?.length ?? 0),
    state: upperFirst(translate(versionStateNames[version.state])),
    tone: versionTones[version.state],
    current: script.id === currentId,
  };
}
