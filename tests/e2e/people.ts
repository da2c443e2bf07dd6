import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
} from '@playwright/test';
import type { ChapterServer } from './chapter-server.ts';

/** A phone of five years ago, held in one hand. */
export const PHONE = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  locale: 'en-US',
  colorScheme: 'light',
} as const satisfies BrowserContextOptions;

export const DESK = {
  viewport: { width: 1440, height: 900 },
  locale: 'en-US',
  colorScheme: 'light',
} as const satisfies BrowserContextOptions;

/** The link that `serve` printed for one kind of person of the demo chapter. */
export function linkFor(
  server: ChapterServer,
  who: 'Coordinator' | 'Research lead' | 'Admin' | 'Canvasser',
): string {
  const found = new RegExp(`${who}\\s+(http\\S+)`).exec(server.printed)?.[1];
  if (found === undefined) throw new Error(`No link for a ${who} in:\n${server.printed}`);
  return found;
}

/** Opens a sign-in link and waits for the desk. */
export async function signIn(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.waitForURL(/\/desk\//);
  return page;
}

/** Joins by a link, waits until the phone says that it works without signal, and opens the list. */
export async function joinByLink(
  context: BrowserContext,
  link: string,
  name: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Get my turf' }).click();
  await page.getByRole('link', { name: 'Start walking' }).click();
  await expect(page.locator('.door-row').first()).toBeVisible();
  return page;
}

/** Joins the demo chapter's turf by the link that `serve` printed. */
export function joinAsPhone(
  context: BrowserContext,
  server: ChapterServer,
  name: string,
): Promise<Page> {
  return joinByLink(context, linkFor(server, 'Canvasser'), name);
}
