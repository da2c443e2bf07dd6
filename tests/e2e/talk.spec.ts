import { expect, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from './people.ts';
import { readOutbox } from './walk-work.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

test('what is no number yet is not lost at saving, nor what was typed of the turf', async ({
  browser,
}) => {
  const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(phone, server, 'Ana');
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await page.getByText('Talk with the people in my building').click();
  const homes = page.getByLabel('How many homes are there in your building, about?');
  await homes.fill('6 or 7');
  const save = page.getByRole('button', { name: 'Save conversation' });
  await save.click();
  await expect(homes).toBeFocused();
  await expect(homes).toHaveValue('6 or 7');
  expect(await readOutbox(page)).toEqual([]);
  const card = page.locator('.question').filter({ has: homes });
  await card.getByText('Doesn’t know').click();
  await expect(homes).toHaveValue('');
  await homes.fill('1,200');
  await save.click();
  await expect(page.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  await page.getByRole('radio', { name: /^All/ }).check();
  await page.locator('.door-link').first().dispatchEvent('click');
  await expect(page.locator('.history')).toContainText('1,200');

  await page.getByRole('link', { name: 'List', exact: true }).click();
  const done = page.getByRole('button', { name: 'I am done for today' });
  await done.click();
  const note = page.getByLabel('What the next one should know');
  await note.fill('The gate is locked after five');
  await page.keyboard.press('Escape');
  await expect(note).toHaveCount(0);
  await done.click();
  await expect(note).toHaveValue('The gate is locked after five');
});

test('half a day is no answer, and what one tab has saved another does not save again', async ({
  browser,
}) => {
  const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(phone, server, 'Dee');
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await page.getByText('Talk with the people in my building').click();
  const day = page.getByLabel('Which day suits you for a meeting in the lobby?');
  await day.focus();
  await page.keyboard.type('02312027');
  const save = page.getByRole('button', { name: 'Save conversation' });
  await save.click();
  await expect(day).toBeFocused();
  await expect(page.getByText('There is no such day.')).toBeVisible();
  expect(await readOutbox(page)).toEqual([]);
  // Nobody is 1,900 years old: a year of two figures is no answer either.
  await day.fill('0027-02-20');
  await save.click();
  await expect(day).toBeFocused();
  await page
    .locator('.question')
    .filter({ has: day })
    .getByText('Skipped', { exact: true })
    .click();
  await expect(page.getByText('There is no such day.')).toHaveCount(0);
  // A slip of the thumb beside what was written down is taken back.
  const rent = page.getByLabel('Has your rent, or that of someone close to you, gone up?');
  await rent.fill('By half. We may have to leave.');
  await page.locator('.question').filter({ has: rent }).getByText('Won’t say').click();
  await expect(rent).toHaveValue('');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(rent).toHaveValue('By half. We may have to leave.');

  const other = await phone.newPage();
  await other.goto(page.url());
  await expect(other.getByText('3 of 6 answered')).toBeVisible();
  await other.getByRole('button', { name: 'Save conversation' }).click();
  await expect(other.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save conversation' })).toHaveCount(0);
  expect(await readOutbox(page)).toHaveLength(1);

  for (const tab of [page, other]) {
    await tab.getByRole('link', { name: /^Next door:/ }).click();
    await tab.locator('.result-grid').getByRole('button', { name: 'Refused' }).click();
    await tab.getByRole('dialog').locator('label.chip').first().click();
  }
  await other.getByRole('dialog').getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await readOutbox(page)).toHaveLength(2);
});

test('where one person lives a result is two taps, about them and nobody else', async ({
  browser,
}) => {
  const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(phone, server, 'Flo');
  const result = (name: string) => page.locator('.result-grid').getByRole('button', { name });
  const sheet = page.getByRole('dialog');
  const people = page.locator('.door-page .person-line');
  /** Goes on to a door with one person and gives their name. */
  const findOne = async (): Promise<string> => {
    await page.getByRole('link', { name: /^Next door:/ }).click();
    await expect(page.locator('.result-grid')).toBeVisible();
    if ((await people.count()) === 1) {
      const [name = ''] = (await page.locator('.person-name').innerText()).split('\n');
      return name;
    }
    await result('Inaccessible').click();
    await sheet.getByRole('button', { name: 'Save' }).click();
    return await findOne();
  };

  const refused = await findOne();
  await result('Refused').click();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`Saved: Refused, ${refused}`)).toBeVisible();

  const moved = await findOne();
  await result('Moved').click();
  await sheet.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText(`Saved: Moved, ${moved}`)).toBeVisible();
  await sheet.getByRole('button', { name: 'Nobody met' }).click();

  await findOne();
  await result('Hostile').click();
  await sheet.locator('label.chip').last().click();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Saved: Hostile, \d/)).toBeVisible();
});

