import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import { AnchorNote } from './anchor-note.js';
import { CentreClient, type CentreOptions, Refused, Unreachable } from './centre.client.js';
import { LocalClipStore, WrongBytes } from './local-clip-store.js';
import { DayPlayer, type PlayOptions } from './day-player.js';
import { clipsOf, type StationPlaylist, LocalPlaylistStore, WrongPlaylist } from './local-playlist-store.js';
import { type PlayEvent, PlayLog } from './play-log.js';
import { seenCopyIn, signedBy } from './seen-copy.js';
import { silentSpeaker, type Speaker } from './speaker.port.js';

export const PLAYER_VERSION = 'loa-player/1';
const TRIES = 3;
const DOWNLOADS_AT_ONCE = 4;
const EVENTS_A_REPORT = 500;

export interface PlayerOptions extends CentreOptions {
  /** The station's own folder: playlists, clips and the log. Its contents survive the player. */
  dir: string;
  clock: Clock;
  /** The centre's Ed25519 key as PEM; with it an unsigned or changed playlist is never played. */
  publicKey?: string;
  speaker?: Speaker;
}

export interface PulledDay {
  date: LocalDate;
  /** `offline` and `refused`: the previous playlist is still held. */
  state: 'new' | 'unchanged' | 'offline' | 'refused';
  items: number;
  /** Clips fetched now. */
  downloaded: number;
  /** Hashes of clips of this day that are missing after all attempts. */
  missing: string[];
  /**
   * The cause, for the machine's log: `house-passive` and `older-copy` say that this centre gives no orders at present.
   */
  reason?: string;
}

export interface Reported {
  sent: number;
  /** Set aside because the centre will never accept them. */
  refused: number;
  /** Still to be sent. */
  left: number;
  /** `offline`, or the centre's code when it accepts nothing, e.g. `bad-station-token`. */
  problem?: string;
}

/**
 * A station: pulls days ahead, plays them by its clock without the centre, and reports what it did. Speaks only HTTP,
 * so it can represent any device, including the simulated stations of the demo. It can be killed at any moment: a new
 * player on the same folder continues with the same numbers and sends what was not acknowledged.
 */
export class Player {
  private readonly centre: CentreClient;
  private readonly playlists: LocalPlaylistStore;
  private readonly clips: LocalClipStore;
  private readonly days: DayPlayer;
  private readonly anchor: AnchorNote;
  private opening?: Promise<PlayLog>;

  constructor(private readonly options: PlayerOptions) {
    const isOurs = options.publicKey === undefined ? undefined : signedBy(options.publicKey);
    this.centre = new CentreClient({ memory: seenCopyIn(join(options.dir, 'seen-copy')), isOurs, ...options });
    this.playlists = new LocalPlaylistStore(join(options.dir, 'playlists'), options.publicKey);
    this.clips = new LocalClipStore(join(options.dir, 'clips'));
    this.anchor = new AnchorNote(join(options.dir, 'audit.json'));
    this.days = new DayPlayer(this.playlists, this.clips, options.speaker ?? silentSpeaker);
  }

  /**
   * Downloads the days and their clips; files that are present are not fetched again. Never throws for network errors.
   */
  async pull(dates: readonly LocalDate[]): Promise<PulledDay[]> {
    const log = await this.log();
    const days: PulledDay[] = [];
    try {
      // A station with a new disk continues after the last number that the centre has.
      const state = await this.centre.me();
      await log.atLeast(state?.lastSequence ?? 0);
      if (state) log.sendAgain(state, this.options.clock.now());
    } catch (error) {
      const failure = why(error);
      return Promise.all(dates.map(async (date) => ({ ...(await this.countHeld(date)), ...failure })));
    }
    for (const date of dates) days.push(await this.pullDay(date));
    return days;
  }

  /**
   * Plays the rest of a day in the order of time: waits for each item, then plays it, or logs why not. An item that was
   * tried before is not tried again. Resolves with the logged events when the day's last item is over.
   */
  async play(date: LocalDate, options: PlayOptions = {}): Promise<PlayEvent[]> {
    const { clock = this.options.clock, miss, signal } = options;
    return this.days.play(await this.log(), date, { clock, miss, signal });
  }

