// With one worker the tests run in this process; others set themselves up (jest-worker.mjs).
import './test/support/typescript.mjs';

// Workers take these over. With room for what a request leaves, collecting it costs a fifth less of all computing.
process.execArgv.push('--min-semi-space-size=32', '--max-semi-space-size=32');

/** Specs beside the code and journeys in test/: native ESM on Node's own module cache, so that a worker loads a library once. */
export default {
  runner: 'jest-light-runner/child-process',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.journey.ts'],
  transform: {},
  setupFiles: ['<rootDir>/test/support/jest-worker.mjs'],
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limits.mjs'],
  reporters: ['default', '<rootDir>/test/support/audited-reporter.mjs'],
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  globalSetup: '<rootDir>/test/support/jest-scratch.mjs',
  // Journeys of processes wait for leases and clocks more than they compute: one worker more than the two cores of a small server.
  maxWorkers: 3,
};
