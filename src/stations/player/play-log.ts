import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Instant } from '../../shared/clock.js';

/** One event of a station's log, as it is reported to the centre (POST /api/station/as-run). */
export interface PlayEvent {
  /** 1, 2, 3 …: never used twice by one station, so the centre recognises a repeat and a gap. */
  sequence: number;
  slotId: string;
  sha256: string;
  startedAt: Instant;
  endedAt: Instant;
  outcome: 'played' | 'partial' | 'failed';
  detail?: string;
  /** Of an event that is sent again because the centre has lost it: when it was first acknowledged. */
  acknowledgedAt?: Instant;
}

/** The state of the log as the centre reports it. */
export interface ReportedLogState {
  lastSequence: number;
  missing: readonly { from: number; to: number }[];
}

interface Started {
  sequence: number;
  slotId: string;
  sha256: string;
  startedAt: Instant;
  /** When it would have ended; bounds how long it can have played when the power fails. */
  endsBy: Instant;
}

type Line =
  | { line: 'base'; sequence: number }
  | ({ line: 'start' } & Started)
  | ({ line: 'event' } & PlayEvent)
  /** Without `at` in files of an older player. */
  | { line: 'acknowledged'; sequences: number[]; at?: Instant }
  | { line: 'refused'; sequence: number; code: string };

/** How long acknowledged events can be sent again to a centre that has lost them. */
export const KEPT_MS = 30 * 24 * 60 * 60_000;

const INTERRUPTED = 'Máy phát bị ngắt giữa chừng';

/**
 * The play log of a station: lines of JSON that are only ever appended, each flushed to the disk before the call
 * returns. What is in the file happened; a kill or a power cut can lose at most the line being written, and a torn last
 * line is cut off when the log is opened again.
 */
export class PlayLog {
  private last = 0;
  private writing: Promise<void> = Promise.resolve();
  private readonly started = new Map<number, Started>();
  private readonly waiting = new Map<number, PlayEvent>();
  private readonly acknowledged = new Map<number, PlayEvent & { acknowledgedAt: Instant }>();
  private readonly slots = new Set<string>();
  private readonly refused = new Map<number, string>();

  private constructor(
    private readonly file: FileHandle,
    /** Lines that the disk spoiled. They are skipped, so that one of them does not stop the station. */
    readonly damaged: number,
  ) {}

  /** Opens or creates the file. An item that had started and not ended is logged as partial, up to `now` at most. */
  static async open(path: string, now: Instant): Promise<PlayLog> {
    await mkdir(dirname(path), { recursive: true });
    const { lines, damaged } = await readWhole(path);
    const log = new PlayLog(await open(path, 'a'), damaged.length);
    for (const line of lines) log.take(line);
    for (const text of damaged) log.last = Math.max(log.last, ...numbersIn(text));
    for (const { endsBy, ...start } of [...log.started.values()]) {
      const endedAt = Math.max(start.startedAt, Math.min(now, endsBy));
      await log.event({ ...start, endedAt, outcome: 'partial', detail: INTERRUPTED });
    }
    return log;
  }

  /**
   * The next number is above `sequence`: an old station with a new disk continues after the last number that the centre
   * has.
   */
  async atLeast(sequence: number): Promise<void> {
    if (sequence > this.last) await this.append({ line: 'base', sequence });
  }

  get lastSequence(): number {
    return this.last;
  }

  /** True once the slot has been started, played or given up: a slot is tried once. */
  has(slotId: string): boolean {
    return this.slots.has(slotId);
  }

  async start(item: Omit<Started, 'sequence'>): Promise<number> {
    const sequence = ++this.last; // taken before any await: no two lines get the same number
    await this.append({ line: 'start', sequence, ...item });
    return sequence;
  }

  /** `sequence` is that of `start`, or a new one when nothing was started. */
  async event(event: Omit<PlayEvent, 'sequence'> & { sequence?: number }): Promise<PlayEvent> {
    const whole = { ...event, sequence: event.sequence ?? ++this.last };
    await this.append({ line: 'event', ...whole });
    return whole;
  }

