import { showHidden } from '../../shared/clean-text.js';

/**
 * Removes characters that XML 1.0 cannot hold: Word and Excel refuse a document with a control character or an unpaired
 * surrogate.
 */
export function xmlText(text: string): string {
  return showHidden(text);
}
