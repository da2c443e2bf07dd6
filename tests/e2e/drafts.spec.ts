import { writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { DESK, linkFor, signIn } from './people.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

/** A look at another page and back, by the rail. */
async function lookAway(page: Page, back: string, at = 'Tags'): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Desk' });
  await rail.getByRole('link', { name: at, exact: true }).click();
  await expect(page.getByRole('heading', { name: at, level: 1 })).toBeVisible();
  await rail.getByRole('link', { name: back, exact: true }).click();
  await expect(page.getByRole('heading', { name: back, level: 1 })).toBeVisible();
}

test('what is written at the desk and not saved is there again after a look at another page', async ({
  browser,
}, info) => {
  test.setTimeout(120_000);
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Admin'));

  await page.goto('/desk/petitions');
  await page
    .getByRole('button', { name: /petition/ })
    .first()
    .click();
  const words = page.getByLabel('What people sign', { exact: true });
  await words.fill('We ask the council for rent stabilization.');
  await lookAway(page, 'Petitions');
  await expect(words).toHaveValue('We ask the council for rent stabilization.');
  await page.reload();
  await expect(words).toHaveValue('We ask the council for rent stabilization.');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('Draft saved', { exact: true })).toBeVisible();
  await lookAway(page, 'Petitions');
  await expect(page.getByRole('button', { name: 'Save draft' })).toBeDisabled();

  await page.goto('/desk/universes');
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('searchbox', { name: 'Search conditions' }).fill('age');
  await page.getByRole('button', { name: 'Age', exact: true }).click();
  await page.getByLabel('From', { exact: true }).fill('41');
  await page.getByLabel('From', { exact: true }).blur();
  await page.getByLabel('Keep it as').fill('Weekend 9');
  await lookAway(page, 'Universes');
  await expect(page.getByLabel('Keep it as')).toHaveValue('Weekend 9');
  await expect(page.locator('.universe-step[data-how]')).toContainText('41');
  await page.getByRole('button', { name: 'Save the universe' }).click();
  await expect(page.getByText('“Weekend 9” is saved')).toBeVisible();
  await lookAway(page, 'Universes');
  await expect(page.getByLabel('Keep it as')).toHaveValue('');
  await expect(page.locator('.universe-step[data-how]')).toHaveCount(0);

  await page.goto('/desk/shifts');
  await page.getByRole('button', { name: 'Announce a shift' }).click();
  await page.getByLabel('What it is called').fill('Saturday');
  await page.getByLabel('Where one meets').fill('Mill corner');
  await lookAway(page, 'Shifts');
  await expect(page.getByLabel('Where one meets')).toHaveValue('Mill corner');
  await page.getByRole('button', { name: 'Do not save' }).click();
  await lookAway(page, 'Shifts');
  await expect(page.getByLabel('Where one meets')).toHaveCount(0);

  await page.goto('/desk/buildings');
  await page.getByLabel('Find a building').fill('1 ');
  await page
    .getByRole('button', { name: /^Add what you know of/ })
    .first()
    .click();
  await page.getByLabel('What is so').fill('The gate is round the corner');
  await lookAway(page, 'Buildings');
  await expect(page.getByLabel('What is so')).toHaveValue('The gate is round the corner');
  await page.locator('.memory-form').getByRole('button', { name: 'Cancel' }).click();

  const path = info.outputPath('new-roll.csv');
  writeFileSync(path, 'id,first,last,address,city\n1,Ana,Ruiz,1 Mill Street,Larkfield\n');
  await page.goto('/desk/roll');
  await page.locator('input[type=file]').setInputFiles(path);
  await page.getByLabel('What was signed for it').fill('Form 12 of the county');
  await lookAway(page, 'Roll');
  await expect(page.getByRole('heading', { name: 'new-roll.csv' })).toBeVisible();
  await expect(page.getByLabel('What was signed for it')).toHaveValue('Form 12 of the county');
  await page.getByRole('button', { name: 'Another file' }).click();
  await lookAway(page, 'Roll');
  await expect(page.getByRole('heading', { name: 'new-roll.csv' })).toHaveCount(0);

  await page.goto('/desk/tags');
  await page.getByLabel('New tag').fill('Has a truck');
  await lookAway(page, 'Tags', 'Shifts');
  await expect(page.getByLabel('New tag')).toHaveValue('Has a truck');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Rename Has a truck' }).click();
  await page.getByLabel('Name of the tag').fill('Has a van');
  await lookAway(page, 'Tags', 'Shifts');
  await expect(page.getByLabel('New tag')).toHaveValue('');
  await expect(page.getByLabel('Name of the tag')).toHaveValue('Has a van');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await lookAway(page, 'Tags', 'Shifts');
  await expect(page.getByRole('button', { name: 'Rename Has a truck' })).toBeVisible();
  await expect(page.getByLabel('Name of the tag')).toHaveCount(0);

  await page.goto('/desk/rules');
  const months = page.getByLabel('Months that notes are kept');
  await months.fill('7');
  await page.getByRole('link', { name: 'Tags', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Tags', level: 1 })).toBeVisible();
  await page.goBack();
  await expect(months).toHaveValue('7');
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await expect
    .poll(() => page.evaluate(() => sessionStorage.getItem('homeground-draft rules')))
    .toBe(null);
  await expect(months).toHaveValue('7');

  await page.goto('/desk/launch?other=1');
  await page.getByLabel('What it is called').fill('Saturday stall');
  await page.getByRole('radio', { name: 'Call lists' }).check({ force: true });
  await page.getByLabel('What they are called').fill('Sunday calls');
  await lookAway(page, 'Launch');
  await page.getByRole('link', { name: 'Stall or calls' }).click();
  await expect(page.getByLabel('What it is called')).toHaveValue('Saturday stall');
  await page.getByRole('radio', { name: 'Call lists' }).check({ force: true });
  await expect(page.getByLabel('What they are called')).toHaveValue('Sunday calls');

  // Whoever signs in next in this tab finds nothing of it.
  await page.goto('/desk/petitions');
  await words.fill('Written by somebody else');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: /Sign in/ })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('somebody else');

  // Nor when it is another tab in which they do.
  const tab = await signIn(desk, linkFor(server, 'Admin'));
  await tab.goto('/desk/petitions');
  const wording = tab.getByLabel('What people sign', { exact: true });
  await tab
    .getByRole('button', { name: /petition/ })
    .first()
    .click();
  await wording.fill('Written in the first tab');
  await expect(tab.locator('.desk-rail')).toContainText('Admin');
  await signIn(desk, linkFor(server, 'Coordinator'));
  await tab.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(tab.locator('.desk-rail')).toContainText('Coordinator');
  await expect(tab.getByRole('heading', { name: 'Petitions', level: 1 })).toBeVisible();
  expect(await tab.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('first tab');
});
