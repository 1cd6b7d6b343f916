/** Runs the tests of hung/ as all others are run, without the test server: see limits.test.ts. */
import jest from '../../jest.config.js';

export default {
  ...jest,
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/hung/*.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
