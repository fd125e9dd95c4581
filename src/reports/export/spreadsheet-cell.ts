import { showHidden } from '../../shared/clean-text.js';

/** What XML 1.0 can hold: a control character or half a pair in a name would make a document that Word and Excel refuse. */
export function xmlText(text: string): string {
  return showHidden(text);
}
