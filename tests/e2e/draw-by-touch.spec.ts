import { expect, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { keepPlan, onMap } from './desk-work.ts';
import { linkFor, signIn } from './people.ts';

test('a coordinator draws by taps, takes one back, keeps, renames and deletes', async ({
  browser,
}) => {
  const server = await ChapterServer.make();
  try {
    await server.start();
    const tablet = await browser.newContext({
      viewport: { width: 820, height: 1180 },
      hasTouch: true,
      locale: 'en-US',
      baseURL: server.url,
    });
    const page = await signIn(tablet, linkFor(server, 'Coordinator'));
    await page.goto('/desk/turf');
    await page.getByRole('button', { name: 'Draw', exact: true }).tap();
    await page.getByRole('radio', { name: 'Corners' }).tap();
    const tap = async (x: number, y: number): Promise<void> =>
      page.touchscreen.tap(...(await onMap(page, x, y)));
    await tap(0.55, 0.6);
    await tap(0.65, 0.6);
    await tap(0.9, 0.9);
    await page.keyboard.press('Backspace');
    await tap(0.65, 0.68);
    await tap(0.55, 0.68);
    await tap(0.55, 0.6);
    await page.getByLabel('Name of the turf').fill('By hand');
    await page.getByRole('button', { name: 'Rename' }).tap();
    const row = page.getByRole('button', { name: /^By hand/ });
    await expect(row).toContainText(/[1-9]\d* doors?/);
    const drawn = await row.locator('strong').innerText();
    await keepPlan(page);
    // What is said of it lies above the buttons, not on them.
    const edge = async (of: string, side: 'top' | 'bottom'): Promise<number> =>
      page.locator(of).evaluate((one, at) => one.getBoundingClientRect()[at], side);
    await expect
      .poll(async () => (await edge('.toast', 'bottom')) - (await edge('.turf-foot', 'top')))
      .toBeLessThanOrEqual(0);
    await page.reload();
    await row.tap();
    await expect(row.locator('strong')).toHaveText(drawn);

    // The second press of a merge hits nothing: the first turf waits for another, until it is let go.
    await page.getByRole('button', { name: 'Merge' }).tap();
    const [strip, opened] = [page.locator('.turf-strip'), page.getByLabel('Name of the turf')];
    await tap(0.03, 0.9);
    await expect(strip).toContainText('By hand');
    await expect(opened).toBeVisible();
    await strip.getByRole('button', { name: 'Cancel' }).tap();
    await expect(opened).toHaveCount(0);
    await row.tap();
    await page.locator('.map').press('Escape');
    await expect(opened).toHaveCount(0);
    await row.tap();

    await page.getByRole('button', { name: 'Delete', exact: true }).tap();
    await expect(row).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect(row).toHaveCount(1);
  } finally {
    await server.remove();
  }
});
