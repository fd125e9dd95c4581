import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Centre, type CentreOptions, Refused, Unreachable } from './centre.client.js';
import { ClipShelf, WrongBytes } from './clip-shelf.js';
import { clipsOf, type DaySheet, type SheetItem, SheetShelf, WrongSheet } from './day-sheet.js';
import { isPermitted } from './permitted.js';
import { type PlayEvent, PlayLog } from './play-log.js';
import { silentSpeaker, type Speaker } from './speaker.port.js';

export const PLAYER_VERSION = 'loa-player/1';
/** An item that cannot begin within a minute of its time would run into the next one: it is left out and reported. */
const LATE_MS = 60_000;
const TRIES = 3;
const DOWNLOADS_AT_ONCE = 4;
const EVENTS_A_REPORT = 500;

export interface PlayerOptions extends CentreOptions {
  /** The station's own folder: playlists, clips and the log. What is in it survives the player. */
  dir: string;
  clock: Clock;
  /** The centre's Ed25519 key as PEM; with it an unsigned or changed playlist is never played. */
  publicKey?: string;
  speaker?: Speaker;
}

export interface PulledDay {
  date: LocalDate;
  /** `offline` and `refused`: what was held before is still held. */
  state: 'new' | 'unchanged' | 'offline' | 'refused';
  items: number;
  /** Clips fetched now. */
  downloaded: number;
  /** Hashes of clips that the day wants and that are not here, whatever was tried. */
  lacking: string[];
  /** Why, for the log of the machine. */
  reason?: string;
}

export interface Reported {
  sent: number;
  /** Set aside because the centre will never take them. */
  refused: number;
  /** Still to be sent. */
  left: number;
  /** `offline`, or the centre's code when it lets nothing in, e.g. `bad-station-token`. */
  problem?: string;
}

export interface PlayOptions {
  /** Tells why an item cannot be played although everything is there, e.g. a power cut in a simulation. */
  miss?: (item: SheetItem) => string | null;
  /** Plays by this clock instead of the player's own: a simulation lives a day that is over in a moment. */
  clock?: Clock;
  signal?: AbortSignal;
}

/**
 * A station: pulls days ahead, plays them by its clock without the centre, and reports what it did. Speaks only HTTP, so
 * it stands for any device, and for the simulated stations of the demo. It can be killed at any moment: a new player on
 * the same folder goes on with the same numbers and sends what was not acknowledged.
 */
export class Player {
  private readonly centre: Centre;
  private readonly sheets: SheetShelf;
  private readonly clips: ClipShelf;
  private readonly speaker: Speaker;
  private opening?: Promise<PlayLog>;

  constructor(private readonly options: PlayerOptions) {
    this.centre = new Centre(options);
    this.sheets = new SheetShelf(join(options.dir, 'playlists'), options.publicKey);
    this.clips = new ClipShelf(join(options.dir, 'clips'));
    this.speaker = options.speaker ?? silentSpeaker;
  }

  /** Brings the days and their clips here; what is here already is not fetched again. Never throws for the network's sake. */
  async pull(dates: readonly LocalDate[]): Promise<PulledDay[]> {
    const log = await this.log();
    const days: PulledDay[] = [];
    try {
      // A station with a new disk goes on with its numbers where the centre last heard of it.
      await log.atLeast((await this.centre.me()).lastSequence);
    } catch (error) {
      const told = why(error);
      return Promise.all(dates.map(async (date) => ({ ...(await this.countHeld(date)), ...told })));
    }
    for (const date of dates) days.push(await this.pullDay(date));
    return days;
  }

  /**
   * Plays what is left of a day in the order of time: waits for each item, then plays it, or enters why not. An item that
   * was tried before is not tried again. Resolves with what was entered when the day's last item is over.
   */
  async play(date: LocalDate, options: PlayOptions = {}): Promise<PlayEvent[]> {
    const log = await this.log();
    const { clock = this.options.clock, signal } = options;
    const entered: PlayEvent[] = [];
    for (;;) {
      const next = await this.nextItem(log, date);
      if (!next) return entered;
      const { item } = next;
      const wait = startOf(item) - clock.now();
      if (wait > 0) {
        await clock.sleep(wait, signal);
        // The playlist may have changed while we waited; look again at what is to be played now.
        const now = await this.nextItem(log, date);
        if (now?.item.slotId !== item.slotId || now.item.startsAt !== item.startsAt) continue;
      }
      entered.push(await this.playItem(log, next.sheet, item, { ...options, clock }));
    }
  }

  /** Sends what the centre has not acknowledged, oldest first. Never throws for the network's sake: what is left is sent next time. */
  async report(): Promise<Reported> {
    const log = await this.log();
    const done = { sent: 0, refused: 0 };
    for (;;) {
      const batch = log.pending().slice(0, EVENTS_A_REPORT);
      if (batch.length === 0) return { ...done, left: 0 };
      try {
        await this.patiently(() => this.centre.report(batch));
        await log.acknowledge(batch.map((event) => event.sequence));
        done.sent += batch.length;
      } catch (error) {
        const named = error instanceof Refused ? batch.find((one) => one.sequence === error.details['sequence']) : null;
        if (!named) return { ...done, left: log.pending().length, problem: why(error).reason };
        await log.refuse(named.sequence, why(error).reason);
        done.refused++;
      }
    }
  }

