import { type EntityManager, In } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { contentsUnderApproval, approvalsInForce } from '../../approvals/content-under-approval.js';
import { type ApprovedSound, isPlayable } from '../slots/approved-content.js';
import type { CampaignDemand } from './campaign-demand.entity.js';

/** The clips that stored demands would play: approved for their campaign, or only finished. By id of the demand. */
export type DemandClips = ReadonlyMap<string, { sound: ApprovedSound; approved: boolean }>;

/**
 * Finds the clips of many demands in seven statements, however many there are; a demand whose clip is not finished is
 * omitted. With `hold`, no approval can be taken back before the transaction ends. It applies the rules of
 * `approvedSound` to many at once.
 */
export async function demandClips(
  em: EntityManager,
  demands: readonly CampaignDemand[],
  hold: boolean,
): Promise<DemandClips> {
  const asked = await em.findBy(Clip, { id: In([...new Set(demands.map(({ request }) => request.clipId))]) });
  const versionIds = [...new Set(asked.map((clip) => clip.scriptVersionId))];
  if (hold && em.dataSource.options.type === 'postgres') await holdApprovals(em, versionIds);
  const contents = await contentsUnderApproval(em, versionIds);
  const approvals = await approvalsInForce(em, contents);
  const clips = new Map(asked.map((clip) => [clip.id, clip]));
  const found = new Map<string, { sound: ApprovedSound; approved: boolean }>();
  for (const { id, campaignId, request } of demands) {
    const clip = clips.get(request.clipId);
    const content = clip && contents.get(clip.scriptVersionId);
    if (!content || !isPlayable(clip)) continue;
    const { script, version, clips: siblings } = content;
    const fits = script.campaignId === campaignId && isLoudspeaker(script.channelKind);
    const current = siblings.some((one) => one.id === clip.id);
    const approval = (fits && current && approvals.get(version.id)) || null;
    found.set(id, { sound: { approval, clip, title: version.title, script, siblings }, approved: approval !== null });
  }
  return found;
}

async function holdApprovals(em: EntityManager, versionIds: readonly string[]): Promise<void> {
  const where = { scriptVersionId: In([...versionIds]) };
  await em.find(Approval, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_read' } });
}
