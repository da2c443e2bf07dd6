import { expect, test } from 'vitest';
import { needsInstall } from './needs-install.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15';
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0';

test.each([
  ['an iPhone in a tab', IPHONE, 5, false, true],
  ['an iPhone from its Home Screen', IPHONE, 5, true, false],
  ['an iPad that calls itself a Mac', MAC, 5, false, true],
  ['a Mac', MAC, 0, false, false],
  ['an Android phone in a tab', ANDROID, 5, false, false],
])('%s', (_, userAgent, maxTouchPoints, standalone, needed) => {
  expect(needsInstall({ userAgent, maxTouchPoints, standalone })).toBe(needed);
});
