import { expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { protect } from './guard-steps.ts';
import { DESK, joinByLink, linkFor, PHONE, signIn } from './people.ts';
import { markNotHome, readOutbox } from './walk-work.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

const lettersOf = (desk: Page): Promise<string> => desk.locator('.launch-letters').innerText();

/** The link that the QR on the screen holds, as the server gave it. */
async function openCodes(desk: Page): Promise<{ readonly last: () => string }> {
  const urls: string[] = [];
  desk.on('response', (response) => {
    if (!response.url().endsWith('/launch') || response.request().method() !== 'POST') return;
    void response.json().then((made: { url: string }) => urls.push(made.url));
  });
  await desk.goto('/desk/launch');
  await desk.locator('.launch-card a').first().click();
  await desk.getByRole('button', { name: /Open the code|Add a phone/ }).click();
  await expect(desk.locator('.launch-letters')).toHaveText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await expect.poll(() => urls.length).toBeGreaterThan(0);
  return { last: () => urls.at(-1) ?? '' };
}

test('phones join one after the other, by QR, by typing and by a link from afar', async ({
  browser,
}) => {
  const deskContext = await browser.newContext({ ...DESK, baseURL: server.url });
  const desk = await signIn(deskContext, linkFor(server, 'Coordinator'));
  const codes = await openCodes(desk);

  for (const name of ['Ann', 'Ben']) {
    const [letters, url] = [await lettersOf(desk), codes.last()];
    await joinByLink(await browser.newContext(PHONE), url, name);
    await expect(desk.getByText(`${name} joined`)).toBeVisible();
    // The next is there by itself; the one before opens nothing more.
    await expect(desk.locator('.launch-letters')).not.toHaveText(letters);
    const late = await browser.newContext(PHONE);
    const page = await late.newPage();
    await page.goto(url);
    await page.getByLabel('Your name').fill('Eve');
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Get my turf' }).click();
    await expect(page.getByText('This code does not open a turf.')).toBeVisible();
    await late.close();
  }

  const typing = await (await browser.newContext({ ...PHONE, baseURL: server.url })).newPage();
  await typing.goto('/join');
  await typing.getByLabel('Code').fill((await lettersOf(desk)).toLowerCase().replace('-', ' '));
  await typing.getByLabel('Your name').fill('Cal');
  await typing.getByLabel('I have read the rules').check();
  await typing.getByRole('button', { name: 'Get my turf' }).click();
  await typing.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
  await protect(typing, 'skip');
  await expect(typing.locator('.door-row').first()).toBeVisible();
  await expect(desk.getByText('Cal joined')).toBeVisible();

  // The three share the turf; one is taken back at the table.
  const shared = desk.getByRole('region', { name: 'They share it live' });
  await expect(shared.getByRole('listitem')).toHaveCount(3);
  await shared.getByRole('button', { name: 'Take it back from Cal' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(shared.getByRole('listitem')).toHaveCount(2);

  await desk.goto('/desk/launch');
  await desk.getByLabel('For whom').fill('Dora');
  await desk.getByRole('button', { name: 'Make the link' }).click();
  const link = await desk.getByLabel('The link for Dora').inputValue();
  const afar = await (await browser.newContext(PHONE)).newPage();
  await afar.goto(link);
  await afar.getByLabel('Your name').fill('Dorothea');
  await afar.getByLabel('I have read the rules').check();
  await afar.getByRole('button', { name: 'Get my turf' }).click();
  await expect(afar.getByText('Waiting for a coordinator to let you in')).toBeVisible();
  await afar.reload();
  await expect(afar.getByText('Waiting for a coordinator to let you in')).toBeVisible();
  await expect(desk.getByText('Dorothea waits to be let in.')).toBeVisible();
  await desk.getByRole('button', { name: 'Let in' }).click();
  await expect(afar.getByRole('link', { name: 'Start walking' })).toBeVisible({ timeout: 60_000 });
  await expect(desk.getByText('Dorothea waits to be let in.')).toBeHidden();
});

test('a second person takes the phone: each one’s facts go under their own name', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const link = linkFor(server, 'Canvasser');
  const walk = await joinByLink(context, link, 'Fay');
  await context.setOffline(true);
  await markNotHome(walk);
  await context.setOffline(false);
  await walk.goto(link.replace('/join#', '/join?other#'));
  await walk.getByText('Somebody else').click();
  await walk.getByLabel('Your name').fill('Gus');
  await walk.getByLabel('I have read the rules').check();
  await walk.getByRole('button', { name: 'Get my turf' }).click();
  await walk.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
  await protect(walk, 'skip');
  await expect(walk.locator('.door-row').first()).toBeVisible();
  await markNotHome(walk);
  await expect(walk.getByText('all with the chapter').first()).toBeVisible({ timeout: 60_000 });
  expect((await readOutbox(walk)).every(({ state }) => state !== 'unsent')).toBe(true);
  const desk = await signIn(
    await browser.newContext({ ...DESK, baseURL: server.url }),
    linkFor(server, 'Coordinator'),
  );
  await desk.goto('/desk/phones');
  for (const name of ['Fay', 'Gus']) {
    const card = desk.getByRole('article', { name });
    await expect(card.getByText('received 1 of')).toBeVisible();
  }
});

/** As a phone that joined before the rules were asked for. */
async function forgetRules(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const open = indexedDB.open('homeground-outbox');
    const db = await new Promise<IDBDatabase>((resolve) => {
      open.addEventListener('success', () => resolve(open.result));
    });
    const change = db.transaction('identities', 'readwrite');
    const rows = change.objectStore('identities');
    const cursor = rows.openCursor();
    cursor.addEventListener('success', () => {
      const at = cursor.result;
      if (at === null) return;
      const row = { ...(at.value as Record<string, unknown>) };
      delete row.conduct;
      at.update(row);
      at.continue();
    });
    await new Promise((resolve) => change.addEventListener('complete', resolve));
    db.close();
  });
}

test('who joined before the rules were asked for is asked once, at a start and not on a walk', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const walk = await joinByLink(context, linkFor(server, 'Canvasser'), 'Ida');
  const ask = walk.getByRole('heading', { name: 'Before you go on' });
  const list = walk.locator('.door-row').first();
  await forgetRules(walk);
  await walk.reload();
  await expect(ask).toBeVisible();
  await walk.getByLabel('I have read the rules').check();
  await walk.getByRole('button', { name: 'Go on to my turf' }).click();
  await expect(list).toBeVisible();
  await walk.reload();
  await expect(list).toBeVisible();
  await forgetRules(walk);
  await markNotHome(walk);
  await walk.reload();
  await expect(list).toBeVisible();
  await expect(ask).toHaveCount(0);
});

test('Safari on an iPhone shows how to install, in pictures, and takes no code', async ({
  browser,
}) => {
  const userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
  const context = await browser.newContext({ ...PHONE, userAgent });
  const page = await context.newPage();
  await page.goto(linkFor(server, 'Canvasser'));
  for (const name of [/Share sign/, /Add to Home Screen/, /sign on the Home Screen/]) {
    await expect(page.getByRole('img', { name })).toBeVisible();
  }
  await expect(page.getByText('Your code was not used.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Get my turf' })).toHaveCount(0);
});
