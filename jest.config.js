/**
 * The tests run the TypeScript sources, whose types `npm run check` checks. Each of three processes runs test files one
 * after the other in plain Node, and they share its modules: docs/decisions/0026.
 */

// Lets Node read TypeScript, and hear what the run is about: the runner starts the processes of the tests with the
// arguments of this one.
for (const first of ['tsx', './test/support/worker-data.js'])
  process.execArgv.push('--import', import.meta.resolve(first));

export default {
  runner: 'jest-light-runner/child-process',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  maxWorkers: 3,
  // When the server of the tests is down there is nothing to wait for, whatever the processes of the tests still do.
  forceExit: true,
  // Some wait for whole processes to start, be killed and start again. The runner knows no limit: see test/support/jest.ts.
  slowTestThreshold: 60,
};
