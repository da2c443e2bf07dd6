import { expect, type Page } from '@playwright/test';

/** An operation as the phone's outbox holds it, read from IndexedDB past all of our code. */
export interface RawOp {
  readonly opId: string;
  readonly type: string;
  readonly state: string;
  /** Empty: what was said is sealed to the chapter, and behind the key of the turf. */
  readonly body: string;
}

/** Everything in the phone's outbox, sent or not. */
export function readOutbox(page: Page): Promise<RawOp[]> {
  return page.evaluate(async () => {
    const open = indexedDB.open('homeground-outbox');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.addEventListener('success', () => resolve(open.result));
      open.addEventListener('error', () => reject(new Error('no outbox')));
    });
    const read = db.transaction('ops').objectStore('ops').getAll();
    const rows = await new Promise<RawOp[]>((resolve, reject) => {
      read.addEventListener('success', () => resolve(read.result as RawOp[]));
      read.addEventListener('error', () => reject(new Error('no ops')));
    });
    db.close();
    return rows;
  });
}

/** One gesture: not home at the first door that is still to do. */
export async function markNotHome(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: /^Not home:/ });
  await expect(buttons.first()).toBeVisible();
  // What lies below the first screen is drawn after it.
  await expect(page.locator('.list-scroll[aria-busy]')).toHaveCount(0);
  // Of a long list only what is near is drawn: the one that was pressed goes, others may come.
  const name = (await buttons.first().getAttribute('aria-label')) ?? '';
  await buttons.first().click();
  await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
}

/** Opens the next door, talks with the first person there, answers everything, saves. */
export async function talkAtNextDoor(page: Page, note: string): Promise<void> {
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  const support = page.getByRole('group', { name: 'Will you vote yes?' });
  await expect(support.getByRole('radio', { checked: true })).toHaveCount(0);
  await support.getByText('2', { exact: true }).click();
  await page.getByText('Rent', { exact: true }).click();
  await page.getByText('Yard sign', { exact: true }).click();
  await page.getByLabel('Anything else?').fill('Fix the boiler');
  await page.getByLabel('Note', { exact: true }).fill(note);
  await page.getByRole('button', { name: 'Save conversation' }).click();
  await expect(page.getByRole('link', { name: /^Next door:/ })).toBeVisible();
}

/** Opens the next door and saves one of the results that ask whom they are about. */
export async function saveResult(page: Page, result: string): Promise<void> {
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.result-grid').getByRole('button', { name: result }).click();
  const sheet = page.getByRole('dialog');
  await sheet.locator('label.chip').first().click();
  await sheet.getByRole('button', { name: /^Save/ }).click();
  // Whoever moved away leads on to who lives there now.
  if (result === 'Moved') await sheet.getByRole('button', { name: 'Nobody met' }).click();
  await expect(page.getByRole('link', { name: /^Next door:/ })).toBeVisible();
}

/** Adds somebody who is in no roll and talks with them. */
export async function talkWithResident(page: Page, firstName: string): Promise<void> {
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.getByRole('button', { name: 'Somebody else opened' }).click();
  await page.getByLabel('First name').fill(firstName);
  await page.getByRole('button', { name: 'Add and talk' }).click();
  await page
    .getByRole('group', { name: 'Will you vote yes?' })
    .getByText('1', { exact: true })
    .click();
  await page.getByRole('button', { name: 'Save conversation' }).click();
  await expect(page.getByRole('link', { name: /^Next door:/ })).toBeVisible();
}
