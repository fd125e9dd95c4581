import type { EntityManager } from 'typeorm';
import { channelKinds, isLoudspeaker } from '../../shared/channel-kind.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { approvedBookendClips, bookendClipOn } from './bookend-clips.js';

const MOST = 200;

/** A clip that may open or close the sessions of a channel. */
export interface BookendChoice {
  clipId: string;
  title: string;
  durationMs: number;
}

/**
 * The newest 200 approved clips that may be broadcast on this channel and are mastered for its loudspeakers, ordered by
 * title.
 */
export async function bookendChoices(em: EntityManager, channel: Channel): Promise<BookendChoice[]> {
  const rows = await em
    .createQueryBuilder(Clip, 'c')
    .innerJoin(ScriptVersion, 'v', "v.id = c.script_version_id AND v.state = 'approved'")
    .innerJoin(Script, 'w', 'w.id = v.script_id AND w.channel_kind IN (:...kinds)', {
      kinds: channelKinds.filter(isLoudspeaker),
    })
    .where("c.state = 'ready' AND c.profile = :profile", { profile: channel.profile })
    .andWhere('(w.unit_id IS NULL OR w.unit_id = :unitId)', { unitId: channel.unitId })
    .select('c.id', 'id')
    .addSelect('v.title', 'title')
    .orderBy('c.ready_at', 'DESC')
    .addOrderBy('c.id')
    .limit(MOST)
    .getRawMany<{ id: string; title: string }>();
  if (rows.length === 0) return [];
  const approved = await approvedBookendClips(
    em,
    rows.map(({ id }) => id),
  );
  return rows
    .flatMap(({ id, title }) => {
      const clip = bookendClipOn(channel, approved.get(id));
      return clip ? [{ clipId: id, title, durationMs: clip.durationMs }] : [];
    })
    .sort((a, b) => a.title.localeCompare(b.title, 'vi'));
}
