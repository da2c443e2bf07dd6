import { lingui } from '@lingui/vite-plugin';
import { defineConfig } from 'vitest/config';
import { linguiMacros } from './vite.config.ts';

export default defineConfig({
  plugins: [linguiMacros(), lingui()],
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['tests/property/seed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{shared,client,server,fixtures}/**/*.test.{ts,tsx}',
            'tests/rooms/**/*.test.ts',
          ],
        },
      },
      { extends: true, test: { name: 'property', include: ['tests/property/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'scenario', include: ['tests/{scenario,sqlite}/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'api', include: ['tests/api/**/*.test.ts'] } },
      // The same suites once more on the other engine.
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ['tests/{api,scenario,postgres}/**/*.test.ts'],
          // What never reaches a database is the same on both.
          exclude: [
            'tests/scenario/{simulator,storage-faults,stores,phone}*',
            'tests/api/{client-files,packed-push}.test.ts',
          ],
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: ['tests/postgres/start-cluster.ts'],
        },
      },
    ],
  },
});
