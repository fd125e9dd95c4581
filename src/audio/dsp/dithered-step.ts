import { sha256 } from '../../shared/ids.js';

/**
 * `value` as a whole multiple of `step`, up or down by a throw that depends on `name` alone. Over many names the mean is the value
 * itself, and when the value moves by a hair only a hair's share of them moves: with plain rounding it would be none or all.
 */
export function ditheredStep(value: number, step: number, name: string): number {
  const thrown = parseInt(sha256(name).slice(0, 8), 16) / 2 ** 32;
  return Math.floor(value / step + thrown) * step;
}
