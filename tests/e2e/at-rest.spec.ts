import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { Packet } from '#shared/model/packet.ts';
import { ChapterServer } from './chapter-server.ts';
import { protect, unlock } from './guard-steps.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from './people.ts';
import { scanPhone } from './scan-phone.ts';
import { markNotHome, readOutbox } from './walk-work.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let server: ChapterServer;

test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

/** A phone, and every word of its list that must not be found on it. */
interface Phone {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly secrets: readonly string[];
  /** A text that only this phone has written. */
  readonly note: string;
}

const DRAFT = 'Only half of this';

/** All that a stranger could want of a packet; short words stand in other texts by chance. */
function secretsOf({ people, buildings }: Packet): string[] {
  const words = [
    ...people.flatMap(({ firstName, lastName, phone }) => [firstName, lastName, phone ?? '']),
    ...buildings.map(({ street }) => street),
    ...[...people, ...buildings].map(({ id }) => id),
  ];
  return [...new Set(words)].filter((word) => word.length > 5);
}

/** Joins; without signal from then on it knocks twice, writes a note, and begins another one. */
async function walk(
  context: BrowserContext,
  name: string,
  join: (context: BrowserContext) => Promise<Page>,
): Promise<Phone> {
  // Read on its way: of what the page takes in piece by piece the browser keeps nothing to ask for.
  const taken: Packet[] = [];
  await context.route(
    (url) => url.pathname === '/v1/packet',
    async (route) => {
      const answer = await route.fetch();
      taken.push((await answer.json()) as Packet);
      await route.fulfill({ response: answer });
    },
  );
  const page = await join(context);
  await context.setOffline(true);
  await markNotHome(page);
  await markNotHome(page);
  const note = `${name} was told of the boiler`;
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await page.getByLabel('Note', { exact: true }).fill(note);
  await page.getByRole('button', { name: 'Save conversation' }).click();
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await page.getByLabel('Note', { exact: true }).fill(DRAFT);
  await expect.poll(async () => (await readOutbox(page)).length).toBe(3);
  const [packet] = taken;
  if (packet === undefined) throw new Error('No packet came.');
  const secrets = [...secretsOf(packet), note, DRAFT, '"payload"', 'not-home'];
  expect(secrets.length).toBeGreaterThan(80);
  return { context, page, secrets, note };
}

const withPin = (name: string) => async (context: BrowserContext) => {
  // The app's own clock, so that hours can pass.
  await context.clock.install();
  return joinAsPhone(context, server, name, 'pin');
};

async function expectNothing({ page, secrets }: Phone): Promise<void> {
  const text = await scanPhone(page);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  expect(text.length).toBeGreaterThan(1000);
}

/** With signal again everything that was said arrives, and nothing twice. */
async function expectArrived({ page, note }: Phone, browser: { desk: Page }): Promise<void> {
  await expect
    .poll(async () => (await readOutbox(page)).filter((op) => op.state === 'unsent').length, {
      timeout: 60_000,
    })
    .toBe(0);
  const csv = await (await browser.desk.request.get('/v1/exports/knocks.csv')).text();
  expect(csv.split(note)).toHaveLength(2);
  for (const { opId } of await readOutbox(page)) expect(csv.split(opId)).toHaveLength(2);
}

async function openDesk(context: BrowserContext): Promise<Page> {
  return signIn(context, linkFor(server, 'Research lead'));
}

test('locked after five minutes: nothing to read, the half-written comes back, the knocks go behind the lock', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Ada', withPin('Ada'));
  const { page } = phone;
  await expectNothing(phone);
  await page.clock.fastForward(6 * MINUTE);
  await expect(page.getByRole('heading', { name: 'Your list is locked' })).toBeVisible();
  await expect(page.getByText('3 things that you saved are kept sealed')).toBeVisible();
  expect(await page.evaluate(() => document.body.innerText)).not.toContain(DRAFT);
  // What was done last is of the list too: no address stays over the lock, with its Undo.
  await expect(page.locator('.toast')).toHaveCount(0);
  await expectNothing(phone);
  await unlock(page, '000000');
  await expect(page.getByText('9 tries are left')).toBeVisible();
  await unlock(page);
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue(DRAFT);

  // Closed and opened again it asks anew; with signal it sends without being opened.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your list is locked' })).toBeVisible();
  await context.setOffline(false);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await expectArrived(phone, { desk });
  await expect(page.getByRole('heading', { name: 'Your list is locked' })).toBeVisible();
  await expectNothing(phone);
  await unlock(page);
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue(DRAFT);
  await context.close();
  await desk.context().close();
});

test('ten wrong PINs: the list is gone, the knocks are kept sealed and arrive once', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Bea', withPin('Bea'));
  const { page } = phone;
  await page.reload();
  for (let tries = 1; tries <= 10; tries++) {
    await unlock(page, '000000');
    const left = tries === 9 ? 'One more wrong try' : `${10 - tries} tries are left`;
    if (tries < 10) await expect(page.getByText(left)).toBeVisible();
    // Starting the app anew saves no try, and no wait.
    if (tries === 5) await page.reload();
    await page.clock.fastForward(11 * MINUTE);
  }
  const gone = page.getByRole('heading', { name: 'The list is gone from this phone' });
  await expect(gone).toBeVisible();
  await expect(page.getByText('3 still on this phone')).toBeVisible();
  await expectNothing(phone);
  await page.reload();
  await expect(gone).toBeVisible();
  await context.setOffline(false);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await expectArrived(phone, { desk });
  await expect(gone).toBeVisible();
  await expectNothing(phone);
  await context.close();
  await desk.context().close();
});

