import { readFileSync } from 'node:fs';

/** Used when the limit is unknown: less than any service manager gives. */
const UNKNOWN = 4096;

/**
 * How many files and connections this process may have open. Node raises its soft limit to the hard limit at its start.
 */
export function fileLimit(table = readTable()): number {
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(table)?.[1];
  if (soft === undefined) return UNKNOWN;
  return soft === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(soft);
}

function readTable(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return ''; // no Linux
  }
}
