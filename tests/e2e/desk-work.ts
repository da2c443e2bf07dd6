import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

/** Uploads a voter file, looks at its columns, says its terms and starts the import. */
async function sendRoll(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText('What the columns mean')).toBeVisible();
  await expect(page.getByText('The first rows, as we read them')).toBeVisible();
  await page.getByLabel('The state that it comes from').selectOption('US-OH');
  await page.getByLabel('What it was given for').selectOption('political');
  await page.getByLabel('Where this server is').selectOption('us');
  await page.getByLabel('The day you got it').fill('2026-03-01');
  await page.getByLabel('What was signed for it').fill('Form 12 of the county');
  await page.getByRole('button', { name: 'Start the import' }).click();
}

/** Imports the chapter's first voter file and waits for its report. */
export async function importRoll(page: Page, path: string): Promise<void> {
  await page.goto('/desk/roll');
  await sendRoll(page, path);
  await expectInPlace(page, 1);
}

/** Imports a newer voter file and waits until its differences are shown. */
export async function compareRoll(page: Page, path: string): Promise<void> {
  await page.goto('/desk/roll');
  await sendRoll(page, path);
  await page.waitForURL('**/desk/roll/compare', { timeout: 60_000 });
  await expect(page.locator('.compare-counts')).toBeVisible();
}

/** Expects numbers below the bar in which two rolls are compared. */
export async function expectCounts(
  page: Page,
  counts: Readonly<Record<'same' | 'changed' | 'moved' | 'new' | 'gone', number>>,
): Promise<void> {
  const said = Object.entries(counts).map(
    ([kind, n]) => `${kind === 'same' ? 'the same' : kind}${n.toLocaleString('en')}`,
  );
  await expect(page.locator('.compare-counts > div')).toHaveText(said);
}

/** Puts the roll that was compared in place and waits for its report, the newest of so many. */
export async function putInPlace(page: Page, imports: number): Promise<void> {
  await page.getByRole('button', { name: 'Put the new roll in place' }).click();
  await expectInPlace(page, imports);
}

async function expectInPlace(page: Page, count: number): Promise<void> {
  const imports = page.locator('.roll-imports details');
  await expect(imports).toHaveCount(count, { timeout: 60_000 });
  await expect(imports.first()).toContainText('done');
  await expect(imports.first().getByText('in the file')).toBeVisible();
}

/** Narrows the people by age and saves them as a universe; gives how many people that is. */
export async function saveUniverse(page: Page, name: string, minAge: number): Promise<number> {
  await page.goto('/desk/universes');
  const count = page.locator('.universe-count dl');
  await expect(count).toContainText(/\d people|people\s*\d|\d/);
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('searchbox', { name: 'Search conditions' }).fill('age');
  await page.getByRole('button', { name: 'Age', exact: true }).click();
  await page.getByLabel('From', { exact: true }).fill(String(minAge));
  const counted = page.waitForResponse(/\/v1\/universes\/count/);
  await page.getByLabel('From', { exact: true }).blur();
  await counted;
  await expect(page.locator('.universe-count[data-behind]')).toHaveCount(0);
  await page.getByLabel('Keep it as').fill(name);
  const saved = page.waitForResponse(
    (response) =>
      response.url().endsWith('/v1/universes') && response.request().method() === 'POST',
  );
  await page.getByRole('button', { name: 'Save the universe' }).click();
  const made = (await (await saved).json()) as { people: number };
  return made.people;
}

/** A point of the map, by shares of its width and height. */
export async function onMap(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await page.locator('.leaflet-container').boundingBox();
  if (box === null) throw new Error('There is no map.');
  return [box.x + box.width * x, box.y + box.height * y];
}

/** Sends the plan and waits until the chapter has it. */
export async function keepPlan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keep the plan' }).click();
  await expect(page.locator('.turf-foot')).toContainText('The plan is kept with the chapter.');
}

/** Where an outline is drawn: shares of the map's width and height. */
export interface Place {
  readonly middle: readonly [number, number];
  /** How far it goes from there. */
  readonly reach: number;
}

/** Draws an outline corner by corner with the mouse, closes it, names its turf and keeps it. */
export async function drawTurf(page: Page, name: string, { middle, reach }: Place): Promise<void> {
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await page.getByRole('radio', { name: 'Corners' }).click();
  const corners = [
    [-1, -1],
    [1, -1],
    [1.1, 0.1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const;
  for (const [x, y] of corners) {
    const at = await onMap(page, middle[0] + x * reach, middle[1] + y * reach);
    await page.mouse.move(...at, { steps: 4 });
    await page.mouse.click(...at);
  }
  await page.getByLabel('Name of the turf').fill(name);
  await page.getByRole('button', { name: 'Rename' }).click();
  await keepPlan(page);
}

/** Writes a script with one question of each kind and publishes it. */
export async function publishScript(page: Page): Promise<void> {
  await page.goto('/desk/scripts');
  await page.getByRole('button', { name: 'Write the first script' }).click();
  await page.getByLabel('Opening').fill('Hello, I am a neighbour from the tenants’ union.');
  const cards = page.getByLabel(/^Question \d+$/);
  const questions = [
    { kind: 'Support, 1 to 5', prompt: 'Will you vote yes?', options: [] },
    { kind: 'One choice', prompt: 'What matters most?', options: ['Rent', 'Repairs'] },
    { kind: 'Several choices', prompt: 'Will you help?', options: ['Yard sign', 'Meeting'] },
    { kind: 'Their own words', prompt: 'Anything else?', options: [] },
  ];
  const before = await cards.count();
  for (const [index, { kind, prompt, options }] of questions.entries()) {
    await page.locator('.script-add').getByRole('button', { name: kind }).click();
    const card = cards.nth(before + index);
    await card.getByLabel('What to ask').fill(prompt);
    for (const [at, option] of options.entries()) {
      await card.getByLabel(`Option ${at + 1}`, { exact: true }).fill(option);
    }
  }
  for (let extra = before; extra > 0; extra--) {
    await page.getByRole('button', { name: 'Remove question 1' }).click();
  }
  await page.getByLabel('Closing').fill('Thank you for your time.');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
}

/** Opens a turf's code on the launch board and reads it out. */
export async function openCode(page: Page, turf: string): Promise<string> {
  await page.goto('/desk/launch');
  await page.getByRole('link', { name: turf }).click();
  await page.getByRole('button', { name: /Open the code|Add a phone/ }).click();
  const letters = page.locator('.launch-letters');
  await expect(letters).toHaveText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  return letters.innerText();
}

/** Downloads one of the two files of contacts and gives its text. */
export async function downloadCsv(page: Page, which: 'knocks' | 'answers'): Promise<string> {
  await page.goto('/desk/chapter');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: `Download ${which}.csv` }).click();
  const ask = page.getByRole('button', { name: 'Use your passkey' });
  await Promise.race([download, ask.waitFor()]);
  if (await ask.isVisible()) await ask.click();
  return readFileSync(await (await download).path(), 'utf8');
}
