import type { EntityManager } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import type { Approvals } from '../../approvals/approvals.service.js';
import type { Scope } from '../../approvals/scope.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { requireOpen } from '../../campaigns/transition-campaign.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Obligation } from '../../directives/obligation.entity.js';
import type { Script } from '../../scripts/script.entity.js';

/** A finished, approved clip with its script, campaign and siblings. */
export interface ApprovedSound {
  /** Limited to its scope: call `requireWithin` of approvals/ before placing. Null while the clip is not approved. */
  approval: Approval | null;
  clip: Clip & { sha256: string; durationMs: number };
  title: string;
  script: Script;
  /** The approved clips of the same version, one for each sound profile. */
  siblings: Clip[];
}

/**
 * The clip, if it is approved and belongs to this campaign. The approval is locked until the transaction ends: a
 * concurrent withdrawal waits, and then cancels what was placed. Throws `not-approved` (409), `other-campaign`,
 * `not-for-loudspeakers` (422); 404 for an unknown clip.
 */
export async function approvedSound(
  tx: EntityManager,
  approvals: Approvals,
  campaignId: string,
  clipId: string,
  held = true,
): Promise<ApprovedSound> {
  const asked = await tx.findOneBy(Clip, { id: clipId });
  if (!asked) throw notFound();
  if (held) await hold(tx, asked.scriptVersionId);
  const { approval, clip } = await naming('clipId', () => approvals.requireApprovedClip(tx, clipId));
  const { script, version, clips } = await approvals.content(tx, clip.scriptVersionId);
  requireForLoudspeakers(script, campaignId);
  if (!isPlayable(clip)) throw new Error(`clip ${clip.id} is ready without a file or a length`);
  return { approval, clip, title: version.title, script, siblings: clips };
}

/** The same for a text that an announcer reads. */
export async function approvedText(
  tx: EntityManager,
  approvals: Approvals,
  campaignId: string,
  versionId: string,
): Promise<{ title: string; script: Script; scope: Scope | null }> {
  const { script, version } = await approvals.content(tx, versionId);
  await hold(tx, versionId);
  const { scope } = await naming('scriptVersionId', () => approvals.requireApprovedVersion(tx, versionId));
  requireForLoudspeakers(script, campaignId);
  return { title: version.title, script, scope };
}

async function hold(tx: EntityManager, scriptVersionId: string): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres') return;
  await tx.find(Approval, { where: { scriptVersionId }, lock: { mode: 'pessimistic_read' } });
}

/** Adds the name of the faulty request field to a refusal. */
async function naming<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
    throw new DomainError(error.kind, error.code, error.sentence, { ...error.details, field });
  }
}

function requireForLoudspeakers(script: Script, campaignId: string): void {
  if (script.campaignId !== campaignId) {
    throw new DomainError(
      'invalid',
      'other-campaign',
      { vi: 'Bản thu này thuộc đợt tuyên truyền khác.', en: 'This clip belongs to another campaign.' },
      { field: 'campaignId' },
    );
  }
  if (isLoudspeaker(script.channelKind)) return;
  throw new DomainError(
    'invalid',
    'not-for-loudspeakers',
    { vi: 'Bài này không soạn cho loa truyền thanh.', en: 'This script was not written for loudspeakers.' },
    { field: 'clipId' },
  );
}

export function isPlayable(clip: Clip): clip is Clip & { sha256: string; durationMs: number } {
  return clip.sha256 !== null && clip.durationMs !== null;
}

/** A script written for one ward is broadcast in that ward only. */
export function isHeardOn(script: Script, channel: Channel): boolean {
  return script.unitId === null || script.unitId === channel.unitId;
}

/** The open campaign. Throws 404, or `campaign-closed` (409) when it has ended or was cancelled. */
export async function openCampaign(tx: EntityManager, campaignId: string): Promise<Campaign> {
  // Locked on PostgreSQL: no slot is placed while another transaction closes the campaign. SQLite has a single writer
  // anyway.
  const held = tx.dataSource.options.type === 'postgres' && { lock: { mode: 'pessimistic_read' as const } };
  const campaign = await tx.findOne(Campaign, { where: { id: campaignId }, ...held });
  if (!campaign) throw notFound();
  requireOpen(campaign);
  return campaign;
}

/** Throws `other-directive` (422) unless the obligation belongs to the directive that the campaign answers. */
export async function requireOwnObligation(tx: EntityManager, campaign: Campaign, obligationId: string): Promise<void> {
  if (await tx.existsBy(Obligation, { id: obligationId, directiveId: campaign.directiveId })) return;
  throw new DomainError('invalid', 'other-directive', {
    vi: 'Nhiệm vụ này không thuộc văn bản mà đợt tuyên truyền thực hiện.',
    en: 'This obligation does not come of the letter that the campaign answers.',
  });
}

export function otherUnit(channelName: string): DomainError {
  return new DomainError('invalid', 'other-unit', {
    vi: `Bài này soạn riêng cho đơn vị khác, không phát trên kênh “${channelName}”.`,
    en: `This script was written for another unit and is not played on “${channelName}”.`,
  });
}
