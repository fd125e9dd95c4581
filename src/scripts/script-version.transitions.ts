import type { Transitions } from '../shared/transitions.js';

/** The text of a version is immutable; only its state changes. */
export type VersionState = 'draft' | 'submitted' | 'approved' | 'returned' | 'voided' | 'superseded';

export const versionTransitions: Transitions<VersionState> = {
  draft: ['submitted', 'superseded'],
  submitted: ['approved', 'returned', 'superseded'],
  approved: ['voided', 'superseded'],
  returned: ['superseded'],
  voided: ['superseded'],
  superseded: [],
};

export const versionStateNames: Record<VersionState, string> = {
  draft: 'bản nháp',
  submitted: 'chờ duyệt',
  approved: 'đã duyệt',
  returned: 'trả lại',
  voided: 'mất hiệu lực duyệt',
  superseded: 'đã có bản mới',
};
