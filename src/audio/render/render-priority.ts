import type { BulletinClass } from '../../campaigns/bulletin-class.js';

/** The priority of emergencies. */
export const URGENT = 0;

/**
 * Smaller goes first. An emergency goes before everything (0), then the law's priority class (1 to 4), then each ward's
 * first clip, each ward's second, and so on (from 5): a ward that orders a hundred does not hold up one that orders
 * one. `waiting` is the number of queued clips of the same unit; above 20 the order is that of the requests.
 */
export function renderPriority(bulletinClass: BulletinClass, waiting: number): number {
  if (bulletinClass === 'emergency') return URGENT;
  return bulletinClass === 'priority' ? 1 + Math.min(waiting, 3) : 5 + Math.min(waiting, 20);
}

/**
 * Priority of sound that is made ahead of its day: after everything that people asked for, and fair between units as
 * above.
 */
export function aheadPriority(waiting: number): number {
  return 30 + Math.min(waiting, 20);
}
