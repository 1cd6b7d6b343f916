/** Runs the tests of hung/ as all others are run, without the test server: see limits.test.ts. */
import jest from '../../jest.config.js';

const { globalSetup: _, globalTeardown: __, ...others } = jest;

export default { ...others, rootDir: import.meta.dirname, testMatch: ['<rootDir>/hung/*.ts'] };
