import { lingui } from '@lingui/vite-plugin';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { linguiMacros } from './vite.config.ts';

/**
 * One process for all files of a suite, so that what they share is loaded once. Not for the
 * scenarios: the simulator must load the server after its own disk. Suites of one run need a place
 * each: of those that have the same, Vitest starts all but the first anew for every file.
 */
const together = (groupOrder: number) => ({ isolate: false, sequence: { groupOrder } }) as const;

/** The threads of the server are built once a run, instead of at each start. */
const threads = {
  globalSetup: ['tests/api/build-threads.ts'],
  alias: [
    {
      find: /^\.\/source-thread\.ts$/,
      replacement: fileURLToPath(new URL('tests/api/built-thread.ts', import.meta.url)),
    },
  ],
};

export default defineConfig({
  plugins: [linguiMacros(), lingui()],
  test: {
    // For what hangs alone: a machine that does ten other things is slow, not wrong.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    setupFiles: ['tests/property/seed.ts', 'tests/few-rounds.ts'],
    // Files that share a process must not count on who came before: each zone has another order.
    sequence: { shuffle: { files: true, tests: false }, seed: Number(process.env.FC_SEED ?? 1) },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          ...together(1),
          include: [
            '{shared,client,server,fixtures}/**/*.test.{ts,tsx}',
            'tests/rooms/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: { name: 'property', ...together(2), include: ['tests/property/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'scenario', ...threads, include: ['tests/{scenario,sqlite}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'api', ...together(3), ...threads, include: ['tests/api/**/*.test.ts'] },
      },
      // The same suites once more on the other engine.
      {
        extends: true,
        test: {
          name: 'postgres',
          ...together(4),
          ...threads,
          include: ['tests/{api,scenario,postgres}/**/*.test.ts'],
          // What never reaches a database is the same on both.
          exclude: [
            'tests/scenario/{simulator,storage-faults,stores,phone}*',
            'tests/api/{client-files,packed-push}.test.ts',
          ],
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: [...threads.globalSetup, 'tests/postgres/start-cluster.ts'],
        },
      },
    ],
  },
});
