import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { DESK, giveAuthenticator, linkFor, PHONE, signIn } from './people.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
  await server.run('chapter', 'create', 'Oakdale', '--slug', 'oakdale');
});
test.afterAll(() => server.remove());

async function memberLink(name: string, role: string): Promise<string> {
  const words = ['--role', role, '--chapter', 'oakdale', '--json'];
  const made = JSON.parse(await server.run('member', 'add', name, ...words)) as { link: string };
  return made.link;
}

async function openDesk(browser: Browser, name: string, role: string): Promise<Page> {
  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  return signIn(context, await memberLink(name, role));
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/enter');
}

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('by link, passkey made, out, in by passkey; a download asks again after five minutes', async ({
  browser,
}) => {
  // Without the worker: it would answer before this test can.
  const wish = { ...DESK, baseURL: server.url, serviceWorkers: 'block' } as const;
  const context = await browser.newContext(wish);
  const page = await context.newPage();
  const devtools = await giveAuthenticator(page);
  // A browser that offers no passkeys by itself: the button is what opens.
  await page.addInitScript(() => {
    Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable');
  });
  await page.goto(await memberLink('Ana', 'admin'));
  await expect(page.getByRole('heading', { name: 'Make your passkey' })).toBeVisible();
  await expectNoFaults(page);
  // Nothing of the desk opens before.
  await page.goto('/desk/roll');
  await page.waitForURL('**/enter');
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.waitForURL(/\/desk\//);
  await expect(page.getByText('You have one passkey and no way in without it.')).toBeVisible();
  await signOut(page);
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await page.waitForURL(/\/desk\//);

  // A desk that was left open: the server forgets that it asked, as it does after five minutes.
  await page.goto('/desk/chapter');
  let forgot = false;
  await page.route('**/v1/passkeys/asked', async (route) => {
    if (forgot || route.request().method() !== 'GET') return route.continue();
    forgot = true;
    const problem = { code: 'ask-passkey', facts: {} };
    await route.fulfill({ status: 403, json: { problem } });
  });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download knocks.csv' }).click();
  const sheet = page.getByRole('dialog', { name: 'Your passkey once more' });
  await expect(sheet).toBeVisible();
  await expectNoFaults(page);
  await sheet.getByRole('button', { name: 'Use your passkey' }).click();
  expect((await download).suggestedFilename()).toMatch(/^own-use-[a-z-]+-[-\d]{10}-knocks\.csv$/);
  await devtools.detach();
  await context.close();
});

test('codes are printed, one opens the making of a new passkey, and the reminder is gone', async ({
  browser,
}) => {
  const page = await openDesk(browser, 'Bea', 'coordinator');
  await page.getByRole('link', { name: 'Print recovery codes or make a second one' }).click();
  await page.getByRole('button', { name: 'Make and print codes' }).click();
  const codes = page.locator('.people-sheet-codes code');
  await expect(codes).toHaveCount(10);
  await expectNoFaults(page);
  const code = await codes.first().innerText();
  await page.getByRole('button', { name: 'I have printed them' }).click();
  await expect(page.getByText('10 codes are left')).toBeVisible();
  await expect(page.getByText('You have one passkey and no way in without it.')).toBeHidden();
  // A browser that offers passkeys signs in with the one that is picked, without the button.
  await signOut(page);
  await page.waitForURL(/\/desk\//);
  await page.context().close();

  const context = await browser.newContext({ ...PHONE, baseURL: server.url });
  const other = await context.newPage();
  await giveAuthenticator(other);
  await other.goto('/enter');
  await other.getByRole('button', { name: 'I have a recovery code' }).click();
  await other.getByLabel('Chapter').fill('oakdale');
  await other.getByLabel('Recovery code').fill(code);
  await expectNoFaults(other);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.getByLabel('What do you call this device?').fill('New phone');
  await other.getByRole('button', { name: 'Make a passkey' }).click();
  await other.waitForURL(/\/desk\//);
  await other.goto('/desk/keys');
  await expect(other.getByText('9 codes are left')).toBeVisible();
  await expect(other.getByText('New phone')).toBeVisible();
  await expect(other.getByRole('button', { name: /^Remove / })).toHaveCount(2);
  await context.close();
});

test('an admin adds somebody, who comes in; a role changes on the next click; who leaves is out', async ({
  browser,
}) => {
  const admin = await openDesk(browser, 'Cora', 'admin');
  await admin.goto('/desk/people');
  await admin.getByRole('button', { name: 'Add somebody' }).click();
  await admin.getByLabel('Name').fill('Dan');
  await admin.getByText('Research lead', { exact: true }).click();
  await admin.getByRole('button', { name: 'Add and make a link' }).click();
  const link = await admin.locator('.people-url').innerText();
  await expectNoFaults(admin);
  await admin.getByRole('button', { name: 'I have handed it over' }).click();

  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  const dan = await signIn(context, link);
  await dan.goto('/desk/chapter');
  await expect(dan.getByRole('link', { name: 'Download knocks.csv' })).toBeVisible();

  await admin.reload();
  await admin.getByRole('button', { name: 'Change Dan' }).click();
  await admin.locator('.people-acts').getByText('Coordinator', { exact: true }).click();
  await admin.getByRole('button', { name: 'Give this role' }).click();
  await expect(admin.locator('.people-acts')).toBeHidden();
  await dan.reload();
  await expect(dan.getByRole('heading', { name: 'What has left' })).toBeVisible();
  await expect(dan.getByRole('link', { name: 'Download knocks.csv' })).toBeHidden();

  await admin.getByRole('button', { name: 'Change Dan' }).click();
  await admin.getByRole('button', { name: 'Mark as left' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Mark as left' }).click();
  await expect(admin.getByText('1 has left')).toBeVisible();
  await dan.reload();
  await dan.waitForURL('**/enter');
  await admin.context().close();
  await context.close();
});

test('the demo chapter says that it asks for no passkey, and its links keep working', async ({
  browser,
}) => {
  for (let again = 0; again < 2; again += 1) {
    const context = await browser.newContext({ ...DESK, baseURL: server.url });
    const page = await context.newPage();
    await page.goto(linkFor(server, 'Admin'));
    await page.waitForURL(/\/desk\//);
    await expect(page.getByText('Demo chapter: links keep working')).toBeVisible();
    await context.close();
  }
});
