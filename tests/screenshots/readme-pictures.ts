import { type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Turf, TurfDoor } from '#shared/model/turf.ts';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { HandPhone } from '../e2e/hand-phone.ts';
import { DESK, linkFor, PHONE, signIn } from '../e2e/people.ts';

export interface ReadmeWish {
  readonly out: string;
  readonly dark: boolean;
  readonly es: boolean;
}

const DESK_PAGES = [
  'roll',
  'universes',
  'turf',
  'launch',
  'phones',
  'held',
  'scripts',
  'chapter',
] as const;

/** Maps and lists come in over a moment: a picture is of what has settled. */
async function shoot({ out }: ReadmeWish, page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(900);
  await page.screenshot({ path: join(out, `${name}.png`) });
}

async function speak({ es }: ReadmeWish, page: Page): Promise<void> {
  if (!es) return;
  await page.evaluate(() => localStorage.setItem('homeground.locale', 'es'));
  await page.reload();
}

/** Joins in the pictures' language, with a picture of each step, and opens the list. */
async function joinTurf(wish: ReadmeWish, page: Page, link: string): Promise<void> {
  await page.goto(link);
  await speak(wish, page);
  await page.getByRole('textbox').waitFor();
  await shoot(wish, page, 'phone-join');
  await page.getByRole('textbox').fill('Wanda');
  await page.getByRole('checkbox').check();
  await page.locator('form button[type=submit]').click();
  await page.locator('a[href="/protect"]').click();
  await page.locator('.protect').waitFor();
  await shoot(wish, page, 'phone-protect');
  await page.getByRole('button', { name: /Skip|Omitir/ }).click();
  await page.locator('.next-bar').waitFor();
}

/** Not home at the first door that is still to do. */
async function markNotHome(page: Page): Promise<void> {
  const first = page.locator('.not-home-button').first();
  // The one that was pressed goes; others may be drawn meanwhile.
  const name = (await first.getAttribute('aria-label')) ?? '';
  await first.click();
  await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
}

/** A conversation with somebody behind the next door, saved with its support level. */
async function talk(wish: ReadmeWish, page: Page, level: number, shots: boolean): Promise<void> {
  await page.locator('.next-bar a').click();
  await page.locator('.door-page').waitFor();
  if (shots) await shoot(wish, page, 'phone-door');
  await page
    .locator('.door-page button', { hasText: /Talk|Habla/ })
    .first()
    .click();
  await page
    .locator('.support-option')
    .nth(level - 1)
    .click();
  const chips = page.locator('.questions .chip');
  await chips.nth(level % 3).click();
  if (shots) await shoot(wish, page, 'phone-talk');
  await page.locator('.talk-foot button').click();
  await page.locator('.next-bar').waitFor();
}

/** Noor has sent six knocks of ten, and one more at a door of somebody else's turf. */
async function walkWithoutSignal(server: ChapterServer, page: Page): Promise<void> {
  const turfs = (await (await page.request.get('/v1/turfs')).json()) as readonly Turf[];
  const doorsOf = async (name: string): Promise<readonly TurfDoor[]> => {
    const turf = turfs.find((one) => one.name === name);
    return (await (await page.request.get(`/v1/turfs/${turf?.id}/doors`)).json()) as TurfDoor[];
  };
  const [own, others] = await Promise.all([doorsOf('Turf 1'), doorsOf('Turf 2')]);
  const phone = await HandPhone.join(server, 'Noor');
  const knocks = own
    .slice(-10)
    .map(({ doorId }) => phone.knock(doorId, 'Has a sign in the window already'));
  const stray = others
    .slice(0, 1)
    .map(({ doorId }) => phone.knock(doorId, 'Called me over from across the street'));
  await phone.push([...knocks.slice(0, 6), ...stray], 11);
}

/** The pictures of the README, from the demo. */
export async function takeReadmePictures(browser: Browser, wish: ReadmeWish): Promise<void> {
  mkdirSync(wish.out, { recursive: true });
  const look: BrowserContextOptions = { colorScheme: wish.dark ? 'dark' : 'light' };
  const server = await ChapterServer.make();
  try {
    await server.start();
    const phone = await browser.newContext({ ...PHONE, ...look, baseURL: server.url });
    const walk = await phone.newPage();
    await joinTurf(wish, walk, linkFor(server, 'Canvasser'));
    for (let door = 0; door < 5; door++) await markNotHome(walk);
    for (const [index, level] of [1, 2, 4, 1, 2, 3].entries())
      await talk(wish, walk, level, index === 5);
    await walk.locator('.pill-done').waitFor();
    await walk.context().setOffline(true);
    await walk.locator('.not-home-button').first().click();
    await walk.locator('.not-home-button').first().click();
    await walk.waitForTimeout(6000);
    await shoot(wish, walk, 'phone-list');
    await walk.locator('.toast-close').click();
    await walk.locator('.toast').waitFor({ state: 'detached' });
    // By the tabs: a list without a PIN does not outlive its page.
    await walk.locator('nav a[href="/walk/map"]').click();
    await shoot(wish, walk, 'phone-map');
    await walk.locator('nav a[href="/walk/script"]').click();
    await shoot(wish, walk, 'phone-script');

    const desk = await browser.newContext({ ...DESK, ...look, baseURL: server.url });
    const page = await signIn(desk, linkFor(server, 'Admin'));
    await speak(wish, page);
    await walkWithoutSignal(server, page);
    for (const name of DESK_PAGES) {
      await page.goto(`/desk/${name}`);
      await shoot(wish, page, `desk-${name}`);
    }
    await page.goto('/desk/roll/unmatched');
    await page.locator('.unmatched-row').first().click();
    await page.locator('.unmatched-found .unmatched-row').nth(2).click();
    await shoot(wish, page, 'desk-unmatched');
    await page.goto('/desk/launch');
    await page.locator('.launch-card a').first().click();
    await page.locator('.launch-code-row button, .launch-code button, button').last().waitFor();
    await page.getByRole('button', { name: /Open the code|Add a phone|Abrir|Añad|Agreg/ }).click();
    await page.locator('.launch-letters').waitFor();
    await shoot(wish, page, 'desk-turf-live');
  } finally {
    await server.remove();
  }
}
