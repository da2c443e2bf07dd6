import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './find-chromium.ts';
import { lacksWebKit } from './webkit-browser.ts';

const lacking = lacksWebKit();
if (lacking !== null && process.env.TEST_WORKER_INDEX === undefined) {
  console.log(`The story on WebKit is not run: this machine lacks ${lacking}.`);
}

export default defineConfig({
  testDir: '.',
  testIgnore: lacking === null ? [] : ['webkit.spec.ts'],
  outputDir: '../../test-results',
  // Most of a story is waiting: two files side by side, each with a server of its own.
  fullyParallel: false,
  workers: 2,
  // In continuous integration a story is told again with its trace, and reported as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['line'], ['json']],
  use: {
    actionTimeout: 15_000,
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
