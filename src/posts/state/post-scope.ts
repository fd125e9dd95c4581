import type { EntityManager } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { localDateOf, showDate } from '../../shared/local-time.js';
import type { Approvals } from '../../approvals/approvals.service.js';
import { requireWithin } from '../../approvals/scope.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { type Closure, closureAt } from '../../channels/hours/closures.js';
import { refusalSentences } from '../../channels/hours/placement-sentences.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';

/**
 * Requires that the text may be published on this page at this moment: it is approved, for this page and this day of
 * the page's zone, and the campaign lasts. Throws 409 `not-approved`, `outside-approval`, `channel-closed`; 422
 * `outside-campaign`, `other-unit`.
 */
export async function requirePostable(
  em: EntityManager,
  approvals: Approvals,
  { campaign, channel, versionId, at }: { campaign: Campaign; channel: Channel; versionId: string; at: Instant },
): Promise<void> {
  const { scope } = await approvals.requireApprovedVersion(em, versionId);
  const version = await em.findOneByOrFail(ScriptVersion, { id: versionId });
  const { channelKind, unitId } = await em.findOneByOrFail(Script, { id: version.scriptId });
  if (unitId !== null && unitId !== channel.unitId) throw otherUnit(channel.name);
  const closed = closureAt(channel.closures, at);
  if (closed) throw pageClosed(closed);
  const date = localDateOf(at, channel.zone);
  if (date < campaign.from || date > campaign.until) throw outsideCampaign(campaign);
  const { bulletinClass } = campaign;
  requireWithin(scope, channelKind, { channels: [channel], from: date, until: date, bulletinClass });
}

function pageClosed(closure: Closure): DomainError {
  return new DomainError('conflict', 'channel-closed', refusalSentences['channel-closed'](closure), { field: 'dueAt' });
}

function otherUnit(page: string): DomainError {
  return new DomainError('invalid', 'other-unit', {
    vi: `Bài này soạn riêng cho đơn vị khác, không đăng trên “${page}”.`,
    en: `This text was written for another unit and does not go on “${page}”.`,
  });
}

function outsideCampaign({ from, until }: Campaign): DomainError {
  return new DomainError(
    'invalid',
    'outside-campaign',
    {
      vi: `Đợt tuyên truyền chỉ kéo dài từ ${showDate(from)} đến ${showDate(until)}.`,
      en: `The campaign lasts from ${from} until ${until} only.`,
    },
    { field: 'dueAt', from, until },
  );
}
