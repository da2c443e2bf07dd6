import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { Turf, TurfDoor } from '#shared/model/turf.ts';
import { ChapterServer } from './chapter-server.ts';
import { HandPhone } from './hand-phone.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from './people.ts';
import { markNotHome, readOutbox } from './walk-work.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

/** A door of a turf that the demo's canvassers do not hold. */
async function foreignDoor(page: Page): Promise<TurfDoor> {
  const turfs = (await (await page.request.get('/v1/turfs')).json()) as readonly Turf[];
  const other = turfs.find(({ name }) => name === 'Turf 2');
  const doors = await (await page.request.get(`/v1/turfs/${other?.id}/doors`)).json();
  const [door] = doors as readonly TurfDoor[];
  if (door === undefined) throw new Error('The demo has one turf only.');
  return door;
}

/** Whether the actions of the cards that stay take a press when one card goes away. */
function watchNextRemoval(page: Page): Promise<readonly boolean[]> {
  return page.evaluate(
    () =>
      new Promise<readonly boolean[]>((resolve) => {
        const list = document.querySelector('.held-list');
        const before = list?.childElementCount;
        const look = new MutationObserver(() => {
          if (list?.childElementCount === before) return;
          look.disconnect();
          const actions = [...document.querySelectorAll('.held-card .button')];
          resolve(actions.map((one) => getComputedStyle(one).pointerEvents !== 'none'));
        });
        if (list !== null) look.observe(list, { childList: true });
      }),
  );
}

async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual(
    [],
  );
}

