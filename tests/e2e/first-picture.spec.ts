import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { keepOpen } from './guard-steps.ts';
import { joinAsPhone, PHONE } from './people.ts';

declare global {
  /** What has been in the page so far, in order: `list`, or what stood there before the list did. */
  var pictures: string[] | undefined;
  /** How many formats of numbers have been made so far. */
  var numberFormats: number | undefined;
}

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(async () => {
  await server.remove();
});

/**
 * In every page from now on: notes each picture, and lets the first one wait for the list as long as it
 * takes. Which way it came is the question here, and not how busy this machine is.
 */
async function notePictures(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const PATIENCE = 300;
    const own = window.setTimeout.bind(window);
    const patient = (work: TimerHandler, ms?: number, ...words: unknown[]): number =>
      own(work, ms === PATIENCE ? 60_000 : ms, ...words);
    Object.defineProperty(window, 'setTimeout', { value: patient });
    globalThis.numberFormats = 0;
    Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
      construct(own, words) {
        globalThis.numberFormats = (globalThis.numberFormats ?? 0) + 1;
        return Reflect.construct(own, words) as Intl.NumberFormat;
      },
    });
    const pictures: string[] = [];
    globalThis.pictures = pictures;
    const look = (): void => {
      const root = document.querySelector('#root > *');
      if (root === null) return;
      const picture = document.querySelector('.door-row') === null ? root.className : 'list';
      if (pictures.at(-1) !== picture) pictures.push(picture);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
}

async function openAt(page: Page, path: string): Promise<string[] | undefined> {
  await page.goto(path);
  await page.locator('.door-row').first().waitFor();
  return page.evaluate(() => globalThis.pictures);
}

test('a walk that is opened shows its list and nothing before it, from the icon too and with no signal', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(context, server, 'Rosa', 'pin');
  // With the list open in another tab no PIN is asked for.
  await keepOpen(context);
  await notePictures(context);
  for (const path of ['/walk', '/']) {
    expect(await openAt(page, path), path).toEqual(['list']);
    await expect(page).toHaveURL(/\/walk$/);
  }
  await context.setOffline(true);
  await server.kill();
  for (const path of ['/walk', '/']) {
    expect(await openAt(page, path), `${path} with no signal`).toEqual(['list']);
    await expect(page).toHaveURL(/\/walk$/);
  }
  // The first one of a process takes as long as all rows together.
  expect(await page.evaluate(() => globalThis.numberFormats)).toBe(0);
  await context.close();
});
