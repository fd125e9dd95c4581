import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { daysBetween, instantOf, type LocalDate } from '../../shared/local-time.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Channels } from '../../channels/channels.service.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { Actor } from '../../people/access/actor.js';
import { Playlists } from '../../playlists/playlists.service.js';
import { PostList } from '../../posts/post-list.service.js';
import { Posts } from '../../posts/posts.service.js';
import { Schedule } from '../../schedule/schedule.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { approvedClips } from './demo-scripts.js';

/** Plays planned when the letter names a channel but no number: one in each of the two sessions. */
const USUAL_PLAYS = 2;

export async function planSlots(
  app: INestApplicationContext,
  editor: Actor,
  campaign: Campaign,
  obligations: Obligation[],
  days: { from: LocalDate; until: LocalDate },
) {
  const demands = (await approvedClips(app, campaign.id)).map(({ clip, channelKind }) => {
    const ordered = obligations.find((one) => one.channelKind === channelKind);
    const minPlaysPerDay = ordered?.minPlaysPerDay ?? Math.min(USUAL_PLAYS, ordered?.maxPlaysPerDay ?? USUAL_PLAYS);
    const maxPlaysPerDay = Math.max(minPlaysPerDay, ordered?.maxPlaysPerDay ?? minPlaysPerDay);
    return { channelKind, clipId: clip.id, minPlaysPerDay, maxPlaysPerDay, obligationId: ordered?.id };
  });
  return app.get(Schedule).planCampaign(editor, { campaignId: campaign.id, demands, ...days });
}

/**
 * The playlist of every loudspeaker channel and day, built by the services and copied to files that a person can open.
 */
export async function writePlaylists(
  app: INestApplicationContext,
  folder: string,
  days: { from: LocalDate; until: LocalDate },
  report: (text: string) => void,
) {
  const written = [];
  const channels = (await app.get(Channels).list()).filter((channel) => isLoudspeaker(channel.kind));
  for (const channel of channels) {
    const into = join(folder, channel.code);
    await mkdir(into, { recursive: true });
    for (const date of daysBetween(days.from, days.until)) {
      const day = await app.get(Playlists).day(channel.id, date);
      const path = (kind: 'json' | 'm3u8' | 'xspf') => join(into, `${date}.${kind}`);
      for (const kind of ['json', 'm3u8', 'xspf'] as const) await writeFile(path(kind), day[kind]);
      written.push({
        channel: channel.code,
        date,
        items: day.items,
        json: path('json'),
        m3u8: path('m3u8'),
        xspf: path('xspf'),
      });
    }
    report(`${written.length} danh sách`);
  }
  return written;
}

/** A post of its own on the city's page at nine in the morning of each day; the manual adapter waits for a person. */
export async function planPosts(
  app: INestApplicationContext,
  editor: Actor,
  campaign: Campaign,
  days: { from: LocalDate; until: LocalDate },
): Promise<void> {
  const scripts = await app.get(Scripts).list({ campaignId: campaign.id });
  const texts = scripts.filter(({ script }) => script.channelKind === 'fanpage');
  // Ids grow with time, so the texts stand in the order in which they were written.
  texts.sort((a, b) => (a.script.id < b.script.id ? -1 : 1));
  const [page] = await app.get(Channels).list('fanpage');
  if (!page || (await app.get(PostList).list(editor, { campaignId: campaign.id })).length > 0) return;
  for (const [n, date] of daysBetween(days.from, days.until).entries()) {
    const versionId = texts[n]?.version.id;
    if (!versionId) return;
    const dueAt = instantOf(date, '09:00', page.zone);
    await app.get(Posts).schedule(editor, { campaignId: campaign.id, channelCode: page.code, versionId, dueAt });
  }
}

/** The page's person has posted what was due, and gives the link. */
export async function confirmPosts(app: INestApplicationContext, pageAdmin: Actor): Promise<void> {
  for (const { post } of await app.get(PostList).waiting(pageAdmin)) {
    if (post.state !== 'awaiting-person') continue;
    await app.get(Posts).confirm(pageAdmin, post.id, `https://www.facebook.com/loa.mophong/posts/${post.dueAt}`);
  }
}
