import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { keepOpen } from './guard-steps.ts';
import { joinAsPhone, PHONE } from './people.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

/** Contrast is judged once nothing fades any more. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(async () => {
    const fading = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(fading.map((animation) => animation.finished));
  });
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth - window.innerWidth,
    // What scrolls inside the page must not run over sideways either.
    inside: [...document.querySelectorAll('.list-scroll, .walk-main, .sheet-body, .door-page')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.className),
  }));
  expect(wide, page.url()).toEqual({ page: 0, inside: [] });
}

async function expectReadable(page: Page, rules: readonly string[]): Promise<void> {
  await settle(page);
  const { violations } = await new AxeBuilder({ page }).withRules([...rules]).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary: why }) => `${id}: ${html} ${why}`),
  );
  expect(found, page.url()).toEqual([]);
}

/** The list, a door, the script and the sheet of screens, one after the other. */
async function throughTheWalk(page: Page, look: () => Promise<void>): Promise<void> {
  for (const path of ['/walk', '/walk/map', '/walk/script']) {
    await page.goto(path);
    await expect(page.locator('.walk-main h2').first()).toBeAttached();
    await look();
  }
  await page.goto('/walk');
  await page.locator('.next-bar a').click();
  await expect(page.locator('.door-page')).toBeVisible();
  await look();
  await page.locator('.walk-signs .button-icon').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look();
}

test('nothing scrolls sideways: 320 px, text at 200 %, and words from right to left', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(context, server, 'Nadia');
  await keepOpen(context);
  await page.setViewportSize({ width: 320, height: 640 });
  await throughTheWalk(page, () => expectNoSidewaysScroll(page));

  await page.setViewportSize(PHONE.viewport);
  await throughTheWalk(page, async () => {
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await expectNoSidewaysScroll(page);
  });

  await page.evaluate(() => localStorage.setItem('homeground.pseudo', 'rtl'));
  await throughTheWalk(page, async () => {
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expectNoSidewaysScroll(page);
    // Nothing of the screen's own words was left out of the catalogue.
    await expect(page.locator('.tab-bar')).toHaveText(/^[^a-z]+$/i);
  });
  await context.close();
});

test('the longest of our titles is whole at 320 px and 200 %, and a long name is broken, not cut', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(context, server, 'Ida');
  const sheet = page.getByRole('dialog');
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page
    .getByRole('button', { name: /^Tags and corrections/ })
    .first()
    .click();
  await sheet.getByLabel('Last name').fill('Krungthepmahanakhonamonrattanakosin');
  await sheet.getByRole('button', { name: 'Save what was put right' }).click();
  await expect(sheet).toHaveCount(0);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const result = (name: string) => page.locator('.result-grid').getByRole('button', { name });

  await result('Inaccessible').click();
  const title = sheet.getByRole('heading', { name: 'Inaccessible' });
  const lines = await title.evaluate(
    (one) =>
      one.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(one).lineHeight),
  );
  expect(Math.round(lines)).toBe(1);
  await page.keyboard.press('Escape');

  await result('Hostile').click();
  const name = sheet.locator('.chip-words', { hasText: 'Krungthep' });
  await expect(name).toBeVisible();
  const sticks = await name.evaluate(
    (one) => one.getBoundingClientRect().right - window.innerWidth,
  );
  expect(sticks).toBeLessThan(0);
  await context.close();
});

test('in full sun everything has 7:1; while power is saved there is no map', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(context, server, 'Sol');
  await keepOpen(context);
  await page.getByRole('button', { name: 'Screen and help' }).click();
  await page.getByLabel('Full sun').check();
  await throughTheWalk(page, () =>
    expectReadable(page, ['color-contrast-enhanced', 'color-contrast']),
  );
  await page.getByLabel('Save power').check();
  await page.getByRole('button', { name: 'Close' }).click();
  await throughTheWalk(page, () => expectReadable(page, ['color-contrast', 'target-size']));
  await page.goto('/walk/map');
  await expect(page.getByText('No map while power is saved')).toBeVisible();
  await expect(page.locator('.leaflet-container')).toHaveCount(0);
  // Another display is there at once: no words on a colour of the one before.
  const fading = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    delete dataset['lowPower'];
    dataset['scheme'] = 'light';
    return document
      .getAnimations()
      .map(({ effect }) => String(effect?.getComputedTiming().duration));
  });
  expect(fading).toEqual([]);
  await page.getByRole('button', { name: 'Stop saving power' }).click();
  await expect(page.locator('.leaflet-container')).toBeVisible();
  await context.close();
});
