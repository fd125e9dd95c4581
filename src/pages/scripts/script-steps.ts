import { translate } from '../language/language.js';
import { isPublishedOnApproval } from '../language/words.js';
import type { ScriptFacts } from './script.read-model.js';

export interface Step {
  label: string;
  done: boolean;
  now: boolean;
}

/** The steps of a script's workflow with the current one marked. */
export function scriptSteps({ script, versions: [{ state }], clips, reading, slots, posts }: ScriptFacts): Step[] {
  const submitted = state === 'submitted' || state === 'approved';
  const heard = clips.some(({ clip }) => clip.state === 'ready') && !clips.some(({ clip }) => clip.state === 'waiting');
  const out = isPublishedOnApproval(script.channelKind) || posts.length > 0;
  const placed = out || Object.values(slots.counts).some((n) => n > 0);
  const all: [string, boolean][] = [
    ['Viết bài', true],
    ...(reading ? [['Dựng bản thu, nghe', heard || submitted] as [string, boolean]] : []),
    ['Trình duyệt', submitted],
    ['Được duyệt', state === 'approved'],
    [reading ? 'Xếp lịch' : 'Đưa lên kênh', state === 'approved' && placed],
  ];
  const next = all.findIndex(([, done]) => !done);
  return all.map(([label, done], n) => ({ label: translate(label), done, now: n === next }));
}

/** Labels of `scriptSteps`. */
export const stepNames = [
  'Viết bài',
  'Dựng bản thu, nghe',
  'Trình duyệt',
  'Được duyệt',
  'Xếp lịch',
  'Đưa lên kênh',
] as const;
