import type { BulletinClass } from '../../campaigns/bulletin-class.js';

/** The priority of emergencies. */
export const URGENT = 0;

/**
 * Smaller goes first. An emergency passes everybody (0), then comes the law's priority class (1 to 4), then each ward's first
 * clip, each ward's second, and so on (from 5), so that a ward that asks for a hundred does not hold up one that asks for
 * one. `waiting` is how many clips of the same unit are in the line already; past 20 the line is in order of asking.
 */
export function renderPriority(bulletinClass: BulletinClass, waiting: number): number {
  if (bulletinClass === 'emergency') return URGENT;
  return bulletinClass === 'priority' ? 1 + Math.min(waiting, 3) : 5 + Math.min(waiting, 20);
}

/** Of what is made ahead of its day and nobody waits for: after all that people asked for, and fair between units as above. */
export function aheadPriority(waiting: number): number {
  return 30 + Math.min(waiting, 20);
}
