import { expect, test } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_TOWN } from '../../fixtures/town/make-town.ts';
import { writeTown } from '../../fixtures/town/write-town.ts';
import { ChapterServer } from './chapter-server.ts';
import { compareRoll, expectCounts, putInPlace } from './desk-work.ts';
import { DESK, signIn } from './people.ts';

const larkfield = fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url));
const TERMS = ['--state', 'US-OH', '--purpose', 'political', '--server', 'us'].concat([
  '--obtained',
  '2026-03-01',
  '--agreement',
  'Form 12 of the county',
]);
const DIFFERS = { same: 8536, changed: 1, moved: 1, new: 0, gone: 3 };

/** A newer file of the same town: three people left, one is next door, one has another name. */
function writeNewer(path: string, to: string): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  const put = (at: number, before: string, now: string): void => {
    const line = lines[at] ?? '';
    if (!line.includes(before)) throw new Error(`No ${before} in ${line}`);
    lines[at] = line.replace(before, now);
  };
  put(1, ',Pham,', ',Alvarado,');
  put(2, ',102,', ',104,');
  lines.splice(100, 3);
  writeFileSync(to, lines.join('\n'));
}

test('a newer roll is compared first, found again after a reload, put in place and taken back', async ({
  browser,
}) => {
  const server = await ChapterServer.make();
  try {
    const folder = join(server.folder, 'larkfield');
    writeTown(larkfield, folder, DEMO_TOWN);
    const file = join(folder, 'voters-van.csv');
    const newer = join(folder, 'newer.csv');
    writeNewer(file, newer);
    await server.run('chapter', 'create', 'Larkfield', '--slug', 'town', '--time-zone', 'Etc/UTC');
    await server.run('place', 'load', folder, '--chapter', 'town');
    await server.run('roll', 'import', file, '--chapter', 'town', ...TERMS);
    const who = ['--role', 'research-lead', '--name', 'Rosa', '--json'];
    const made = await server.run('chapter', 'link', '--chapter', 'town', ...who);
    const { link } = JSON.parse(made) as { readonly link: string };
    await server.start('--empty');
    const page = await signIn(await browser.newContext({ ...DESK, baseURL: server.url }), link);

    await compareRoll(page, newer);
    await expectCounts(page, DIFFERS);
    await page.goto('/desk/roll');
    await expect(page.getByText('Waits for you to compare it', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Compare it' }).first().click();
    await expect(page.getByText('Alvarado').first()).toBeVisible();
    await page.getByRole('radio', { name: 'moved 1' }).check();
    await expect(page.locator('.compare-person')).toContainText('102 Alder Ave, Larkfield');
    await expect(page.locator('.compare-person')).toContainText('104 Alder Ave, Larkfield');

    await putInPlace(page, 2);
    await expect(page.locator('.stats')).toContainText('8,538');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await expect(page.locator('.stats')).toContainText('8,541');
    await page.getByRole('link', { name: 'Compare it' }).first().click();
    await expectCounts(page, DIFFERS);
  } finally {
    await server.remove();
  }
});
