import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChapterServer } from './chapter-server.ts';
import { CHROMIUM } from './find-chromium.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from './people.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { watchFaults } from './watch-faults.ts';

// What this browser itself asks its maker about the fields of a form is no doing of a page.
test.use({
  launchOptions: {
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-features=AutofillServerCommunication',
    ],
  },
});

let server: ChapterServer;
let proxy: RecordingProxy;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
  proxy = await RecordingProxy.open(server.url);
});
test.afterAll(async () => {
  await proxy.close();
  await server.remove();
});

test('the desk asks no other host and breaks no rule of its pages', async ({ browser }) => {
  const context = await browser.newContext({
    ...DESK,
    baseURL: server.url,
    proxy: proxy.settings,
  });
  const faults = await watchFaults(context);
  const page = await signIn(context, linkFor(server, 'Admin'));
  const rail = page.getByRole('navigation').getByRole('link');
  const paths = new Set<string>();
  for (const link of await rail.all()) paths.add((await link.getAttribute('href')) ?? '');
  // Pages that stand behind another one are found there.
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    for (const link of await page.locator('a[href^="/desk/"]').all()) {
      const href = await link.getAttribute('href');
      if (href !== null && paths.size < 40) paths.add(href);
    }
  }
  expect(paths.size).toBeGreaterThan(8);
  await page.goto('/desk/turf');
  await expect(page.locator('.leaflet-container')).toBeVisible();
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await expect(page.locator('.map-drawing')).toBeVisible();
  await page.getByText('Cut automatically').click();
  await page.getByRole('button', { name: /^Cut [\d,]+ doors$/ }).click();
  await expect(page.getByText('Walking past every door').first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the cut' }).click();
  await page.goto('/desk/roll');
  const roll = Buffer.from('first name,last name,address\nAda,Oak,1 Main St\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'roll.csv', mimeType: 'text/csv', buffer: roll });
  await expect(page.getByText('The first rows, as we read them')).toBeVisible();
  expect(faults).toEqual([]);
  expect(proxy.foreign).toEqual([]);
  await context.close();
});

test('joining and walking ask no other host and break no rule of their pages', async ({
  browser,
}) => {
  const context = await browser.newContext({
    ...PHONE,
    baseURL: server.url,
    proxy: proxy.settings,
  });
  const faults = await watchFaults(context);
  const page = await joinAsPhone(context, server, 'Ilse');
  await page.goto('/walk/map');
  await expect(page.locator('.leaflet-container')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.goto('/walk/script');
  await page.waitForLoadState('networkidle');
  await page.goto('/walk');
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await expect(page.locator('.talk-page')).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  for (const path of ['/', '/join', '/enter']) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  }
  expect(faults).toEqual([]);
  expect(proxy.foreign).toEqual([]);
  await context.close();
});

test('a page can turn no text into markup or a script, and the server hears of the try', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await context.newPage();
  await page.goto('/enter');
  const done = await page.evaluate(async () => {
    const tries = {
      markup: () => (document.body.innerHTML = '<img src=x>'),
      script: () => (document.createElement('script').src = '/assets/x.js'),
      worker: () => new Worker('/v1/exports/knocks.csv'),
      code: () => Reflect.construct(Function, ['return 1']),
      policy: () => {
        const factory = (window as { trustedTypes?: { createPolicy(n: string, r: object): void } })
          .trustedTypes;
        factory?.createPolicy('own', { createHTML: (text: string) => text });
      },
    };
    // Not within the debugger's own call, which may do what a page may not.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return Object.entries(tries).map(([name, attempt]) => {
      try {
        attempt();
        return `${name} went through`;
      } catch {
        return `${name} refused`;
      }
    });
  });
  expect(done).toEqual([
    'markup refused',
    'script refused',
    'worker refused',
    'code refused',
    'policy refused',
  ]);
  await expect.poll(() => server.printed).toContain('a browser stopped something on a page');
  await context.close();
});

/** Names of vocabularies, and where the texts of faults and comments of packages send a reader. */
const INERT = new Set([
  'http://www.w3.org/1998/Math/MathML',
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/1999/xlink',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/XML/1998/namespace',
  'http://bit.ly/2kdckMn',
  'https://bit.ly/wb-precache',
  'https://github.com/mholt/PapaParse',
  'https://react.dev/errors/',
  'https://simplewebauthn.dev/docs/packages/browser#typeerror-cannot-read-properties-of-undefined-reading-challenge',
  'https://tinyurl.com/y2uuvskb',
]);

test('the built app names no address outside of itself', () => {
  const client = fileURLToPath(new URL('../../dist/client', import.meta.url));
  const named = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html|svg|json|webmanifest)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(client, name), 'utf8');
      const found = text.match(/\b(?:https?|wss?|ftp):\/\/[^\s"'`\\<>)]+/g) ?? [];
      return found.filter((url) => !INERT.has(url)).map((url) => `${name} ${url}`);
    });
  expect(named).toEqual([]);
});
