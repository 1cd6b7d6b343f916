/** Runs the tests of hung/ as all others are run, without the test server, one process being slow: see limits.test.ts. */
import jest from '../../jest.config.js';

process.execArgv.push('--import', import.meta.resolve('./slow-start.js'));

export default {
  ...jest,
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/hung/*.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