test('whoever leaves the phone leaves nothing to read, and the knocks arrive once', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Cleo', withPin('Cleo'));
  const { page } = phone;
  await page.goto('/protect');
  // The app was opened anew: first the PIN, which leads to the walk.
  await unlock(page);
  await page.goto('/walk');
  await unlock(page);
  await page.getByRole('button', { name: /saved on this phone/ }).click();
  await page.getByRole('link', { name: 'What opens this phone' }).click();
  await page.getByRole('button', { name: 'Leave this phone' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('3 things that you saved have not been sent');
  await dialog.getByRole('button', { name: 'Leave this phone' }).click();
  await expect(page.getByRole('heading', { name: 'You have left this phone' })).toBeVisible({
    timeout: 60_000,
  });
  await expectNothing(phone);
  await context.setOffline(false);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await expectArrived(phone, { desk });
  await expectNothing(phone);
  await context.close();
  await desk.context().close();
});

test('three days without the chapter: a phone with a PIN destroys its list, with no signal, and the knocks arrive once', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Dora', withPin('Dora'));
  const { page } = phone;
  await page.clock.fastForward(73 * HOUR);
  await expect(page.getByText('has not heard of the chapter for too long')).toBeVisible();
  await expect.poll(async () => countRows(page), { timeout: 60_000 }).toBe(0);
  await expectNothing(phone);
  await context.setOffline(false);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await expectArrived(phone, { desk });
  await expectNothing(phone);
  // It is still this phone's turf: whoever can unlock gets it anew. What was half written is gone.
  await unlock(page);
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('', { timeout: 60_000 });
  await expectNothing(phone);
  await context.close();
  await desk.context().close();
});

test('revoked while it is locked, a phone deletes its list and brings the knocks', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Edda', withPin('Edda'));
  const { page } = phone;
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your list is locked' })).toBeVisible();
  const staff = await browser.newContext({ ...DESK, baseURL: server.url });
  const phones = await signIn(staff, linkFor(server, 'Coordinator'));
  await phones.goto('/desk/phones');
  const card = phones.getByRole('article', { name: 'Edda' });
  await card.getByRole('button', { name: /^Revoke/ }).click();
  await phones.getByRole('dialog').getByText('No, Edda has it').click();
  await phones.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click();
  await expect(card).toContainText('It has not said yet that it deleted its turf.');
  await context.setOffline(false);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await expect(page.getByRole('heading', { name: 'This phone was signed out' })).toBeVisible({
    timeout: 60_000,
  });
  await expectArrived(phone, { desk });
  await expectNothing(phone);
  await context.close();
  await staff.close();
  await desk.context().close();
});

test('this phone’s own lock opens the list: a passkey that computes (PRF)', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Fay', async (of) => {
    await of.clock.install();
    const page = await of.newPage();
    const cdp = await of.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(linkFor(server, 'Canvasser'));
    await page.getByLabel('Your name').fill('Fay');
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Get my turf' }).click();
    await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Use this phone’s lock' }).click();
    await expect(page.locator('.door-row').first()).toBeVisible();
    return page;
  });
  const { page } = phone;
  await page.reload();
  await expectNothing(phone);
  await page.getByRole('button', { name: 'Unlock with this phone’s lock' }).click();
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue(DRAFT);
  await context.setOffline(false);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await expectArrived(phone, { desk });
  await expectNothing(phone);
  await context.close();
  await desk.context().close();
});

test('skipped: loaded anew without signal the list is noise, and comes back with what was half written', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const desk = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }));
  const phone = await walk(context, 'Gil', async (of) => {
    const page = await of.newPage();
    await page.goto(linkFor(server, 'Canvasser'));
    await page.getByLabel('Your name').fill('Gil');
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Get my turf' }).click();
    await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
    await protect(page, 'skip');
    return page;
  });
  const { page } = phone;
  await page.reload();
  await expect(
    page.getByRole('heading', { name: 'Your list comes back with signal' }),
  ).toBeVisible();
  await expectNothing(phone);
  await page.getByRole('button', { name: 'Try now' }).click();
  await expectNothing(phone);
  // It comes by itself with the signal: nobody has to press again.
  await context.setOffline(false);
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue(DRAFT);
  await page.goto('/walk');
  await expect(page.locator('.door-row').first()).toBeVisible();
  await expectArrived(phone, { desk });
  await expectNothing(phone);
  await context.close();
  await desk.context().close();
});

/** Rows of the list, readable or not. */
function countRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const open = indexedDB.open('homeground-packet');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.addEventListener('success', () => resolve(open.result));
      open.addEventListener('error', () => reject(new Error('no list')));
    });
    const count = db.transaction('packet').objectStore('packet').count();
    const rows = await new Promise<number>((resolve) => {
      count.addEventListener('success', () => resolve(count.result));
    });
    db.close();
    return rows;
  });
}
