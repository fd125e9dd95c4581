import type { Transitions } from '../../shared/transitions.js';

/**
 * Three outcomes of publishing: published, refused, unknown. Unknown is looked up, never repeated blindly.
 * `awaiting-person` is the manual adapter's state between due and a pasted permalink.
 */
export type PostState =
  'scheduled' | 'publishing' | 'awaiting-person' | 'published' | 'refused' | 'unknown' | 'cancelled';

/**
 * publishing → scheduled: certainly not published (no connection, rate limit), tried again later. scheduled → refused:
 * too late to be sent by the machine. scheduled → published: the answer of an abandoned attempt arrived after all.
 * scheduled → unknown: it was due while another copy of the installation may have sent it. refused, unknown →
 * published: also by a person who pastes the link.
 */
export const postTransitions: Transitions<PostState> = {
  scheduled: ['publishing', 'awaiting-person', 'published', 'refused', 'unknown', 'cancelled'],
  publishing: ['published', 'refused', 'unknown', 'scheduled'],
  'awaiting-person': ['published', 'cancelled'],
  unknown: ['published', 'scheduled', 'refused'],
  refused: ['scheduled', 'published', 'cancelled'],
  published: [],
  cancelled: [],
};

export const postStates = Object.keys(postTransitions) as PostState[];

export const postStateNames: Record<PostState, string> = {
  scheduled: 'đã hẹn giờ',
  publishing: 'đang đăng',
  'awaiting-person': 'chờ người đăng',
  published: 'đã đăng',
  refused: 'chưa đăng, chờ người xử lý',
  unknown: 'chưa rõ đã đăng hay chưa',
  cancelled: 'đã hủy',
};
