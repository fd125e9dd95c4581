import type { Transitions } from '../shared/transitions.js';

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** running → running: claimed after the lease of a lost worker ran out. */
export const jobTransitions: Transitions<JobState> = {
  waiting: ['running', 'cancelled'],
  running: ['running', 'waiting', 'done', 'failed', 'cancelled'],
  done: ['waiting'],
  failed: ['waiting'],
  cancelled: ['waiting'],
};