test('a coordinator decides what could not be applied: accepted, given another door, discarded', async ({
  browser,
}) => {
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  await page.goto('/desk/held');
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  const phone = await HandPhone.join(server, 'Wanda');
  const foreign = await foreignDoor(page);
  const good = phone.knock(foreign.doorId, 'Damaged on the way');
  const results = await phone.push([
    phone.knock(foreign.doorId, 'Knocked for a friend'),
    phone.knock(foreign.doorId, 'Knocked for a neighbour'),
    phone.knock('0190a0a0-0000-7000-8000-00000000dead', 'The blue house'),
    { ...good, sha256: '0'.repeat(64) },
  ]);
  expect(results.map((result) => result.status === 'held' && result.reason)).toEqual([
    'scope',
    'scope',
    'unknown-door',
    'corrupt',
  ]);

  await page.reload();
  const cards = page.locator('.held-card');
  await expect(cards).toHaveCount(4);
  await expect(page.getByRole('link', { name: /Held.*4 wait/ })).toBeVisible();
  await expectAccessible(page);

  // What comes up under the pointer after a decision takes no press at first: a double click.
  const neighbour = cards.filter({ hasText: 'for a neighbour' });
  const taken = watchNextRemoval(page);
  await neighbour.getByRole('button', { name: 'Accept' }).click();
  expect(new Set(await taken)).toEqual(new Set([false]));
  await expect(cards).toHaveCount(3);

  // Damaged: it may only be discarded, and that with a reason.
  const damaged = cards.filter({ hasText: 'Arrived damaged' });
  await expect(damaged.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await damaged.getByRole('button', { name: 'Discard' }).click();
  await damaged.getByRole('button', { name: 'Discard it' }).click();
  await expect(damaged.getByText('Write a few words')).toBeVisible();
  await damaged.getByLabel('Why does it not count?').fill('The same knock came whole later');
  await damaged.getByRole('button', { name: 'Discard it' }).click();
  await expect(cards).toHaveCount(2);

  // A door that the chapter does not know is found by its address.
  const blue = cards.filter({ hasText: 'The blue house' });
  await blue.getByRole('button', { name: 'Give it another door' }).click();
  await blue.getByLabel('Which door was it?').fill(foreign.label.toLowerCase());
  await expectAccessible(page);
  await blue.getByRole('list', { name: 'Doors found' }).getByRole('button').first().click();
  await expect(cards).toHaveCount(1);

  // And the last by keyboard alone: the focus is on it already.
  const last = cards.filter({ hasText: 'Knocked for a friend' });
  await expect(last.getByRole('heading')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Held', exact: true })).toBeVisible();

  await page.getByRole('radio', { name: 'Decided' }).check();
  await expect(cards).toHaveCount(4);
  await expect(cards.filter({ hasText: 'Discarded' })).toContainText('came whole later');
  await expect(cards.filter({ hasText: 'Given another door' })).toContainText('by Coordinator');
  await expectAccessible(page);

  // Three of the four knocks count now.
  const knocks = await signIn(desk, linkFor(server, 'Research lead'));
  const csv = await (await knocks.request.get('/v1/exports/knocks.csv')).text();
  expect(csv).toContain('Knocked for a friend');
  expect(csv).toContain('The blue house');
  expect(csv).not.toContain('Damaged on the way');
});

test('a coordinator sees whose work is not here yet', async ({ browser }) => {
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  const phone = await HandPhone.join(server, 'Noor');
  await phone.push([], 4);

  await page.goto('/desk/launch');
  await expect(page.getByText('1 phone has work that is not here yet')).toBeVisible();
  await page.getByRole('link', { name: 'See which' }).click();
  const card = page.getByRole('article', { name: 'Noor' });
  await expect(card).toContainText('4 on the phone only');
  await expectAccessible(page);

  await card.getByRole('button', { name: 'Take back Turf 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(card).toContainText('no turf');
  await card.getByRole('button', { name: /^Revoke/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Revoke it' })).toBeDisabled();
  await dialog.getByText('Yes, it is lost or was taken').click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Revoke it' }).click();
  await expect(card).toContainText('Reported lost');
  await expect(card).toContainText('It has not said yet that it deleted its turf.');

  // What it still had arrives all the same.
  await phone.push([]);
  await page.reload();
  await expect(card).toContainText('all here');
});

/** What a phone's databases still hold of a packet, read past all of our code. */
function readPacketRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const found = await indexedDB.databases();
    const name = found.find((one) => /packet/i.test(one.name ?? ''))?.name;
    if (name === undefined) return 0;
    const open = indexedDB.open(name);
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.addEventListener('success', () => resolve(open.result));
      open.addEventListener('error', () => reject(new Error('no packets')));
    });
    const all = await Promise.all(
      [...db.objectStoreNames].map((store) => {
        const read = db.transaction(store).objectStore(store).getAll();
        return new Promise<string>((resolve) => {
          read.addEventListener('success', () => resolve(JSON.stringify(read.result)));
        });
      }),
    );
    db.close();
    // The list, what the log said and what is half written: each lies in a box of its own.
    return all.join('').split('"box"').length - 1;
  });
}

test('the slip of a shift is the same on the phone and at the chapter, and says when it is not', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const walk = await joinAsPhone(context, server, 'Ida');
  for (let door = 0; door < 3; door++) await markNotHome(walk);
  await walk.getByRole('link', { name: /^Next door:/ }).click();
  await walk.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await walk.locator('.support-option').nth(1).click();
  await walk.getByRole('button', { name: 'Save conversation' }).click();
  await expect(walk.getByText('all with the chapter').first()).toBeVisible();
  await walk.getByRole('radio', { name: /^All/ }).check();
  await expect(walk.locator('.place-chapter')).toHaveText(Array(4).fill('received'));
  await walk.getByRole('radio', { name: /^To do/ }).check();

  // No signal: what is here only is said, on the row too, and can be taken out as a file.
  await context.setOffline(true);
  await markNotHome(walk);
  await expect(walk.getByText('1 saved on this phone').first()).toBeVisible();
  await walk.getByRole('radio', { name: /^All/ }).check();
  await expect(walk.locator('.place-phone')).toHaveText('on this phone');
  await walk.getByRole('button', { name: 'I am done for today' }).click();
  const sheet = walk.getByRole('dialog');
  await expect(sheet.getByText('1 still on this phone')).toBeVisible();
  await expect(sheet.getByRole('row', { name: /^Knocks/ })).toHaveText(/5.*–/);
  const saved = walk.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Save as a file' }).click();
  const rescue = await (await saved).path();
  expect(readFileSync(rescue, 'utf8')).not.toContain('not-home');
  await expectAccessible(walk);

  // A coordinator takes the file in, twice; the phone sends the same later; it counts once.
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  await page.goto('/desk/phones');
  const intake = page.locator('.rescue');
  await intake.locator('input[type=file]').setInputFiles(rescue);
  await expect(intake).toContainText('1 new, 0 known already, none held');
  await intake.locator('input[type=file]').setInputFiles(rescue);
  await expect(intake).toContainText('nothing new, 1 known already, none held');

  await context.setOffline(false);
  await expect(sheet.getByText('The same')).toBeVisible({ timeout: 60_000 });
  for (const [row, count] of [
    ['Doors', 5],
    ['Knocks', 5],
    ['Conversations', 1],
    ['Support', 1],
  ] as const) {
    const cells = sheet.getByRole('row', { name: new RegExp(`^${row}`) }).getByRole('cell');
    await expect(cells).toHaveText([String(count), String(count)]);
  }
  await expectAccessible(walk);
  await context.close();
  await desk.close();
});

