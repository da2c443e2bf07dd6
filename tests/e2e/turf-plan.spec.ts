import { expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { keepPlan, onMap } from './desk-work.ts';
import { DESK, linkFor, signIn } from './people.ts';

/** How many turfs the list has. */
async function countTurfs(page: Page): Promise<number> {
  const words = await page.getByRole('heading', { name: /^\d+ turfs$/ }).innerText();
  return Number.parseInt(words, 10);
}

test('a town is cut at once, then by hand; all is undone, done again, kept and published', async ({
  browser,
}) => {
  const server = await ChapterServer.make();
  try {
    await server.start();
    const desk = await browser.newContext({ ...DESK, baseURL: server.url });
    const page = await signIn(desk, linkFor(server, 'Coordinator'));
    await page.goto('/desk/turf');
    await page.getByText('Cut automatically').click();
    await page.getByLabel('Doors a turf').fill('60');
    await page.getByRole('button', { name: /^Cut [\d,]+ doors$/ }).click();
    await expect(page.getByRole('progressbar', { name: 'Every door is in a turf' })).toBeVisible({
      timeout: 60_000,
    });
    const cut = await countTurfs(page);
    expect(cut).toBeGreaterThan(60);

    // In two, with two presses; and the halves together again.
    const rows = page.locator('.turf-line');
    await rows.nth(cut - 1).click();
    await page.getByRole('button', { name: 'Split' }).click();
    await expect(page.locator('.map-drawing')).toBeVisible();
    await page.mouse.click(...(await onMap(page, 0.1, 0.45)));
    await page.mouse.move(...(await onMap(page, 0.8, 0.55)), { steps: 5 });
    await expect(page.locator('.turf-live-one')).toHaveCount(2);
    await page.mouse.click(...(await onMap(page, 0.9, 0.55)));
    expect(await countTurfs(page)).toBe(cut + 1);
    await page
      .locator('.turf-tick > input')
      .nth(cut - 1)
      .check();
    await page.locator('.turf-tick > input').nth(cut).check();
    await page.getByRole('button', { name: 'Merge them' }).click();
    expect(await countTurfs(page)).toBe(cut);

    // A stroke around some doors makes them a turf of their own, also when it is closed a little late.
    await page.getByRole('button', { name: 'Move doors' }).click();
    await expect(page.locator('.map-drawing')).toBeVisible();
    await page.mouse.move(...(await onMap(page, 0.4, 0.4)));
    await page.mouse.down();
    for (const [x, y] of [
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
      [0.41, 0.38],
    ] as const) {
      await page.mouse.move(...(await onMap(page, x, y)), { steps: 5 });
    }
    await page.mouse.up();
    await expect(page.getByRole('heading', { name: `${cut + 1} turfs` })).toBeVisible();

    // Three steps back and three on; then a reload, which loses nothing.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z');
    expect(await countTurfs(page)).toBe(cut);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Shift+z');
    expect(await countTurfs(page)).toBe(cut + 1);
    await expect(page.locator('.turf-foot')).toContainText('not kept yet');
    await page.reload();
    await expect(page.getByRole('heading', { name: `${cut + 1} turfs` })).toBeVisible();

    await keepPlan(page);
    await page.reload();
    await expect(page.getByRole('heading', { name: `${cut + 1} turfs` })).toBeVisible();
    await page.getByRole('button', { name: /^Turf 9 / }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByRole('button', { name: /^Turf 9 published/ })).toBeVisible();
  } finally {
    await server.remove();
  }
});
