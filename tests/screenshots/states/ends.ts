import type { Page } from '@playwright/test';
import { finishTurf } from './list.ts';
import { closeToast, type Scene } from './scene.ts';

/** Until the page is loaded anew, its storage is full. */
function failToWrite(): void {
  for (const name of ['put', 'add'] as const) {
    IDBObjectStore.prototype[name] = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  }
}

/** What was not saved, the end of a shift, and a turf that was taken away. */
export async function takeEnds(scene: Scene, page: Page): Promise<void> {
  const { camera, say, shift } = scene;
  await camera.state(page, 'not-saved', async () => {
    await page.goto('/walk');
    await page.locator('.list-filter .segment').nth(0).click();
    await page.evaluate(failToWrite);
    await page.locator('.not-home-button').first().click();
    await page.locator('.not-saved').waitFor();
  });
  await camera.state(page, 'list-all-done', async () => {
    await finishTurf(page);
    await closeToast(page);
  });
  await camera.state(page, 'done-sheet', async () => {
    await page.goto('/walk');
    await page.locator('.list-filter .segment').nth(2).click();
    await page.getByRole('button', { name: say('I am done for today') }).click();
    await page.locator('.shift-end').waitFor();
    await page.waitForTimeout(1500);
  });
  await camera.state(page, 'wipe', () =>
    page.getByRole('button', { name: say('Delete the list here') }).click(),
  );
  await camera.state(page, 'ended', async () => {
    await shift.end();
    await page.goto('/walk');
    await page.locator('.ended, .no-walk').first().waitFor({ timeout: 30_000 });
  });
}

/** A phone without a PIN, closed where there is no signal. */
export async function takeListLost(scene: Scene, page: Page): Promise<void> {
  await scene.camera.state(page, 'list-comes-back', async () => {
    await page.context().setOffline(true);
    await page.goto('/walk');
    await page.locator('.ended').waitFor();
  });
}
