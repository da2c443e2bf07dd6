import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { keepOpen } from './guard-steps.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from './people.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

const DESK_PAGES = [
  'roll',
  'roll/unmatched',
  'roll/compare',
  'roll/duplicates',
  'roll/layers',
  'universes',
  'turf',
  'launch',
  'shifts',
  'buildings',
  'paper',
  'phones',
  'held',
  'scripts',
  'petitions',
  'follow-ups',
  'tags',
  'keys',
  'chapter',
  'people',
  'audit',
  'shares',
  'rules',
  'backups',
];
const WALK_PAGES = ['/walk', '/walk/map', '/walk/script'];

/** Colours are judged once nothing fades any more. */
async function settle(): Promise<void> {
  const fading = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(fading.map((animation) => animation.finished));
}

/** What is out of sight is laid out only when it comes into sight: it is judged as it is seen then. */
function layOutAll(): void {
  const [sheet] = document.styleSheets;
  sheet?.insertRule('* { content-visibility: visible !important }', sheet.cssRules.length);
}

/** Nothing that WCAG 2.2 AA forbids, and nothing wider than the screen. */
async function expectUsable(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(layOutAll);
  await page.evaluate(settle);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary: why }) => `${id}: ${html} ${why}`),
  );
  expect(found, `${page.url()} for assistive technology`).toEqual([]);
  const [wide, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  expect(wide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(screen);
}

/** Keeps every address that a page asks and that is not its own chapter's. */
function watchForeign(page: Page): string[] {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(server.url) && !/^(blob|data):/.test(url)) foreign.push(url);
  });
  return foreign;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the desk's pages are accessible and ask no foreign host (${colorScheme})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ ...DESK, colorScheme, baseURL: server.url });
    const page = await signIn(context, linkFor(server, 'Admin'));
    const foreign = watchForeign(page);
    for (const name of DESK_PAGES) {
      await page.goto(`/desk/${name}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectUsable(page);
    }
    const [turf] = await page.evaluate(
      async () => (await (await fetch('/v1/turfs')).json()) as { id: string }[],
    );
    for (const path of [`turf/${turf?.id}/walk`, `paper?turf=${turf?.id}`]) {
      await page.goto(`/desk/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectUsable(page);
    }
    await page.goto('/desk/launch?other=1');
    await expect(page.getByRole('button', { name: 'Make the stall' })).toBeVisible();
    await expectUsable(page);
    await page.getByRole('radio', { name: 'Call lists' }).check();
    await expect(page.getByRole('button', { name: 'Make the lists' })).toBeVisible();
    await expectUsable(page);
    await page.goto(`/desk/launch?turf=${turf?.id}`);
    await page.getByRole('button', { name: 'For a phone with no signal' }).click();
    await expect(page.getByRole('button', { name: 'Show the ten letters' })).toBeVisible();
    await expectUsable(page);
    expect(foreign).toEqual([]);
    await context.close();
  });

  test(`the phone's pages are accessible and ask no foreign host (${colorScheme})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ ...PHONE, colorScheme, baseURL: server.url });
    const page = await joinAsPhone(context, server, 'Axel');
    const foreign = watchForeign(page);
    await keepOpen(context);
    for (const path of WALK_PAGES) {
      await page.goto(path);
      await expectUsable(page);
    }
    await page.goto('/walk');
    await page.getByRole('button', { name: 'all with the chapter' }).click();
    await expect(page.getByRole('dialog').getByText('Where my work is')).toBeVisible();
    await expectUsable(page);
    await page.getByRole('button', { name: 'Slip of this shift' }).click();
    await expect(page.getByText('You have saved nothing in this turf today.')).toBeVisible();
    await expectUsable(page);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /^Next door:/ }).click();
    await expect(page.locator('.door-page')).toBeVisible();
    await expectUsable(page);
    for (const name of [/^Tags and corrections/, 'Language barrier', 'Come back', 'Promise']) {
      await page.locator('.door-page').getByRole('button', { name }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectUsable(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
    await expect(page.locator('.talk-page')).toBeVisible();
    await expectUsable(page);
    expect(foreign).toEqual([]);
    await context.close();
  });
}

test('the walk fits 320 px with letters at twice their size', async ({ browser }) => {
  const viewport = { width: 320, height: 640 };
  const context = await browser.newContext({ ...PHONE, viewport, baseURL: server.url });
  const page = await joinAsPhone(context, server, 'Grace');
  await keepOpen(context);
  for (const path of WALK_PAGES) {
    await page.goto(path);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await expectUsable(page);
  }
  await context.close();
});

test('a browser that can keep nothing says so before a walk begins', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  const page = await context.newPage();
  await page.goto(linkFor(server, 'Canvasser'));
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveCount(0);
  await context.close();
});

test('a code that never was opens nothing, and what was typed stays', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await context.newPage();
  await page.goto('/join');
  await page.getByLabel('Code').fill('0000-0000');
  await page.getByLabel('Your name').fill('Nobody');
  await page.getByLabel('I have read the rules').check();
  await page.getByRole('button', { name: 'Get my turf' }).click();
  await expect(page.getByText('This code does not open a turf.')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Nobody');
  await context.close();
});
