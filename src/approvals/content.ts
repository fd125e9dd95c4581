import { hashOf } from '../shared/ids.js';
import type { Scope } from './scope.js';

/** Everything an approval binds: the words, how they are spoken, and the very files that will sound. */
export interface Content {
  title: string;
  text: string;
  clips: { profile: string; spokenHash: string; sha256: string }[];
}

/** SHA-256 over the content in canonical form; any change of any part is another hash. */
export function contentHash(content: Content): string {
  const clips = [...content.clips].sort((a, b) => (a.profile < b.profile ? -1 : 1));
  return hashOf({ title: content.title, text: content.text, clips });
}

/** SHA-256 over all that an approver is shown: the content, the voices that speak it, and where and when it may go out. */
export function seenHash(content: Content, voices: readonly (string | null)[], scope: Scope): string {
  return hashOf({ content: contentHash(content), voices: [...voices].map(String).sort(), scope });
}
