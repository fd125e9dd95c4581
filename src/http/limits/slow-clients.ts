/** How slow a client may be. Times in milliseconds. */
export interface Patience {
  /** For the headers of a request, from their first byte; on a new connection from its opening. */
  headersMs: number;
  /** For the next request on a kept-alive connection. */
  idleMs: number;
  /** A body may pause this long, and must bring `leastBytesPerSecond` in each window. */
  bodyStallMs: number;
  bodyWindowMs: number;
  /** While an answer waits for the client, it must take `leastBytesPerSecond` in each window. */
  answerWindowMs: number;
  leastBytesPerSecond: number;
}

/**
 * A ward on the poorest connection sends some kilobytes a second, with pauses of seconds. Outgoing bytes are seen in
 * bursts of the size of the system's socket buffer, hence the longer window of answers.
 */
export const patience: Patience = {
  headersMs: 15_000,
  idleMs: 20_000,
  bodyStallMs: 20_000,
  bodyWindowMs: 20_000,
  answerWindowMs: 45_000,
  leastBytesPerSecond: 1024,
};

/** All times multiplied by `factor`, at the same minimum rate. */
export function scaled(of: Patience, factor: number): Patience {
  return {
    headersMs: of.headersMs * factor,
    idleMs: of.idleMs * factor,
    bodyStallMs: of.bodyStallMs * factor,
    bodyWindowMs: of.bodyWindowMs * factor,
    answerWindowMs: of.answerWindowMs * factor,
    leastBytesPerSecond: of.leastBytesPerSecond,
  };
}

/**
 * What a connection waits for: `headers` and `body` for bytes of the client, `answer` for the client to take bytes,
 * `idle` for another request, `work` for the server.
 */
export type Phase = 'headers' | 'body' | 'answer' | 'idle' | 'work';

/** The observed transfer in one phase of a connection. */
export interface TransferProgress {
  phase: Phase;
  since: number;
  moved: number;
  movedAt: number;
  windowSince: number;
  windowMoved: number;
}

/** `moved`: bytes received so far; for an answer, bytes sent. */
export function begun(phase: Phase, moved: number, now: number): TransferProgress {
  return { phase, since: now, moved, movedAt: now, windowSince: now, windowMoved: moved };
}

/** The same phase, observed again; null when the client is too slow. */
export function seenAgain(
  before: TransferProgress,
  moved: number,
  now: number,
  limits: Patience,
): TransferProgress | null {
  const after = { ...before, moved, movedAt: moved === before.moved ? before.movedAt : now };
  const { phase, since } = before;
  if (phase === 'work') return after;
  if (phase === 'headers' || phase === 'idle')
    return now - since < (phase === 'idle' ? limits.idleMs : limits.headersMs) ? after : null;
  if (phase === 'body' && now - after.movedAt >= limits.bodyStallMs) return null;
  const lasted = now - before.windowSince;
  if (lasted < (phase === 'body' ? limits.bodyWindowMs : limits.answerWindowMs)) return after;
  if (moved - before.windowMoved < (limits.leastBytesPerSecond * lasted) / 1000) return null;
  return { ...after, windowSince: now, windowMoved: moved };
}

/** Bytes a second since the window began. */
export function rateOf({ moved, windowMoved, windowSince }: TransferProgress, now: number): number {
  return ((moved - windowMoved) * 1000) / Math.max(1, now - windowSince);
}

/** How many connections may be open at once; `perNetwork` null when all come from one proxy. */
export interface Capacity {
  most: number;
  perNetwork: number | null;
}

const MAX_CONNECTIONS = 10_000;
const MAX_PER_NETWORK = 256;

/**
 * A request may need files beside its connection, and so do the databases and ffmpeg: four tenths are reserved for
 * these.
 */
export function capacityFor(fileLimit: number, oneProxy: boolean): Capacity {
  const most = Math.max(16, Math.min(MAX_CONNECTIONS, Math.floor(fileLimit * 0.6)));
  return { most, perNetwork: oneProxy ? null : Math.min(MAX_PER_NETWORK, Math.ceil(most / 4)) };
}

/**
 * Which of these connections to close when there are too many, at most `count`: those that have sent no request for a
 * while, then idle ones, then those that send headers, then bodies and at last answers that wait for the client, the
 * slowest first. Never one whose request the server works on. Within a group the given order holds, the oldest first.
 */
export function dispensable<T extends { progress: TransferProgress }>(
  connections: Iterable<T>,
  count: number,
  now: number,
  freshMs: number,
): T[] {
  const groups: [T[], T[], T[], T[], T[]] = [[], [], [], [], []];
  for (const connection of connections) {
    const { phase, since } = connection.progress;
    if (phase === 'headers') groups[now - since < freshMs ? 2 : 0].push(connection);
    else if (phase === 'idle') groups[1].push(connection);
    else if (phase === 'body') groups[3].push(connection);
    else if (phase === 'answer') groups[4].push(connection);
  }
  for (const group of groups.slice(3)) group.sort((a, b) => rateOf(a.progress, now) - rateOf(b.progress, now));
  return groups.flat().slice(0, count);
}
