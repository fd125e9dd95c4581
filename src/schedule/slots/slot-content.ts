import type { EntityManager } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { Approvals } from '../../approvals/approvals.service.js';
import { requireWithin, type Scope } from '../../approvals/scope.js';
import type { BulletinClass } from '../../campaigns/bulletin-class.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { Script } from '../../scripts/script.entity.js';
import {
  approvedSound,
  approvedText,
  isHeardOn,
  isPlayable,
  openCampaign,
  requireOwnObligation,
  otherUnit,
} from './approved-content.js';
import type { Slot } from './slot.entity.js';
import type { SlotKind } from './slot-kind.js';

/** The content that a request names. Lengths in ms. */
export type ContentRequest =
  | { kind: 'clip'; clipId: string }
  | { kind: 'relay'; streamUrl: string; durationMs: number; title: string }
  | { kind: 'live'; scriptVersionId: string; durationMs: number };

/** The content to place, loaded and checked. */
export interface SlotItem {
  kind: SlotKind;
  title: string;
  durationMs: number;
  /** Null for a relay that belongs to no campaign. */
  campaign: Campaign | null;
  bulletinClass: BulletinClass;
  script: Script | null;
  /** The scope of its approval; null when it holds for the whole campaign, or when there is no approval (a relay). */
  scope: Scope | null;
  columns: Pick<Slot, 'kind' | 'title' | 'clipId' | 'streamUrl' | 'scriptVersionId' | 'campaignId' | 'obligationId'>;
}

export interface ContentQuestion {
  content: ContentRequest;
  campaignId?: string | null;
  obligationId?: string | null;
}

/**
 * The item for one channel, its approval locked until the transaction ends. With `follow`, the clip is replaced by the
 * one mastered for the channel's loudspeakers. Throws 404; `not-approved`, `campaign-closed` (409); `other-campaign`,
 * `other-directive`, `other-unit`, `not-for-loudspeakers`, `campaign-needed` (422).
 */
export async function slotItem(
  tx: EntityManager,
  approvals: Approvals,
  { content, campaignId, obligationId }: ContentQuestion,
  channel: Channel,
  follow = false,
): Promise<SlotItem> {
  const campaign = campaignId ? await openCampaign(tx, campaignId) : null;
  if (campaign && obligationId) await requireOwnObligation(tx, campaign, obligationId);
  if (content.kind === 'relay') {
    const { streamUrl, durationMs, title } = content;
    return item('relay', { title, durationMs, campaign, script: null, obligationId, streamUrl });
  }
  if (!campaign) throw campaignNeeded();
  if (content.kind === 'live') {
    const { scriptVersionId, durationMs } = content;
    const { title, script, scope } = await approvedText(tx, approvals, campaign.id, scriptVersionId);
    requireHeard(script, channel);
    const live = item('live', { title: null, durationMs, campaign, script, obligationId, scriptVersionId });
    return { ...live, title, scope };
  }
  const { approval, clip, title, script, siblings } = await approvedSound(tx, approvals, campaign.id, content.clipId);
  requireHeard(script, channel);
  const fitting = follow ? siblings.find((one) => one.profile === channel.profile && isPlayable(one)) : undefined;
  const { id: clipId, durationMs } = fitting && isPlayable(fitting) ? fitting : clip;
  const made = item('clip', { title: null, durationMs, campaign, script, obligationId, clipId });
  return { ...made, title, scope: approval?.scope ?? null };
}

/**
 * Throws `outside-approval` (409) unless the item may go out on this channel on this day. A relay has no approval to
 * check.
 */
export function requireItemWithin({ scope, script, bulletinClass }: SlotItem, channel: Channel, date: LocalDate): void {
  if (script) requireWithin(scope, script.channelKind, { channels: [channel], from: date, until: date, bulletinClass });
}

/** Converts the content of a stored slot back to a request. */
export function contentOf(slot: Slot): ContentRequest {
  const durationMs = slot.endsAt - slot.startsAt;
  if (slot.kind === 'relay')
    return { kind: 'relay', streamUrl: slot.streamUrl ?? '', durationMs, title: slot.title ?? '' };
  if (slot.kind === 'live') return { kind: 'live', scriptVersionId: slot.scriptVersionId ?? '', durationMs };
  return { kind: 'clip', clipId: slot.clipId ?? '' };
}

function item(
  kind: SlotKind,
  about: Pick<SlotItem, 'durationMs' | 'campaign' | 'script'> &
    Pick<Slot, 'title'> &
    Partial<Pick<Slot, 'clipId' | 'streamUrl' | 'scriptVersionId'>> & { obligationId?: string | null },
): SlotItem {
  const { title, durationMs, campaign, script, clipId, streamUrl, scriptVersionId, obligationId } = about;
  return {
    kind,
    title: title ?? '',
    durationMs,
    campaign,
    script,
    scope: null,
    bulletinClass: campaign?.bulletinClass ?? 'normal',
    columns: {
      kind,
      title,
      clipId: clipId ?? null,
      streamUrl: streamUrl ?? null,
      scriptVersionId: scriptVersionId ?? null,
      campaignId: campaign?.id ?? null,
      obligationId: obligationId ?? null,
    },
  };
}

function requireHeard(script: Script, channel: Channel): void {
  if (!isHeardOn(script, channel)) throw otherUnit(channel.name);
}

function campaignNeeded(): DomainError {
  return new DomainError(
    'invalid',
    'campaign-needed',
    { vi: 'Lượt phát này phải thuộc một đợt tuyên truyền.', en: 'This slot must belong to a campaign.' },
    { field: 'campaignId' },
  );
}
