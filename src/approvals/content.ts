import { hashOf } from '../shared/ids.js';
import type { Scope } from './scope.js';

/** Everything that an approval binds: the text, its reading and the exact audio files. */
export interface Content {
  title: string;
  text: string;
  clips: { profile: string; spokenHash: string; sha256: string }[];
}

/** SHA-256 over the content in canonical form; any change of any part gives another hash. */
export function contentHash(content: Content): string {
  const clips = [...content.clips].sort((a, b) => (a.profile < b.profile ? -1 : 1));
  return hashOf({ title: content.title, text: content.text, clips });
}

/** SHA-256 over everything that an approver sees: the content, its voices, and where and when it may go out. */
export function seenHash(content: Content, voices: readonly (string | null)[], scope: Scope): string {
  return hashOf({ content: contentHash(content), voices: [...voices].map(String).sort(), scope });
}
