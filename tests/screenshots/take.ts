// `npm run screenshots [-- --dark] [--es] [--out DIR]`: the pictures of the README from the demo.
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Turf, TurfDoor } from '#shared/model/turf.ts';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { HandPhone } from '../e2e/hand-phone.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from '../e2e/people.ts';
import { markNotHome } from '../e2e/walk-work.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('.', import.meta.url)) },
    dark: { type: 'boolean', default: false },
    es: { type: 'boolean', default: false },
  },
});
mkdirSync(values.out, { recursive: true });

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

const look: BrowserContextOptions = { colorScheme: values.dark ? 'dark' : 'light' };

/** Maps and lists come in over a moment: a picture is of what has settled. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(900);
  await page.screenshot({ path: join(values.out, `${name}.png`) });
}

async function speak(page: Page): Promise<void> {
  if (!values.es) return;
  await page.evaluate(() => localStorage.setItem('homeground.locale', 'es'));
  await page.reload();
}

/** A conversation with somebody behind the next door, saved with its support level. */
async function talk(page: Page, level: number, shots: boolean): Promise<void> {
  await page.locator('.next-bar a').click();
  await page.locator('.door-page').waitFor();
  if (shots) await shoot(page, 'phone-door');
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
  if (shots) await shoot(page, 'phone-talk');
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

const server = await ChapterServer.make();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await server.start();
  const phone = await browser.newContext({ ...PHONE, ...look, baseURL: server.url });
  const join = await phone.newPage();
  await join.goto(linkFor(server, 'Canvasser'));
  await speak(join);
  await join.getByRole('textbox').waitFor();
  await shoot(join, 'phone-join');
  await join.close();
  const walk = await joinAsPhone(
    await browser.newContext({ ...PHONE, ...look, baseURL: server.url }),
    server,
    'Wanda',
  );
  for (let door = 0; door < 5; door++) await markNotHome(walk);
  await speak(walk);
  await walk.locator('.next-bar').waitFor();
  for (const [index, level] of [1, 2, 4, 1, 2, 3].entries()) await talk(walk, level, index === 5);
  await walk.context().setOffline(true);
  await walk.locator('.not-home-button').first().click();
  await walk.locator('.not-home-button').first().click();
  await walk.waitForTimeout(6000);
  await shoot(walk, 'phone-list');
  await walk.goto('/walk/map');
  await shoot(walk, 'phone-map');
  await walk.goto('/walk/script');
  await shoot(walk, 'phone-script');

  const desk = await browser.newContext({ ...DESK, ...look, baseURL: server.url });
  const page = await signIn(desk, linkFor(server, 'Admin'));
  await speak(page);
  await walkWithoutSignal(server, page);
  for (const name of DESK_PAGES) {
    await page.goto(`/desk/${name}`);
    await shoot(page, `desk-${name}`);
  }
  await page.goto('/desk/launch');
  await page.locator('.launch-card a').first().click();
  await page.locator('.launch-code-row button, .launch-code button, button').last().waitFor();
  await page.getByRole('button', { name: /Open (the|a new) code|Abrir/ }).click();
  await page.locator('.launch-letters').waitFor();
  await shoot(page, 'desk-turf-live');
} finally {
  await browser.close();
  await server.remove();
}
