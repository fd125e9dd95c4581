import { sha256 } from '../../shared/ids.js';

/**
 * `value` rounded to a multiple of `step`, up or down by a pseudo-random draw that depends on `name` alone. Over many
 * names the mean is the value itself. When the value changes slightly, only a proportional share of the names changes;
 * with plain rounding none or all would.
 */
export function ditheredStep(value: number, step: number, name: string): number {
  const thrown = parseInt(sha256(name).slice(0, 8), 16) / 2 ** 32;
  return Math.floor(value / step + thrown) * step;
}
