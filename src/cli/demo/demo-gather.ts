import type { INestApplicationContext } from '@nestjs/common';
import { type ChannelKind, isLoudspeaker } from '../../shared/channel-kind.js';
import { ToolchainService } from '../../audio/render/toolchain.service.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { Database } from '../../database/database.js';
import type { Directive } from '../../directives/directive.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { Actor } from '../../people/access/actor.js';
import { PostList } from '../../posts/post-list.service.js';
import type { PlanOutcome } from '../../schedule/plans/plan-outcome.js';
import { Slot } from '../../schedule/slots/slot.entity.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { TextNormalizer } from '../../speech/normalizer/text-normalizer.service.js';
import { approvedClips } from './demo-scripts.js';
import type { DemoResult } from './demo-result.js';

interface Carried {
  directive: Directive;
  obligations: Obligation[];
  campaign: Campaign;
  days: { from: string; until: string };
  /** The days that are over. */
  lived: { from: string; until: string };
  plan: PlanOutcome;
  playlists: DemoResult['playlists'];
  csv: string;
  editor: Actor;
}

/** Reads the result from the database, so that it shows what was stored, not what was intended. */
export async function gatherResult(
  app: INestApplicationContext,
  carried: Carried,
  seconds: Record<string, number>,
): Promise<DemoResult> {
  const { directive, campaign, plan } = carried;
  const channels = await app.get(Channels).list();
  const kindOf = new Map(channels.map((channel) => [channel.id, channel.kind]));
  const slots = (await app.get(Database).read().findBy(Slot, { campaignId: campaign.id })).filter(
    (slot) => slot.state !== 'cancelled' && slot.state !== 'replaced',
  );
  const inDays = slots.filter((slot) => slot.date >= carried.days.from && slot.date <= carried.days.until);
  const over = inDays.filter((slot) => slot.date <= carried.lived.until);
  const store = app.get(ToolchainService).store;
  const clips = await approvedClips(app, campaign.id);
  const posts = await app.get(PostList).list(carried.editor, { campaignId: campaign.id });
  const { id, number, issuedOn, place, issuer, subject, urgency, to, references, assignments, recipients } = directive;
  return {
    directive: { id, number, issuedOn, place, issuer, subject, urgency, to, references, assignments, recipients },
    obligations: carried.obligations.map(
      ({ assignment, channelKind, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue }) => {
        return { assignment, channelKind, minPlaysPerDay, maxPlaysPerDay, from, until, reportDue };
      },
    ),
    campaign: { id: campaign.id, name: campaign.name, from: campaign.from, until: campaign.until },
    channels: { total: channels.length, byKind: count(channels.map((channel) => channel.kind)) },
    scripts: await scriptsOf(app, campaign.id),
    clips: await Promise.all(
      clips.map(async ({ clip, channelKind }) => ({
        sha256: clip.sha256 ?? '',
        file: (await store.find(clip.sha256 ?? '')).file,
        seconds: (clip.durationMs ?? 0) / 1000,
        engine: clip.engine ?? '',
        profile: clip.profile,
        channelKind,
        integratedLufs: clip.integratedLufs ?? NaN,
        truePeakDbtp: clip.truePeakDbtp ?? NaN,
      })),
    ),
    slots: {
      planned: inDays.length,
      byKind: count(inDays.flatMap((slot) => kindOf.get(slot.channelId) ?? [])),
      placedNow: plan.placed.length,
      shortfalls: plan.shortfalls.map((one) => one.sentence.vi),
    },
    playlists: carried.playlists,
    posts: posts.map(({ post, channelName }) => ({
      page: channelName,
      state: post.state,
      dueAt: new Date(post.dueAt).toISOString(),
    })),
    asRun: {
      planned: over.length,
      played: over.filter((slot) => slot.state === 'played').length,
      missed: over.filter((slot) => slot.state === 'missed').length,
    },
    report: { csv: carried.csv },
    seconds,
  };
}

async function scriptsOf(app: INestApplicationContext, campaignId: string): Promise<DemoResult['scripts']> {
  const all = (await app.get(Scripts).list({ campaignId })).reverse();
  return Promise.all(
    all.map(async ({ script, version }) => ({
      id: script.id,
      versionId: version.id,
      channelKind: script.channelKind,
      title: version.title,
      template: script.templateCode,
      state: version.state,
      text: version.body,
      reading: isLoudspeaker(script.channelKind) ? (await app.get(TextNormalizer).read(version.body)).spoken : '',
    })),
  );
}

function count(kinds: ChannelKind[]): Partial<Record<ChannelKind, number>> {
  const counts: Partial<Record<ChannelKind, number>> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
