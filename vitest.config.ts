/** The tests run the TypeScript sources, whose types `npm run check` checks. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Test files that run one after the other in a process share its modules: docs/decisions/0024.
    isolate: false,
    maxWorkers: 3,
    // Some wait for whole processes to start, be killed and start again, on a machine that is busy with the others.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    slowTestThreshold: 10_000,
  },
});
