import type { Page } from '@playwright/test';
import { closeToast, type Scene } from './scene.ts';

/** Not home at the first door that is still to do; the row goes away. */
async function markNotHome(page: Page): Promise<void> {
  const row = page.locator('.door-row', { has: page.locator('.not-home-button') }).first();
  const id = await row.getAttribute('id');
  await row.locator('.not-home-button').click();
  await page.locator(`[id="${id}"] .not-home-button`).waitFor({ state: 'detached' });
}

/** The list, the map and the script of a turf on which nothing has been done yet, and their sheets. */
export async function takeList(scene: Scene, page: Page): Promise<void> {
  const { camera, say } = scene;
  await camera.state(page, 'list-nothing-done', () => page.goto('/walk'));
  await camera.state(page, 'list-nobody-out', () =>
    page.locator('.list-filter .segment').nth(1).click(),
  );
  await camera.state(
    page,
    'tower-open',
    async () => {
      await page.locator('.list-filter .segment').nth(0).click();
      const head = page.locator('.tower-head').first();
      if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
      await page.locator('.unit-grid').first().waitFor();
    },
    '.tower-body',
  );
  await camera.state(page, 'tower-add-units', async () => {
    await page.locator('.building-actions button').nth(1).click();
    await page.locator('.sheet input').last().fill('9A-9C');
  });
  await camera.state(page, 'map', () => page.goto('/walk/map'));
  await camera.state(page, 'script', () => page.goto('/walk/script'));
  await camera.state(page, 'screen-and-help', async () => {
    await page.goto('/walk');
    await page.locator('.walk-signs .button-icon').click();
    await page.locator('.screen-choices').waitFor();
  });
  await camera.state(page, 'map-while-power-is-saved', async () => {
    await page.locator('.screen-choice input').last().check();
    await page.goto('/walk/map');
  });
  await page.evaluate(() => localStorage.removeItem('homeground.display'));
  await camera.state(page, 'sync-sheet', async () => {
    await page.goto('/walk');
    await page.locator('.walk-signs .pill').click();
    await page.locator('.sheet .stats').waitFor();
  });
  await camera.state(page, 'hand-over', () =>
    page.getByRole('button', { name: say('Hand this turf on to another phone') }).click(),
  );
  await camera.state(page, 'list-saved-just-now', async () => {
    await page.goto('/walk');
    await markNotHome(page);
    await page.locator('.toast').waitFor();
  });
}

/** The list when some doors are done, without signal, and when all are. */
export async function takeWalked(scene: Scene, page: Page): Promise<void> {
  const { camera } = scene;
  await camera.state(page, 'list-some-done', async () => {
    await page.goto('/walk');
    for (let door = 0; door < 3; door++) await markNotHome(page);
    await closeToast(page);
    await page.locator('.list-filter .segment').nth(2).click();
  });
  await camera.state(page, 'map-some-done', () => page.goto('/walk/map'));
  await camera.state(page, 'list-offline', async () => {
    await page.goto('/walk');
    await page.locator('.list-filter .segment').nth(0).click();
    await page.context().setOffline(true);
    await markNotHome(page);
    await closeToast(page);
    await page.waitForTimeout(4000);
  });
  await camera.state(page, 'sync-sheet-offline', async () => {
    await page.locator('.walk-signs .pill').click();
    await page.locator('.sheet .stats').waitFor();
  });
  await page.context().setOffline(false);
}

/** Everything that is still to do is done. */
export async function finishTurf(page: Page): Promise<void> {
  await page.goto('/walk');
  await page.locator('.list-filter .segment').nth(0).click();
  for (let round = 0; round < 80; round++) {
    const floor = page.locator('.floor-head button').first();
    const door = page.locator('.not-home-button').first();
    const next = page.locator('.next-bar a');
    // Either may go away in between: then it is done, and the next round goes on.
    if ((await floor.count()) > 0) await floor.click({ timeout: 1500 }).catch(() => {});
    else if ((await door.count()) > 0) await door.click({ timeout: 1500 }).catch(() => {});
    else if ((await next.count()) > 0) {
      await next.click();
      await page.locator('.result-not-home').click();
      await page.locator('.list-page').waitFor();
    } else return;
    await page.waitForTimeout(150);
  }
}
