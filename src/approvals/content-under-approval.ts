import { type EntityManager, In, IsNull } from 'typeorm';
import { hidesSigns } from '../shared/clean-text.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { Script } from '../scripts/script.entity.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { Approval } from './approval.entity.js';
import { type Content, contentHash, seenHash } from './content.js';
import type { Scope } from './scope.js';

/** What an approver sees and signs. */
export interface ContentUnderApproval {
  version: ScriptVersion;
  script: Script;
  content: Content;
  /** Hash of everything shown here; a decision must name it. */
  hash: string;
  /** Hash of the content alone; an approval in force is compared with it. */
  contentHash: string;
  /** Where, when and how urgently it will go out: the campaign's scope unless the approver narrows it. */
  scope: Scope;
  clips: Clip[];
}

/** By version id, in four statements whatever their number; unknown versions are left out. */
export async function contentsUnderApproval(
  em: EntityManager,
  versionIds: readonly string[],
): Promise<Map<string, ContentUnderApproval>> {
  const versions = await em.findBy(ScriptVersion, { id: In([...new Set(versionIds)]) });
  const scripts = byId(await em.findBy(Script, { id: In(versions.map(({ scriptId }) => scriptId)) }));
  const campaigns = byId(await em.findBy(Campaign, { id: In([...scripts.values()].map((one) => one.campaignId)) }));
  const clips = await em.find(Clip, {
    where: { scriptVersionId: In(versions.map(({ id }) => id)), state: 'ready' },
    order: { readyAt: 'ASC' },
  });
  // The newest ready clip of each profile is the one that airs.
  const latest = new Map<string, Map<string, Clip>>(versions.map(({ id }) => [id, new Map()]));
  for (const clip of clips) latest.get(clip.scriptVersionId)?.set(clip.profile, clip);
  return new Map(
    versions.flatMap((version) => {
      const script = scripts.get(version.scriptId);
      const campaign = script && campaigns.get(script.campaignId);
      if (!campaign) return [];
      return [[version.id, shown(version, script, campaign, [...(latest.get(version.id)?.values() ?? [])])] as const];
    }),
  );
}

function shown(version: ScriptVersion, script: Script, campaign: Campaign, clips: Clip[]): ContentUnderApproval {
  const content = {
    title: version.title,
    text: version.body,
    clips: clips.map(({ profile, spokenHash, sha256 }) => ({ profile, spokenHash, sha256: sha256 ?? '' })),
  };
  const { from, until, bulletinClass } = campaign;
  const scope = { channelIds: null, from, until, bulletinClass };
  const voices = clips.map(({ engine }) => engine);
  const hash = seenHash(content, voices, scope);
  return { version, script, content, hash, contentHash: contentHash(content), scope, clips };
}

/** By version id: the newest approval in force for exactly the present content. One statement. */
export async function approvalsInForce(
  em: EntityManager,
  contents: ReadonlyMap<string, ContentUnderApproval>,
): Promise<Map<string, Approval>> {
  const where = { scriptVersionId: In([...contents.keys()]), decision: 'approved' as const, voidedAt: IsNull() };
  const approvals = await em.find(Approval, { where, order: { decidedAt: 'ASC', id: 'ASC' } });
  return new Map(
    approvals.flatMap((approval) => {
      const now = contents.get(approval.scriptVersionId);
      const isInForce = now?.version.state === 'approved' && approval.contentHash === now.contentHash;
      // Before texts were cleaned, an approver may have read something other than what went out.
      return isInForce && !hidden(now.content) ? [[approval.scriptVersionId, approval] as const] : [];
    }),
  );
}

/** Whether the text contains an invisible character. */
export function hidden({ title, text }: Content): boolean {
  return hidesSigns(title) || hidesSigns(text);
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
