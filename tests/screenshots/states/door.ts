import type { Page } from '@playwright/test';
import { closeToast, type Scene } from './scene.ts';

/** Opens a sheet over the door that is open. */
async function openSheet(page: Page, door: string, press: () => Promise<void>): Promise<void> {
  await page.goto(door);
  await page.locator('.door-page').waitFor();
  await press();
  await page.locator('.sheet').waitFor();
}

/** A door and all that is opened over it. */
export async function takeDoor(scene: Scene, page: Page, door: string): Promise<void> {
  const { camera, say } = scene;
  const press = (words: string) => page.getByRole('button', { name: say(words) }).first();
  const result = (code: string) => page.locator(`.result-${code}`);
  const sheet = page.locator('.sheet');
  const chip = (at: number) => sheet.locator('label.chip').nth(at);
  const state = (name: string, open: () => Promise<void>, more: () => Promise<unknown>) =>
    camera.state(page, name, async () => {
      await openSheet(page, door, open);
      await more();
    });
  const asItIs = (): Promise<void> => Promise.resolve();

  await camera.state(page, 'door', async () => {
    await page.goto(door);
    await page.locator('.result-grid').waitFor();
  });
  await state('result-refused', () => result('refused').click(), asItIs);
  await state('result-language', () => result('language-barrier').click(), asItIs);
  await state(
    'result-language-other',
    () => result('language-barrier').click(),
    async () => {
      await sheet.getByText(say('Another one'), { exact: true }).click();
      await page.keyboard.type('qu');
    },
  );
  await state(
    'result-come-back',
    () => result('come-back').click(),
    () => chip(1).click(),
  );
  await state(
    'result-nothing-chosen',
    () => result('come-back').click(),
    async () => {
      await sheet.locator('.sheet-foot button').click();
    },
  );
  await state('result-do-not-contact', () => result('do-not-contact').click(), asItIs);
  await state('result-moved', () => result('moved').click(), asItIs);
  await state(
    'moved-who-now',
    () => result('moved').click(),
    async () => {
      await chip(0).click();
      await sheet.locator('.sheet-foot button').click();
      await page.locator('.sheet-two').waitFor();
    },
  );
  await state(
    'note',
    () => press('Only a note').click(),
    () => sheet.locator('textarea').fill('Very religious, has cancer, asks for a lawn sign'),
  );
  await state('promise', () => press('Promise something').click(), asItIs);
  await state('resident', () => press('Somebody else opened').click(), asItIs);
  await state(
    'person-tags-corrections',
    () => page.locator('.person-line .button-icon').first().click(),
    async () => {
      await sheet.locator('label.chip').first().click();
      await closeToast(page);
    },
  );
  await state(
    'building',
    () => page.locator('.building-actions button').first().click(),
    () => chip(0).click(),
  );
  await state(
    'building-entrance',
    () => page.locator('.building-actions button').first().click(),
    () => chip(1).click(),
  );
}

/** A door where somebody asked not to be contacted. */
export async function takeStopped(scene: Scene, page: Page, door: string): Promise<void> {
  await scene.camera.state(page, 'door-do-not-contact', async () => {
    await openSheet(page, door, () => page.locator('.result-do-not-contact').click());
    await page.locator('.sheet .stop-list button').last().click();
    await page.locator('.list-page').waitFor();
    await closeToast(page);
    await page.goto(door);
    await page.locator('.notice').first().waitFor();
  });
}