test('what a sheet lacks is in sight, the focus is never lost, and the way back is to the door', async ({
  browser,
}) => {
  const viewport = { width: 360, height: 560 };
  const phone = await browser.newContext({ ...PHONE, viewport, baseURL: server.url });
  const page = await joinAsPhone(phone, server, 'Eve');
  const result = (name: string) => page.locator('.result-grid').getByRole('button', { name });
  const sheet = page.getByRole('dialog');
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await result('Come back').click();
  await sheet.getByText('Another day').click();
  await sheet.getByLabel('Day', { exact: true }).fill('2020-01-01');
  await sheet.locator('label.chip').last().click();
  await sheet.locator('label.chip').first().scrollIntoViewIfNeeded();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet.getByText('That day is over.')).toBeInViewport();
  expect(await readOutbox(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page
    .getByRole('button', { name: /^Tags and corrections/ })
    .first()
    .click();
  await expect(sheet.getByRole('button', { name: 'Talk' })).toBeVisible();
  await sheet.getByLabel('Telephone').fill('413 555 0100');
  await expect(sheet.getByRole('button', { name: 'Talk' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await result('Moved').click();
  await sheet.locator('label.chip').first().click();
  await sheet.getByRole('button', { name: /^Save/ }).click();
  await expect(sheet.getByText('And who lives here now?')).toBeVisible();
  await expect(sheet).toBeFocused();
  await sheet.getByLabel('First name').fill('Nia');
  await sheet.getByRole('button', { name: 'Add and talk' }).click();
  await page.getByRole('button', { name: 'Save conversation' }).click();
  await expect(page.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  const door = page.locator('.door-link:focus');
  await expect(door).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
  await expect(page.getByText('Taken back: Talked with Nia')).toBeVisible();
  await expect(door).toHaveCount(1);
  await page.goBack();
  await expect(page.locator('.door-page')).toBeVisible();
  await expect(page.locator('.talk-page')).toHaveCount(0);
});

test('a note at a result is there again after a second thought, and an address cut off keeps the rest', async ({
  browser,
}) => {
  const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await joinAsPhone(phone, server, 'Bo');
  await page.getByRole('link', { name: /^Next door:/ }).click();
  const result = (name: string) => page.locator('.result-grid').getByRole('button', { name });
  const note = page.getByRole('dialog').getByLabel(/^Note/);
  await result('Refused').click();
  await note.fill('Asked us to ring twice');
  await page.keyboard.press('Escape');
  await expect(note).toHaveCount(0);
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await result('Moved').click();
  await expect(note).toHaveValue('Asked us to ring twice');
  await page.getByRole('dialog').locator('label.chip').first().click();
  await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('button', { name: 'Nobody met' }).click();

  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const { request } = await signIn(desk, linkFor(server, 'Coordinator'));
  const headers = { origin: server.url };
  const data = { name: 'Saturday stall', place: 'Market', lon: -72.6, lat: 42.3 };
  const made = await request.post('/v1/stalls', { data, headers });
  const { turfIds } = (await made.json()) as { turfIds: string[] };
  const launch = await request.post(`/v1/turfs/${turfIds[0]}/launch`, { data: {}, headers });
  const { url } = (await launch.json()) as { url: string };
  const stall = await browser.newContext({ ...PHONE, baseURL: server.url });
  const there = await stall.newPage();
  await there.goto(url);
  await there.getByLabel('Your name').fill('Sal');
  await there.getByLabel('I have read the rules').check();
  await there.getByRole('button', { name: 'Get my turf' }).click();
  await there.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
  await there.getByRole('button', { name: 'Skip' }).click();
  await there.getByRole('button', { name: 'New conversation' }).click();
  const email = there.getByLabel('Email (if they give it)');
  await there.getByLabel('First name').fill('Lupe');
  await email.fill('lupe@');
  await there.getByRole('button', { name: 'Add and talk' }).click();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toBeFocused();
  await there.keyboard.press('Escape');
  await there.getByRole('button', { name: 'New conversation' }).click();
  await expect(there.getByLabel('First name')).toHaveValue('Lupe');
  await email.fill('lupe@example.org');
  await there.getByRole('button', { name: 'Add and talk' }).click();
  await expect(there.getByRole('heading', { name: 'Lupe' })).toBeVisible();
  expect(await readOutbox(there)).toHaveLength(2);
});

test('back from a talk on a call list is the same person, not who else lives there', async ({
  browser,
}) => {
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const { request } = await signIn(desk, linkFor(server, 'Coordinator'));
  const post = async (path: string, data: object): Promise<unknown> => {
    const answer = await request.post(path, { data, headers: { origin: server.url } });
    expect([path, answer.ok()]).toEqual([path, true]);
    return answer.json();
  };
  const [universe] = (await (await request.get('/v1/universes')).json()) as { id: string }[];
  const wish = { name: 'Calls', universeId: universe?.id, perList: 40, lists: 1 };
  const { turfIds } = (await post('/v1/call-lists', wish)) as { turfIds: string[] };
  const { url } = (await post(`/v1/turfs/${turfIds[0]}/launch`, {})) as { url: string };

  const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
  const page = await phone.newPage();
  await page.goto(url);
  await page.getByLabel('Your name').fill('Cleo');
  await page.getByLabel('I have read the rules').check();
  await page.getByRole('button', { name: 'Get my turf' }).click();
  await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Skip' }).click();
  const links = page.locator('.call-list a');
  await expect(links.first()).toBeVisible();
  const doors = await links.evaluateAll((all) =>
    all.map((one) => one.getAttribute('href')?.split('?')[0]),
  );
  const second = doors.findIndex((door, at) => doors.indexOf(door) < at);
  await links.nth(second).click();
  const name = await page.locator('.door-page h2').innerText();
  await page.getByRole('button', { name: 'They answered: talk' }).click();
  await page.getByRole('link', { name: /^Back to/ }).click();
  await expect(page.locator('.door-page h2')).toHaveText(name);

  // Whoever is called is known: nobody is asked who moved, and no name is said twice.
  await page.getByRole('button', { name: 'Moved' }).click();
  await expect(page.getByRole('dialog').getByRole('radio')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Refused' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`Saved: Refused, ${name}`, { exact: true })).toBeVisible();
});

test('a script that is not saved yet is there again after a look at another page', async ({
  browser,
}) => {
  const desk = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Coordinator'));
  await page.goto('/desk/scripts');
  const closing = page.getByLabel('Closing', { exact: true });
  await closing.fill('Written on a Friday night');
  await page.getByRole('link', { name: 'Tags' }).click();
  await expect(page.getByRole('heading', { name: 'Tags', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Scripts' }).click();
  await expect(closing).toHaveValue('Written on a Friday night');
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('Draft saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(closing).toHaveValue('Written on a Friday night');
  await expect(page.getByText('Not saved yet')).toHaveCount(0);
});
