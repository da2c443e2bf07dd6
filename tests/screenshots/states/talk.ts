import type { Page } from '@playwright/test';
import { closeToast, type Scene } from './scene.ts';

/** A finger writes a name. */
async function sign(page: Page): Promise<void> {
  const box = await page.locator('.sign-lines').boundingBox();
  if (box === null) throw new Error('no field to sign');
  await page.mouse.move(box.x + 40, box.y + box.height / 2);
  await page.mouse.down();
  for (let at = 0; at < 24; at++) {
    const dip = Math.sin(at) * box.height * 0.25;
    await page.mouse.move(box.x + 40 + at * 9, box.y + box.height / 2 + dip);
  }
  await page.mouse.up();
}

/** A conversation: the script, its branches, and what can be asked besides. */
export async function takeTalk(scene: Scene, page: Page, door: string): Promise<void> {
  const { camera, say } = scene;
  await camera.state(page, 'talk', async () => {
    await page.goto(door);
    await page.locator('button.person').first().click();
    await page.locator('.questions').waitFor();
  });
  await camera.state(
    page,
    'talk-branches',
    async () => {
      await page.locator('.support-option').nth(1).click();
      // The last choice of each other question: what follows from it comes on the way.
      const choices = page.locator('.questions > li fieldset:has(.chip)');
      for (let at = 0; at < (await choices.count()); at++) {
        await choices.nth(at).locator('label').last().click();
      }
    },
    '.questions > li:nth-of-type(2)',
  );
  await camera.state(
    page,
    'talk-consent',
    () => page.locator('.ask-others summary').first().click(),
    '.ask-more .question:nth-of-type(2)',
  );
  await camera.state(page, 'talk-signature', async () => {
    await page.locator('.sign-list button').first().click();
    await page.locator('.sign-dialog').waitFor();
  });
  await camera.state(page, 'talk-signature-drawn', () => sign(page));
  await camera.state(
    page,
    'talk-signed',
    async () => {
      await page.locator('.sign-acts button').last().click();
      await closeToast(page);
    },
    '.sign-part',
  );
  await camera.state(page, 'talk-promise', async () => {
    await page.locator('.promise-part button').last().click();
    await page.locator('.sheet').waitFor();
  });
  await camera.state(page, 'talk-saved', async () => {
    await page.locator('.sheet-head .button-icon').click();
    await page.getByRole('button', { name: say('Save conversation') }).click();
    await page.locator('.list-page').waitFor();
  });
  await camera.state(page, 'door-visited', async () => {
    await page.goto(door);
    await page.locator('.door-page').waitFor();
  });
}
