import type { Transitions } from '../shared/transitions.js';

/** The text of a version is immutable; only its state changes. */
export type VersionState = 'draft' | 'submitted' | 'approved' | 'stopped' | 'returned' | 'voided' | 'superseded';

export const versionTransitions: Transitions<VersionState> = {
  draft: ['submitted', 'superseded'],
  submitted: ['approved', 'returned', 'superseded'],
  approved: ['stopped', 'voided', 'superseded'],
  // Still approved, but nothing goes out on it until an approver resumes it.
  stopped: ['approved', 'voided', 'superseded'],
  returned: ['superseded'],
  voided: ['superseded'],
  superseded: [],
};

export const versionStateNames: Record<VersionState, string> = {
  draft: 'bản nháp',
  submitted: 'chờ duyệt',
  approved: 'đã duyệt',
  stopped: 'đã dừng phát',
  returned: 'trả lại',
  voided: 'mất hiệu lực duyệt',
  superseded: 'đã có bản mới',
};