  /** Events that the centre has not acknowledged, in the order of their numbers. */
  pending(): PlayEvent[] {
    return [...this.waiting.values()].sort((a, b) => a.sequence - b.sequence);
  }

  async acknowledge(sequences: readonly number[], at: Instant): Promise<void> {
    const known = sequences.filter((sequence) => this.waiting.has(sequence));
    if (known.length > 0) await this.append({ line: 'acknowledged', sequences: known, at });
  }

  /**
   * Queues again the events acknowledged in the last 30 days that the centre lacks by its reported state: a centre that
   * was restored from a backup has lost later events. `except`: events that were sent a moment ago.
   */
  sendAgain({ lastSequence, missing }: ReportedLogState, now: Instant, except?: ReadonlySet<number>): void {
    for (const event of [...this.acknowledged.values()]) {
      const { sequence, acknowledgedAt } = event;
      if (acknowledgedAt < now - KEPT_MS) this.acknowledged.delete(sequence);
      else if (!except?.has(sequence) && isLacking({ lastSequence, missing }, sequence)) {
        this.acknowledged.delete(sequence);
        this.waiting.set(sequence, event);
      }
    }
  }

  /**
   * The centre will never accept this event; it stays in the file for a person to check and no longer blocks the rest.
   */
  async refuse(sequence: number, code: string): Promise<void> {
    await this.append({ line: 'refused', sequence, code });
  }

  refusals(): ReadonlyMap<number, string> {
    return this.refused;
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  /** One line after the other, each on the disk before it counts. */
  private append(line: Line): Promise<void> {
    const mine = this.writing.then(async () => {
      await this.file.appendFile(`${JSON.stringify(line)}\n`);
      await this.file.datasync();
      this.take(line);
    });
    this.writing = mine.catch(() => undefined);
    return mine;
  }

  private take(line: Line): void {
    if (line.line === 'acknowledged') {
      for (const sequence of line.sequences) {
        const event = this.waiting.get(sequence);
        if (!event) continue;
        this.waiting.delete(sequence);
        // An older player stored no time of acknowledgement; the end of the event is the earliest possible one.
        this.acknowledged.set(sequence, { acknowledgedAt: line.at ?? event.endedAt, ...event });
      }
      return;
    }
    this.last = Math.max(this.last, line.sequence);
    switch (line.line) {
      case 'base':
        return;
      case 'start': {
        const { line: _, ...started } = line;
        this.started.set(line.sequence, started);
        this.slots.add(line.slotId);
        return;
      }
      case 'event': {
        const { line: _, ...event } = line;
        this.started.delete(line.sequence);
        this.waiting.set(line.sequence, event);
        this.slots.add(line.slotId);
        return;
      }
      case 'refused':
        this.waiting.delete(line.sequence);
        this.refused.set(line.sequence, line.code);
    }
  }
}

function isLacking({ lastSequence, missing }: ReportedLogState, sequence: number): boolean {
  return sequence > lastSequence || missing.some(({ from, to }) => from <= sequence && sequence <= to);
}

/** Every complete line; an incomplete last line was being written when the power failed, and is cut off. */
async function readWhole(path: string): Promise<{ lines: Line[]; damaged: string[] }> {
  const lines: Line[] = [];
  const damaged: string[] = [];
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { lines, damaged };
    throw error;
  }
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) await truncate(path, end);
  for (const text of bytes.subarray(0, end).toString('utf8').split('\n')) {
    if (text === '') continue;
    try {
      lines.push(JSON.parse(text) as Line);
    } catch {
      damaged.push(text);
    }
  }
  return { lines, damaged };
}

/** A spoiled line may still show its number, which must not be given to another event. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/"sequence":(\d{1,9})[,}]/g)].map((match) => Number(match[1]));
}
