import { translate } from '../language/language.js';
import { isPublishedOnApproval } from '../language/words.js';
import type { ScriptFacts } from './script.read-model.js';

export interface Step {
  label: string;
  done: boolean;
  now: boolean;
  /** The part of the page where the step is done; '' while there is none. */
  href: string;
}

/** The steps of a script's workflow with the current one marked. */
export function scriptSteps({
  script,
  versions: [{ id, state }],
  clips,
  reading,
  slots,
  posts,
  approvals,
}: ScriptFacts): Step[] {
  const approved = state === 'approved' || state === 'stopped';
  const submitted = state === 'submitted' || approved;
  const heard = clips.some(({ clip }) => clip.state === 'ready') && !clips.some(({ clip }) => clip.state === 'waiting');
  const out = isPublishedOnApproval(script.channelKind) || posts.length > 0;
  const placed = out || Object.values(slots.counts).some((n) => n > 0);
  const decided = approvals.some(({ scriptVersionId }) => scriptVersionId === id);
  const all: [string, boolean, string][] = [
    ['Viết bài', true, '#bai-viet-muc'],
    ...(reading ? [['Tạo bản đọc, nghe', heard || submitted, '#ban-thu-muc'] as [string, boolean, string]] : []),
    ['Gửi lãnh đạo duyệt', submitted, ''],
    ['Được duyệt', approved, decided ? '#quyet-dinh' : ''],
    [reading ? 'Xếp lịch' : 'Đưa lên kênh', state === 'approved' && placed, ''],
  ];
  const next = all.findIndex(([, done]) => !done);
  return all.map(([label, done, href], n) => ({ label: translate(label), done, now: n === next, href }));
}

/** Labels of `scriptSteps`. */
export const stepNames = [
  'Viết bài',
  'Tạo bản đọc, nghe',
  'Gửi lãnh đạo duyệt',
  'Được duyệt',
  'Xếp lịch',
  'Đưa lên kênh',
] as const;