  /**
   * Sends the events that the centre has not acknowledged or has lost since, oldest first; each event once in a call.
   * Never throws for network errors: the rest is sent next time.
   */
  async report(): Promise<Reported> {
    const log = await this.log();
    const done = { sent: 0, refused: 0 };
    const sent = new Set<number>();
    for (;;) {
      const batch = log.pending().slice(0, EVENTS_A_REPORT);
      if (batch.length === 0) return { ...done, left: 0 };
      try {
        const { highest, missing } = await this.withRetry(() => this.centre.report(batch));
        const now = this.options.clock.now();
        const sequences = batch.map((event) => event.sequence);
        await log.acknowledge(sequences, now);
        for (const sequence of sequences) sent.add(sequence);
        log.sendAgain({ lastSequence: highest, missing }, now, sent);
        done.sent += batch.length;
      } catch (error) {
        const named = error instanceof Refused ? batch.find((one) => one.sequence === error.details['sequence']) : null;
        if (!named) return { ...done, left: log.pending().length, problem: why(error).reason };
        await log.refuse(named.sequence, why(error).reason);
        done.refused++;
      }
    }
  }

  /** Sends a heartbeat and learns which events the centre has lost. False when the centre did not receive it. */
  async heartbeat(): Promise<boolean> {
    try {
      await mkdir(this.options.dir, { recursive: true });
      const disk = await statfs(this.options.dir);
      const freeBytes = disk.bavail * disk.bsize;
      const audit = (await this.anchor.read()) ?? undefined;
      const now = this.options.clock.now();
      const { playing } = this.days;
      const state = await this.centre.heartbeat({ playerVersion: PLAYER_VERSION, freeBytes, now, playing, audit });
      if (state) (await this.log()).sendAgain(state, now);
      return true;
    } catch (error) {
      why(error);
      return false;
    }
  }

  async close(): Promise<void> {
    const log = await this.opening;
    this.opening = undefined;
    await log?.close();
  }

  private log(): Promise<PlayLog> {
    this.opening ??= this.clips
      .open()
      .then(() => PlayLog.open(join(this.options.dir, 'log.ndjson'), this.options.clock.now()));
    return this.opening;
  }

  private async pullDay(date: LocalDate): Promise<PulledDay> {
    try {
      const held = await this.playlists.held(date).catch(() => null);
      const answer = await this.centre.playlist(date, held?.etag);
      const playlist =
        answer.state === 'unchanged' && held
          ? held.playlist
          : answer.state === 'new'
            ? await this.playlists.keep(date, answer.body, answer.etag, answer.signature)
            : null;
      if (!playlist) throw new WrongPlaylist('unchanged, and nothing is held');
      await this.anchor.see(playlist.audit);
      const clips = await this.download(playlist);
      // A new item may cut the running one, an emergency for instance.
      await this.days.lookAgain();
      return { date, state: answer.state, items: playlist.items.length, ...clips };
    } catch (error) {
      return { ...(await this.countHeld(date)), ...why(error) };
    }
  }

  private async countHeld(date: LocalDate): Promise<Omit<PulledDay, 'state'>> {
    const held = await this.playlists.held(date).catch(() => null);
    const missing: string[] = [];
    for (const item of held ? clipsOf(held.playlist) : []) if (!(await this.clips.has(item))) missing.push(item.sha256);
    return { date, items: held?.playlist.items.length ?? 0, downloaded: 0, missing: [...new Set(missing)] };
  }

  private async download(playlist: StationPlaylist): Promise<{ downloaded: number; missing: string[] }> {
    const wanted = [...new Map(clipsOf(playlist).map((item) => [item.sha256, item])).values()];
    const missing: string[] = [];
    let downloaded = 0;
    const worker = async () => {
      for (let item = wanted.pop(); item; item = wanted.pop()) {
        const clip = item;
        try {
          if (await this.withRetry(() => this.clips.fetch(clip, () => this.centre.clip(clip.sha256)))) downloaded++;
        } catch (error) {
          why(error);
          missing.push(clip.sha256);
        }
      }
    };
    await Promise.all(Array.from({ length: DOWNLOADS_AT_ONCE }, worker));
    return { downloaded, missing: missing };
  }

  /**
   * Retries when the connection failed or the bytes were wrong, after the pause that the centre asks for; a refusal of
   * the centre is final.
   */
  private async withRetry<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const worth = (error instanceof Unreachable && error.reason === 'offline') || error instanceof WrongBytes;
        if (!worth || attempt >= TRIES) throw error;
        const asked = error instanceof Unreachable ? error.retryAfterMs : 0;
        await this.options.clock.sleep(Math.max(1000 * attempt, asked));
      }
    }
  }
}

/** The reason for a failure of the network, the centre or a wrong answer; any other error is a bug and is rethrown. */
function why(error: unknown): { state: 'offline' | 'refused'; reason: string } {
  if (error instanceof Unreachable) return { state: 'offline', reason: error.reason };
  if (error instanceof Refused) return { state: 'refused', reason: error.code };
  if (error instanceof WrongPlaylist || error instanceof WrongBytes) return { state: 'refused', reason: error.message };
  throw error;
}