  /** Tells the centre that it lives. False when the centre did not hear it. */
  async heartbeat(): Promise<boolean> {
    try {
      await mkdir(this.options.dir, { recursive: true });
      const disk = await statfs(this.options.dir);
      const freeBytes = disk.bavail * disk.bsize;
      await this.centre.heartbeat({ playerVersion: PLAYER_VERSION, freeBytes, now: this.options.clock.now() });
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
      const held = await this.sheets.held(date).catch(() => null);
      const answer = await this.centre.playlist(date, held?.etag);
      const sheet =
        answer.state === 'unchanged' && held
          ? held.sheet
          : answer.state === 'new'
            ? await this.sheets.keep(date, answer.body, answer.etag, answer.signature)
            : null;
      if (!sheet) throw new WrongSheet('unchanged, and nothing is held');
      return { date, state: answer.state, items: sheet.items.length, ...(await this.download(sheet)) };
    } catch (error) {
      return { ...(await this.countHeld(date)), ...why(error) };
    }
  }

  private async countHeld(date: LocalDate): Promise<Omit<PulledDay, 'state'>> {
    const held = await this.sheets.held(date).catch(() => null);
    const lacking: string[] = [];
    for (const item of held ? clipsOf(held.sheet) : []) if (!(await this.clips.has(item))) lacking.push(item.sha256);
    return { date, items: held?.sheet.items.length ?? 0, downloaded: 0, lacking: [...new Set(lacking)] };
  }

  private async download(sheet: DaySheet): Promise<{ downloaded: number; lacking: string[] }> {
    const wanted = [...new Map(clipsOf(sheet).map((item) => [item.sha256, item])).values()];
    const lacking: string[] = [];
    let downloaded = 0;
    const worker = async () => {
      for (let item = wanted.pop(); item; item = wanted.pop()) {
        const clip = item;
        try {
          if (await this.patiently(() => this.clips.fetch(clip, () => this.centre.clip(clip.sha256)))) downloaded++;
        } catch (error) {
          why(error);
          lacking.push(clip.sha256);
        }
      }
    };
    await Promise.all(Array.from({ length: DOWNLOADS_AT_ONCE }, worker));
    return { downloaded, lacking };
  }

  /** The first item of the day that has not been tried. */
  private async nextItem(log: PlayLog, date: LocalDate): Promise<{ sheet: DaySheet; item: SheetItem } | null> {
    const held = await this.sheets.held(date);
    const items = held ? clipsOf(held.sheet).filter((item) => !log.has(item.slotId)) : [];
    const item = items.sort((a, b) => startOf(a) - startOf(b))[0];
    return held && item ? { sheet: held.sheet, item } : null;
  }

  private async playItem(
    log: PlayLog,
    sheet: DaySheet,
    item: SheetItem,
    options: PlayOptions & { clock: Clock },
  ): Promise<PlayEvent> {
    const { clock } = options;
    const { slotId, sha256, durationMs } = item;
    const startedAt = clock.now();
    const obstacle = await this.obstacle(sheet, item, options);
    if (obstacle) {
      // What is found hours later failed at its own time.
      const at = Math.min(startedAt, startOf(item) + latestAfter(item));
      return log.event({ slotId, sha256, startedAt: at, endedAt: at, outcome: 'failed', detail: obstacle });
    }
    const sequence = await log.start({ slotId, sha256, startedAt, endsBy: startedAt + durationMs });
    const event = { sequence, slotId, sha256, startedAt };
    try {
      await this.speaker.play(this.clips.fileOf(sha256), durationMs, clock, options.signal);
    } catch (error) {
      const detail = `Loa dừng giữa chừng: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
      const endedAt = Math.min(Math.max(clock.now(), startedAt), startedAt + durationMs);
      const broken = await log.event({ ...event, endedAt, outcome: 'partial', detail });
      if (options.signal?.aborted) throw error;
      return broken;
    }
    const endedAt = believableEnd(clock.now(), startedAt + durationMs);
    return log.event({ ...event, endedAt, outcome: 'played' });
  }

  /** Why the item is not played, for a person; null when nothing is in the way. */
  private async obstacle(
    sheet: DaySheet,
    item: SheetItem,
    { miss, clock }: PlayOptions & { clock: Clock },
  ): Promise<string | null> {
    const now = clock.now();
    if (now > startOf(item) + latestAfter(item)) return 'Quá giờ phát, máy phát không chạy lúc đến lượt';
    if (!item.authorisedBy && !isPermitted({ start: now, end: now + item.durationMs }, sheet.permitted, sheet.zone)) {
      return 'Ngoài khung giờ được phép phát';
    }
    const missed = miss?.(item);
    if (missed) return missed;
    if (!(await this.clips.verify(item))) return 'thiếu clip';
    return null;
  }

  /** Again after a pause when the line was down or the bytes were wrong; a no of the centre is final. */
  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const worth = error instanceof Unreachable || error instanceof WrongBytes;
        if (!worth || attempt >= TRIES) throw error;
        await this.options.clock.sleep(1000 * attempt);
      }
    }
  }
}

/** A clock may be set while something sounds; an end that is far from what the length of the clip says is not believed. */
function believableEnd(now: Instant, expected: Instant): Instant {
  return Math.abs(now - expected) <= LATE_MS ? now : expected;
}

/** How late an item may begin, by its start rule; what follows another item may wait for it as long as it may itself last. */
function latestAfter({ start, durationMs }: SheetItem): number {
  if (start?.rule === 'wait') return start.seconds * 1000;
  return start?.rule === 'next' ? Math.max(LATE_MS, durationMs) : LATE_MS;
}

function startOf(item: SheetItem): Instant {
  return Date.parse(item.startsAt);
}

/** What the network, the centre or a wrong answer did to us; anything else is our own fault and is thrown on. */
function why(error: unknown): { state: 'offline' | 'refused'; reason: string } {
  if (error instanceof Unreachable) return { state: 'offline', reason: 'offline' };
  if (error instanceof Refused) return { state: 'refused', reason: error.code };
  if (error instanceof WrongSheet || error instanceof WrongBytes) return { state: 'refused', reason: error.message };
  throw error;
}
