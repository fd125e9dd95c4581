/** Specs beside the code and journeys in test/ run through one configuration: native ESM, swc for speed. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.journey.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  reporters: ['default', '<rootDir>/test/support/audited-reporter.mjs'],
  globalSetup: '<rootDir>/test/support/jest-scratch.mjs',
  testTimeout: 180_000,
  // By default one core is left idle; on the two cores of a small server that is half the machine.
  maxWorkers: '100%',
  // What a suite has loaded is never quite given back; after dozens of houses a worker holds gigabytes and mostly sweeps them.
  workerIdleMemoryLimit: '1GB',
};
