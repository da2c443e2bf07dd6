import { expect, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { drawnDoors } from './desk-work.ts';
import { linkFor, signIn } from './people.ts';

test('a coordinator draws by taps, takes one back, saves, renames and deletes', async ({
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
    await page.getByRole('button', { name: 'Draw a turf' }).tap();
    await expect(page.getByLabel('Name of the turf')).toBeVisible();
    const box = await page.locator('.leaflet-container').boundingBox();
    if (box === null) throw new Error('There is no map.');
    const tap = (x: number, y: number): Promise<void> =>
      page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y);
    await tap(0.55, 0.6);
    await tap(0.65, 0.6);
    await tap(0.9, 0.9);
    await page.keyboard.press('Backspace');
    await tap(0.65, 0.68);
    await tap(0.55, 0.68);
    await tap(0.55, 0.6);
    await expect(drawnDoors(page)).not.toHaveText('0');
    const drawn = await drawnDoors(page).innerText();
    await page.getByLabel('Name of the turf').fill('By thumb');
    await page.getByRole('button', { name: 'Save turf' }).tap();
    const row = page.getByRole('button', { name: /By thumb/ });
    await expect(row).toContainText(drawn);
    await row.tap();
    await page.getByLabel('Name of the turf').fill('By hand');
    await page.getByRole('button', { name: 'Rename' }).tap();
    await expect(page.getByRole('button', { name: /By hand.*draft/ })).toBeVisible();
    await page.getByRole('button', { name: 'Delete', exact: true }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).tap();
    await expect(page.getByRole('button', { name: /By hand/ })).toHaveCount(0);
  } finally {
    await server.remove();
  }
});
