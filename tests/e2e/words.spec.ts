import { expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { keepOpen } from './guard-steps.ts';
import { joinAsPhone, PHONE } from './people.ts';

async function chooseSpanish(page: Page): Promise<void> {
  await page.locator('.walk-signs .button-icon').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByLabel('Español').click();
}

test('the words of one language are on the phone; another is asked for once, with a signal', async ({
  browser,
}) => {
  const server = await ChapterServer.make();
  try {
    await server.start();
    const context = await browser.newContext({ ...PHONE, baseURL: server.url });
    const page = await joinAsPhone(context, server, 'Pilar', 'pin');
    await keepOpen(context);

    await context.setOffline(true);
    await chooseSpanish(page);
    // What is said meanwhile can be read and closed, with the sheet open below it.
    await expect(page.getByText('Español is not on this device yet.')).toBeVisible();
    await page.locator('.toast-close').click();
    await expect(page.getByRole('dialog', { name: 'Screen and help' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('.walk-signs .button-icon')).toBeFocused();

    await context.setOffline(false);
    await chooseSpanish(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await context.setOffline(true);
    await page.reload();
    await expect(page.locator('.door-row').first()).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(page.getByRole('button', { name: /^No estaba/ }).first()).toBeVisible();
    await context.close();
  } finally {
    await server.remove();
  }
});
