import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { ChapterServer } from './chapter-server.ts';
import { DESK, joinByLink, linkFor, PHONE, signIn } from './people.ts';
import { unlock } from './guard-steps.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { readOutbox } from './walk-work.ts';

const DAY = 86_400_000;
/** Doors of one shift. */
const SHIFT = 60;
/** Units that make a building a tower to walk through. */
const TOWER = { least: 8, most: 30 };

let server: ChapterServer;
let proxy: RecordingProxy;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
  proxy = await RecordingProxy.open(server.url);
});
test.afterAll(async () => {
  await proxy.close();
  await server.remove();
});

interface Columns {
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  readonly doors: readonly number[];
}

/** A box around a tower with as many of its neighbours' doors as one shift has. */
function boxAroundTower({ lon, lat, doors }: Columns): number[][] {
  const tower = doors.findIndex((count) => count >= TOWER.least && count <= TOWER.most);
  const [x, y] = [lon[tower] ?? 0, lat[tower] ?? 0];
  const inside = (reach: number): number =>
    doors.reduce((sum, count, at) => {
      const near = Math.abs((lon[at] ?? 0) - x) <= reach && Math.abs((lat[at] ?? 0) - y) <= reach;
      return near ? sum + count : sum;
    }, 0);
  let reach = 0.0001;
  while (inside(reach) < SHIFT) reach += 0.00005;
  const [west, east, south, north] = [x - reach, x + reach, y - reach, y + reach];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** A turf of some 60 doors with a tower among them, published; gives links for two phones. */
async function makeShift(browser: Browser): Promise<readonly [string, string]> {
  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(context, linkFor(server, 'Coordinator'));
  const call = async <T>(
    method: string,
    path: string,
    data?: object,
    match?: number,
  ): Promise<T> => {
    const answer = await page.request.fetch(path, {
      method,
      headers: {
        origin: server.url,
        ...(match === undefined ? {} : { 'if-match': String(match) }),
      },
      ...(data === undefined ? {} : { data }),
    });
    expect([method, path, answer.ok()]).toEqual([method, path, true]);
    return (answer.status() === 204 ? null : await answer.json()) as T;
  };
  const turfs = await call<{ id: string; universeId: string }[]>('GET', '/v1/turfs');
  // The demo's own turfs have some of these doors.
  for (const { id } of turfs) await call('DELETE', `/v1/turfs/${id}`);
  const universeId = turfs[0]?.universeId ?? '';
  const columns = await call<Columns>('GET', `/v1/universes/${universeId}/doors`);
  const outline = { type: 'Polygon', coordinates: [boxAroundTower(columns)] };
  const turf = await call<{ id: string; version: number }>('POST', '/v1/turfs', {
    universeId,
    name: 'Long Saturday',
    outline,
  });
  await call('POST', `/v1/turfs/${turf.id}/publish`, undefined, turf.version);
  const launch = (): Promise<{ url: string }> => call('POST', `/v1/turfs/${turf.id}/launch`, {});
  const links = [(await launch()).url, (await launch()).url] as const;
  await context.close();
  return links;
}

const toGo = async (page: Page): Promise<number> =>
  Number(await page.locator('.walk-progress b').nth(2).innerText());

/** Not home at the next door, from its page: back at the list, one door less is to do. */
async function markNextDoor(page: Page): Promise<void> {
  const before = await toGo(page);
  await page.getByRole('link', { name: /^Next door:/ }).click();
  await page.locator('.result-grid').getByRole('button', { name: 'Not home', exact: true }).click();
  await expect.poll(() => toGo(page)).toBe(before - 1);
  // Readers and keys go on at the next door, in a tower too.
  await expect(page.locator('.list-scroll a:focus')).toHaveCount(1);
}

/** The clock of a phone that somebody has set wrong. */
async function setClockOff(context: BrowserContext, ms: number): Promise<void> {
  await context.addInitScript((off) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given: [] | [number]) {
        if (given.length === 0) super(Real.now() + off);
        else super(...given);
      }
      static override now(): number {
        return Real.now() + off;
      }
    } as DateConstructor;
  }, ms);
}

