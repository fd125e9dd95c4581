import type { Transitions } from '../shared/transitions.js';

/**
 * Three outcomes of publishing: published, refused, unknown. Unknown is looked up, never repeated
 * blindly. `awaiting-person` is the manual adapter's state between due and a pasted permalink.
 */
export type PostState =
  'scheduled' | 'publishing' | 'awaiting-person' | 'published' | 'refused' | 'unknown' | 'cancelled';

export const postTransitions: Transitions<PostState> = {
  scheduled: ['publishing', 'awaiting-person', 'cancelled'],
  publishing: ['published', 'refused', 'unknown'],
  'awaiting-person': ['published', 'cancelled'],
  unknown: ['published', 'scheduled', 'refused'],
  refused: ['scheduled', 'cancelled'],
  published: [],
  cancelled: [],
};

export const postStateNames: Record<PostState, string> = {
  scheduled: 'đã hẹn giờ',
  publishing: 'đang đăng',
  'awaiting-person': 'chờ người đăng',
  published: 'đã đăng',
  refused: 'bị từ chối',
  unknown: 'chưa rõ đã đăng hay chưa',
  cancelled: 'đã hủy',
};