test('a turf taken back in the middle of a conversation waits until that is saved', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const walk = await joinAsPhone(context, server, 'Mina');
  await walk.getByRole('link', { name: /^Next door:/ }).click();
  await walk.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await walk.locator('.support-option').nth(1).click();
  await walk.getByLabel('Note', { exact: true }).fill('The boiler');

  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  await page.goto('/desk/phones');
  const card = page.getByRole('article', { name: 'Mina' });
  await card.getByRole('button', { name: 'Take back Turf 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(card).toContainText('no turf');

  // The phone looks by itself, as it does when it is taken out of the pocket.
  await walk.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  const line = walk.getByText('Your coordinator took Turf 1 back.');
  await expect(line).toBeVisible({ timeout: 60_000 });
  await expect(walk.getByLabel('Note', { exact: true })).toHaveValue('The boiler');
  await expectAccessible(walk);
  await walk.getByLabel('Note', { exact: true }).fill('The boiler, again');
  expect(await readPacketRows(walk)).toBeGreaterThan(0);

  await walk.getByRole('button', { name: 'Save conversation' }).click();
  const ended = walk.getByRole('heading', { name: 'Turf 1 is no longer on this phone' });
  await expect(ended).toBeVisible();
  await expect(walk.getByText('was not saved and was deleted')).toHaveCount(0);
  await expect(walk.getByText('Everything you saved is with the chapter.')).toBeVisible();
  await expect.poll(() => readPacketRows(walk)).toBe(0);
  await expect
    .poll(async () => (await readOutbox(walk)).map(({ type, body }) => `${type} ${body}`))
    .toEqual(['knock ']);
  await page.reload();
  await expect(card).toContainText('received 1 of 1');
  await expect(card).toContainText('list deleted');
  await context.close();
  await desk.close();
});

test('a door left, or an app opened anew, ends the wait for a conversation', async ({
  browser,
}) => {
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  for (const [name, leave] of [
    ['Olu', (walk: Page) => walk.getByRole('link', { name: 'List', exact: true }).click()],
    ['Pia', (walk: Page) => walk.reload().then(() => undefined)],
  ] as const) {
    const context = await browser.newContext({ ...PHONE, baseURL: server.url });
    const walk = await joinAsPhone(context, server, name);
    await walk.getByRole('link', { name: /^Next door:/ }).click();
    await walk.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
    await walk.getByLabel('Note', { exact: true }).fill('The boiler');
    await page.goto('/desk/phones');
    const card = page.getByRole('article', { name });
    await card.getByRole('button', { name: 'Take back Turf 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await expect(card).toContainText('no turf');
    await walk.evaluate(() => globalThis.dispatchEvent(new Event('online')));
    const line = walk.getByText('Your coordinator took Turf 1 back.');
    await expect(line).toBeVisible({ timeout: 60_000 });
    // A look at who lives here is no end of it.
    await walk.getByRole('link', { name: /^Back to/ }).click();
    await expect(walk.locator('.door-page')).toBeVisible();
    await expect(line).toBeVisible();
    await leave(walk);
    const ended = walk.getByRole('heading', { name: 'Turf 1 is no longer on this phone' });
    await expect(ended).toBeVisible();
    await expect.poll(() => readPacketRows(walk)).toBe(0);
    await context.close();
  }
  await desk.close();
});

test('a revoked phone sends what it has, deletes its turf, and says so', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const walk = await joinAsPhone(context, server, 'Grace');
  await markNotHome(walk);
  await expect(walk.getByText('all with the chapter').first()).toBeVisible();
  expect(await readPacketRows(walk)).toBeGreaterThan(0);
  await context.setOffline(true);
  await markNotHome(walk);
  await markNotHome(walk);

  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  await page.goto('/desk/phones');
  const card = page.getByRole('article', { name: 'Grace' });
  await expect(card).toContainText('received 1 of 1');
  await card.getByRole('button', { name: /^Revoke/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No, Grace has it').click();
  await dialog.getByRole('button', { name: 'Revoke it' }).click();
  await expect(card).toContainText('It has not said yet that it deleted its turf.');

  await context.setOffline(false);
  await expect(walk.getByRole('heading', { name: 'This phone was signed out' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(walk.getByText('Everything you saved is with the chapter.')).toBeVisible();
  await expectAccessible(walk);
  expect(await readPacketRows(walk)).toBe(0);
  expect((await readOutbox(walk)).filter(({ body }) => body !== '')).toEqual([]);
  await walk.goto('/');
  await expect(walk.getByRole('heading', { name: 'This phone was signed out' })).toBeVisible();

  await page.reload();
  await expect(card).toContainText('received 3 of 3');
  await expect(card).toContainText('It deleted its turf and said so');
  await context.close();
  await desk.close();
});