test('a shift of sixty doors: two phones, a tower, a family that moved, a dead battery, a full disk, and all of it arrives once', async ({
  browser,
}) => {
  const [first, second] = await makeShift(browser);
  // Hers says tomorrow, and may not say where it is. His speaks Spanish.
  const hers = await browser.newContext({
    ...PHONE,
    baseURL: server.url,
    permissions: [],
    proxy: proxy.settings,
  });
  await setClockOff(hers, DAY);
  const his = await browser.newContext({ ...PHONE, baseURL: server.url, locale: 'es-US' });
  let ana = await joinByLink(hers, first, 'Ana', 'pin');
  const doors = await toGo(ana);
  expect(doors).toBeGreaterThanOrEqual(SHIFT);

  await test.step('the second phone, in Spanish', async () => {
    const page = await his.newPage();
    await page.goto(second);
    await page.getByLabel('Tu nombre').fill('Beto');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Recibir mi zona' }).click();
    await page.getByRole('link', { name: 'Empezar' }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: /^(Saltar|Omitir)/ }).click();
    await expect(page.locator('.door-row').first()).toBeVisible();
  });
  const beto = his.pages()[0];
  if (beto === undefined) throw new Error('no second phone');

  let told = 0;
  await test.step('a whole floor of the tower at once, from the list', async () => {
    const tower = ana.locator('.tower').first();
    await tower.locator('.tower-head').click();
    const floor = tower.getByRole('button', { name: /^Nobody home at/ }).first();
    told += Number(/\d+/.exec(await floor.innerText())?.[0] ?? 0);
    await floor.click();
    await expect.poll(() => toGo(ana)).toBe(doors - told);
  });

  await test.step('he sees her doors within ten seconds, and she his', async () => {
    await expect.poll(() => toGo(beto), { timeout: 10_000 }).toBe(doors - told);
    await beto
      .getByRole('button', { name: /^No estaba:/ })
      .last()
      .click();
    await expect.poll(() => toGo(beto)).toBe(doors - told - 1);
    await expect.poll(() => toGo(ana), { timeout: 10_000 }).toBe(doors - told - 1);
  });

  await test.step('a family moved, and who lives there now is talked with in one flow', async () => {
    await ana.getByRole('link', { name: /^Next door:/ }).click();
    await ana.locator('.result-grid').getByRole('button', { name: 'Moved' }).click();
    const sheet = ana.getByRole('dialog');
    await sheet.locator('label.chip').last().click();
    await sheet.getByRole('button', { name: /^Save, and who/ }).click();
    await sheet.getByLabel('First name').fill('Nayeli');
    await sheet.getByRole('button', { name: 'Add and talk' }).click();
    await ana.locator('.support-option').first().click();
    await ana.getByRole('button', { name: 'Save conversation' }).click();
    await expect(ana.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  });

  await hers.setOffline(true);
  await test.step('no position: the map says so and works', async () => {
    await ana.getByRole('link', { name: 'Map' }).click();
    await expect(ana.locator('.leaflet-container')).toBeVisible();
    await ana.getByRole('button', { name: 'Where I am' }).click();
    await expect(ana.getByText('Your browser does not share your place')).toBeVisible();
    await ana.getByRole('link', { name: 'List' }).click();
  });

  await test.step('with keys alone, and each thing said to whoever listens', async () => {
    const before = await toGo(ana);
    const button = ana.getByRole('button', { name: /^Not home:/ }).first();
    await button.focus();
    await ana.keyboard.press('Enter');
    await expect.poll(() => toGo(ana)).toBe(before - 1);
    await expect(ana.locator('.list-scroll a:focus')).toHaveCount(1);
    const notices = ana.getByRole('region', { name: 'Notifications' });
    await expect(notices).toHaveAttribute('aria-live', 'polite');
    await expect(notices.getByText('Not home').first()).toBeVisible();
  });

  await test.step('the battery dies in the middle of a conversation', async () => {
    await ana.getByRole('link', { name: /^Next door:/ }).click();
    await ana.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
    await ana.locator('.support-option').nth(1).click();
    await ana.getByLabel('Note', { exact: true }).fill('Half a sen');
    const where = ana.url();
    await expect(ana.getByLabel('Note', { exact: true })).toHaveValue('Half a sen');
    await ana.waitForTimeout(300);
    await ana.close({ runBeforeUnload: false });
    ana = await hers.newPage();
    await ana.goto(where);
    await unlock(ana);
    await expect(ana.getByLabel('Note', { exact: true })).toHaveValue('Half a sen');
  });

  await test.step('a newer app comes just then, and waits', async () => {
    await hers.setOffline(false);
    proxy.newerApp = true;
    await ana.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    await ana.waitForTimeout(1000);
    await hers.setOffline(true);
    await expect(ana.getByLabel('Note', { exact: true })).toHaveValue('Half a sen');
    await ana.getByRole('button', { name: 'Save conversation' }).click();
    await expect(ana.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  });

  await test.step('the disk is full: NOT saved, until it is', async () => {
    await ana.evaluate(() => {
      const store = IDBObjectStore.prototype;
      const whole = Object.getOwnPropertyDescriptors(store);
      store.add = store.put = () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      };
      addEventListener('room', () => Object.defineProperties(store, whole));
    });
    const before = await toGo(ana);
    await ana
      .getByRole('button', { name: /^Not home:/ })
      .first()
      .click();
    const cover = ana.getByRole('dialog', { name: 'NOT saved' });
    await expect(cover).toBeVisible();
    expect(await toGo(ana)).toBe(before);
    await ana.evaluate(() => dispatchEvent(new Event('room')));
    await cover.getByRole('button', { name: 'Try again' }).click();
    await expect(cover).toBeHidden();
    await expect.poll(() => toGo(ana)).toBe(before - 1);
  });

  await test.step('the rest of the turf, shared', async () => {
    while ((await toGo(ana)) > 3) await markNextDoor(ana);
    await hers.setOffline(false);
    await expect(ana.getByText('all with the chapter').first()).toBeVisible({ timeout: 60_000 });
    await ana.getByRole('button', { name: 'Use it now' }).click();
    await unlock(ana);
    await expect.poll(() => toGo(ana), { timeout: 15_000 }).toBeLessThanOrEqual(3);
  });

  const ids = [...(await readOutbox(ana)), ...(await readOutbox(beto))].map(({ opId }) => opId);
  await test.step('the slip, how the turf was, and the list is wiped', async () => {
    await ana.getByRole('link', { name: /^Next door:/ }).click();
    await ana.getByRole('button', { name: 'Come back' }).click();
    await ana.getByLabel(/^Note/).fill('Begun and left');
    await ana.keyboard.press('Escape');
    await ana.goBack();
    await ana.getByRole('radio', { name: /^All/ }).check();
    await ana.getByRole('button', { name: 'I am done for today' }).click();
    const sheet = ana.getByRole('dialog');
    await expect(sheet.getByText('The same')).toBeVisible({ timeout: 60_000 });
    await sheet.getByText('Too long').click();
    await sheet.getByRole('button', { name: 'Tell my coordinator' }).click();
    await expect(sheet.getByText('Your coordinator reads it with the turf:')).toBeVisible();
    await expect(ana.getByText('all with the chapter').first()).toBeAttached({ timeout: 60_000 });
    await sheet.getByRole('button', { name: 'Delete the list here' }).click();
    await expect(ana.getByText('What you began at 1 door and did not save')).toBeVisible();
    await ana.getByRole('button', { name: 'Delete it' }).click();
    await expect(ana.locator('.door-row')).toHaveCount(0);
  });

  const out = join(server.folder, 'shift.csv');
  await server.run('export', 'contacts', '--chapter', 'larkfield', '--out', out);
  const { data } = Papa.parse<{ knock_id: string; knocked_at: string }>(readFileSync(out, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const knocks = data.map(({ knock_id: id }) => id);
  expect(new Set(knocks).size).toBe(knocks.length);
  expect(knocks.filter((id) => !ids.includes(id))).toEqual([]);
  expect(knocks.length).toBeGreaterThan(SHIFT - 5);
  // A day ahead on her phone, and today in the chapter.
  const tomorrow = Date.now() + DAY / 2;
  expect(data.filter(({ knocked_at: at }) => Date.parse(at) > tomorrow)).toEqual([]);
  await hers.close();
  await his.close();
});
