import type { LocalDate } from '../../shared/local-time.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { WindowView } from '../../schedule/calendar/day-view.js';
import type { PlaceableClip } from '../../schedule/placing/placeable-clips.service.js';
import { day } from '../language/language.js';
import { lengthShort } from '../language/words.js';
import { windowFill } from '../week/week.view.js';

/** `typed.date` and `typed.time` are '' where they are missing. */
export interface PlaceSlotFacts {
  channel: Channel;
  clips: readonly PlaceableClip[];
  windows: readonly WindowView[];
  typed: { date: LocalDate; time: string; clipId?: string; reason?: string };
}

/** The form that adds a play: the clips by campaign, and the sessions of the day with what is free. */
export function placeSlotView({ channel, clips, windows, typed }: PlaceSlotFacts) {
  const campaigns = new Map<string, { name: string; clips: object[] }>();
  for (const { clipId, title, durationMs, campaignId, campaign } of clips) {
    const group = campaigns.get(campaignId) ?? { name: campaign, clips: [] };
    group.clips.push({ clipId, title, length: lengthShort(durationMs), chosen: clipId === typed.clipId });
    campaigns.set(campaignId, group);
  }
  return {
    channel: { code: channel.code, name: channel.name },
    date: typed.date,
    onDay: typed.date && day(typed.date),
    time: typed.time,
    reason: typed.reason ?? '',
    campaigns: [...campaigns.values()],
    anyClips: clips.length > 0,
    windows: windows.map((window) => ({ hours: `${window.start}–${window.end}`, ...windowFill(window) })),
  };
}
