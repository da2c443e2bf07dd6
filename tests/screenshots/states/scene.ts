import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { ChapterServer } from '../../e2e/chapter-server.ts';
import { PHONE } from '../../e2e/people.ts';
import type { Camera } from '../camera.ts';
import type { Shift } from '../prepare-shift.ts';
import type { Say } from '../say.ts';

/** Everything that a part of the states is taken with. */
export interface Scene {
  readonly browser: Browser;
  readonly server: ChapterServer;
  readonly camera: Camera;
  readonly shift: Shift;
  readonly say: Say;
  readonly locale: string;
}

/** Joining fetches a turf and the whole app. In ms. */
const JOINING = 60_000;
/** How long a screen may take before its state counts as one that could not be reached. In ms. */
const PATIENCE = 10_000;

/** A phone that has not been used. */
export async function newPhone(scene: Scene, more: object = {}): Promise<BrowserContext> {
  const { browser, server, locale } = scene;
  const own = { ...PHONE, locale, deviceScaleFactor: 1, baseURL: server.url, ...more };
  const context = await browser.newContext(own);
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** Types a name and reads the rules, and joins. */
export async function fillIn(page: Page, name: string): Promise<void> {
  await page.locator('input[autocomplete=name]').fill(name);
  await page.getByRole('checkbox').check();
  await page.locator('form button[type=submit]').click();
}

/** Joins without a PIN and gives the page with its list. */
export async function joinQuietly(scene: Scene, link: string, name: string): Promise<Page> {
  const page = await (await newPhone(scene)).newPage();
  await page.goto(link);
  await fillIn(page, name);
  await page.locator('a[href="/protect"]').click({ timeout: JOINING });
  await page.getByRole('button', { name: scene.say('Skip') }).click();
  await page.locator('.walk-header').waitFor();
  return page;
}

/** A second page with the list: the first can then be loaded anew and is open at once. */
export async function keepListOpen(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('/walk');
  await page.locator('.walk-header').waitFor();
}

/** The toast of what was saved just now is a state of its own, and hides others. */
export async function closeToast(page: Page): Promise<void> {
  const close = page.locator('.toast-close');
  if ((await close.count()) > 0) await close.first().click();
  await page.locator('.toast').waitFor({ state: 'detached' });
}
