import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import type { LocalDate } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { approvalsInForce, contentsUnderApproval } from '../../approvals/content-under-approval.js';
import { isChannelWithin } from '../../approvals/scope.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { isHeardOn, isPlayable } from '../slots/approved-content.js';

/** A clip that a person may place by hand. Lengths in ms. */
export interface PlaceableClip {
  clipId: string;
  title: string;
  durationMs: number;
  campaignId: string;
  campaign: string;
}

/** The clips that may be placed on one channel on one day. */
@Injectable()
export class PlaceableClips {
  constructor(private readonly database: Database) {}

  /**
   * The approved clips of open campaigns that include the date: written for the kind of the channel and for its unit or
   * for all, approved for that channel and date. The clip of the channel's own sound profile, where there is one.
   * Ordered by campaign and title. Seven statements, however many there are.
   */
  async on(channel: Channel, date: LocalDate): Promise<PlaceableClip[]> {
    const em = this.database.read();
    const campaigns = await em.findBy(Campaign, {
      state: 'open',
      from: LessThanOrEqual(date),
      until: MoreThanOrEqual(date),
    });
    const nameOf = new Map(campaigns.map(({ id, name }) => [id, name]));
    const scripts = await em.findBy(Script, { campaignId: In([...nameOf.keys()]), channelKind: channel.kind });
    const scriptIds = scripts.filter((script) => isHeardOn(script, channel)).map(({ id }) => id);
    const versions = await em.find(ScriptVersion, {
      where: { scriptId: In(scriptIds), state: 'approved' },
      select: { id: true },
    });
    const contents = await contentsUnderApproval(
      em,
      versions.map(({ id }) => id),
    );
    const approvals = await approvalsInForce(em, contents);
    const found = [...approvals].flatMap(([versionId, { scope }]): PlaceableClip[] => {
      const content = contents.get(versionId);
      if (!content) return [];
      const { script, version, clips } = content;
      const within = !scope || (isChannelWithin(scope, script.channelKind, channel) && isDayWithin(scope, date));
      const playable = clips.filter(isPlayable);
      const clip = playable.find(({ profile }) => profile === channel.profile) ?? playable[0];
      if (!within || !clip) return [];
      const { campaignId } = script;
      const campaign = nameOf.get(campaignId) ?? '';
      return [{ clipId: clip.id, title: version.title, durationMs: clip.durationMs, campaignId, campaign }];
    });
    return found.sort((a, b) => a.campaign.localeCompare(b.campaign, 'vi') || a.title.localeCompare(b.title, 'vi'));
  }
}

function isDayWithin({ from, until }: { from: LocalDate; until: LocalDate }, date: LocalDate): boolean {
  return from <= date && date <= until;
}
