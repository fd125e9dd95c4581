import type { Clock, Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { LocalClipStore } from './local-clip-store.js';
import {
  clipsOf,
  type StationPlaylist,
  type StationPlaylistItem,
  type LocalPlaylistStore,
} from './local-playlist-store.js';
import { isPermitted } from './permitted.js';
import type { PlayEvent, PlayLog } from './play-log.js';
import { Running } from './running.js';
import type { Speaker } from './speaker.port.js';
import { LATE_MS, latestStart, startTimeOf, stopsOf, type Stop, stoppedBy } from './start-rules.js';

export interface PlayOptions {
  /** Returns why an item cannot be played although everything is present, e.g. a power cut in a simulation. */
  miss?: (item: StationPlaylistItem) => string | null;
  /** Plays by this clock instead of the player's own: a simulation replays a past day in a moment. */
  clock?: Clock;
  signal?: AbortSignal;
}

type LivedOptions = PlayOptions & { clock: Clock };

/** Plays a day from the files that the station holds, item after item, each by its start rule, and logs each result. */
export class DayPlayer {
  /** The slot that sounds now. */
  playing?: string;
  private running?: Running;
  /** When the last item fell silent. */
  private ranUntil: Instant = 0;

  constructor(
    private readonly playlists: LocalPlaylistStore,
    private readonly clips: LocalClipStore,
    private readonly speaker: Speaker,
  ) {}

  /** Resolves with the logged events when the day's last item is over. */
  async play(log: PlayLog, date: LocalDate, options: LivedOptions): Promise<PlayEvent[]> {
    const { clock, signal } = options;
    const entered: PlayEvent[] = [];
    for (;;) {
      const next = await this.nextItem(log, date);
      if (!next) return entered;
      const { item } = next;
      const wait = startTimeOf(item) - clock.now();
      if (wait > 0) {
        await clock.sleep(wait, signal);
        // The playlist may have changed during the wait; determine again which item to play now.
        const now = await this.nextItem(log, date);
        if (now?.item.slotId !== item.slotId || now.item.startsAt !== item.startsAt) continue;
      }
      entered.push(await this.playItem(log, next.playlist, item, options));
    }
  }

  /** A playlist was changed: the running item may have to stop for a new one. */
  async lookAgain(): Promise<void> {
    await this.running?.lookAgain();
  }

  /** The first item of the day that has not been tried. */
  private async nextItem(
    log: PlayLog,
    date: LocalDate,
  ): Promise<{ playlist: StationPlaylist; item: StationPlaylistItem } | null> {
    const held = await this.playlists.held(date);
    const items = held ? clipsOf(held.playlist).filter((item) => !log.has(item.slotId)) : [];
    const item = items.sort((a, b) => startTimeOf(a) - startTimeOf(b))[0];
    return held && item ? { playlist: held.playlist, item } : null;
  }

  private async playItem(
    log: PlayLog,
    playlist: StationPlaylist,
    item: StationPlaylistItem,
    options: LivedOptions,
  ): Promise<PlayEvent> {
    const { clock } = options;
    const { slotId, sha256, durationMs } = item;
    const startedAt = clock.now();
    const obstacle = await this.obstacle(playlist, item, options);
    if (obstacle) {
      // An item whose failure is detected hours later failed at its own time.
      const at = Math.min(startedAt, latestStart(item, 0));
      return log.event({ slotId, sha256, startedAt: at, endedAt: at, outcome: 'failed', detail: obstacle });
    }
    const endsAt = startedAt + durationMs;
    const stopBefore = () => this.stopBefore(log, playlist.date, item, endsAt, options);
    const first = await stopBefore();
    if (first && first.at <= startedAt) {
      return log.event({ slotId, sha256, startedAt, endedAt: startedAt, outcome: 'failed', detail: stoppedBy(first) });
    }
    const sequence = await log.start({ slotId, sha256, startedAt, endsBy: endsAt });
    const event = { sequence, slotId, sha256, startedAt };
    const running = new Running(clock, endsAt, first, stopBefore);
    this.running = running;
    this.playing = slotId;
    try {
      await running.sound(
        (ms, signal) => this.speaker.play(this.clips.fileOf(sha256), ms, clock, signal),
        options.signal,
      );
    } catch (error) {
      const detail = `Loa dừng giữa chừng: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
      const endedAt = Math.min(Math.max(clock.now(), startedAt), endsAt);
      const broken = await log.event({ ...event, endedAt, outcome: 'partial', detail });
      if (options.signal?.aborted) throw error;
      return broken;
    } finally {
      this.running = undefined;
      this.playing = undefined;
    }
    const { stopped } = running;
    this.ranUntil = stopped ? Math.max(startedAt, Math.min(clock.now(), endsAt)) : believableEnd(clock.now(), endsAt);
    const ended = { ...event, endedAt: this.ranUntil };
    return log.event(
      stopped ? { ...ended, outcome: 'partial', detail: stoppedBy(stopped) } : { ...ended, outcome: 'played' },
    );
  }

  /** What stops a running item before its end, by the current playlist. An item that cannot be played stops nothing. */
  private async stopBefore(
    log: PlayLog,
    date: LocalDate,
    running: StationPlaylistItem,
    endsAt: Instant,
    options: LivedOptions,
  ): Promise<Stop | null> {
    const held = await this.playlists.held(date).catch(() => null);
    if (!held) return null;
    for (const stop of stopsOf(held.playlist.items, running)) {
      if (stop.at >= endsAt) return null;
      if (log.has(stop.by.slotId)) continue;
      const clip = clipsOf(held.playlist).find(({ slotId }) => slotId === stop.by.slotId);
      // A person plays a relay or a live item: the player only has to be silent.
      if (!clip || !(await this.hindrance(held.playlist, clip, stop.at, options))) return stop;
    }
    return null;
  }

  /** Why the item is not played now, for a person; null when nothing prevents it. */
  private async obstacle(
    playlist: StationPlaylist,
    item: StationPlaylistItem,
    options: LivedOptions,
  ): Promise<string | null> {
    const now = options.clock.now();
    if (now > latestStart(item, this.ranUntil)) return 'Quá giờ phát, máy phát không chạy lúc đến lượt';
    return this.hindrance(playlist, item, now, options);
  }

  /** What prevents it when it begins at `start`, apart from lateness. */
  private async hindrance(
    playlist: StationPlaylist,
    item: StationPlaylistItem,
    start: Instant,
    { miss }: LivedOptions,
  ): Promise<string | null> {
    if (
      !item.authorisedBy &&
      !isPermitted({ start, end: start + item.durationMs }, playlist.permitted, playlist.zone)
    ) {
      return 'Ngoài khung giờ được phép phát';
    }
    const missed = miss?.(item);
    if (missed) return missed;
    if (!(await this.clips.verify(item))) return 'thiếu clip';
    return null;
  }
}

/** The clock may be set while an item plays; an end that is far from the clip's length is not believed. */
function believableEnd(now: Instant, expected: Instant): Instant {
  return Math.abs(now - expected) <= LATE_MS ? now : expected;
}
