import { hashOf } from '../shared/ids.js';

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
