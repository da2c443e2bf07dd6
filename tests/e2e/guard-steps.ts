import { type BrowserContext, expect, type Page } from '@playwright/test';

/** Of every phone in these tests that has one. */
const PIN = '482915';

/** The one step between the packet and the walk: what opens the list after a pause. */
export async function protect(page: Page, by: 'pin' | 'skip'): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Protect this phone' })).toBeVisible();
  if (by === 'skip') {
    await page.getByRole('button', { name: 'Skip' }).click();
    return;
  }
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByLabel('The same PIN once more').fill(PIN);
  await page.getByRole('button', { name: 'Use this PIN' }).click();
}

/** Opens a phone that is locked. */
export async function unlock(page: Page, pin = PIN): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(pin);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

/** A second tab with the list open: then the first can be loaded anew and is open at once. */
export async function keepOpen(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('/walk');
  await expect(page.locator('.door-row').first()).toBeVisible();
}
