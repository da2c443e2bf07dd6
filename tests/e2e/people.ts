import {
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  expect,
  type Page,
} from '@playwright/test';
import type { ChapterServer } from './chapter-server.ts';
import { protect } from './guard-steps.ts';

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

/** Whatever the page asks, its device has a passkey or makes one, with its owner verified. */
export async function giveAuthenticator(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return devtools;
}

/** Opens a sign-in link, makes a passkey where one is asked for, and waits for the desk. */
export async function signIn(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await giveAuthenticator(page);
  await page.goto(link);
  const make = page.getByRole('button', { name: 'Make a passkey' });
  const desk = page.waitForURL(/\/desk\//);
  await Promise.race([desk, make.waitFor()]);
  if (await make.isVisible()) await make.click();
  await desk;
  return page;
}

/** Joins by a link, waits until the phone says that it works without signal, and opens the list. */
export async function joinByLink(
  context: BrowserContext,
  link: string,
  name: string,
  by: 'pin' | 'skip' = 'skip',
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('I have read the rules').check();
  await page.getByRole('button', { name: 'Get my turf' }).click();
  // Every part of the app is on the phone then.
  await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
  await protect(page, by);
  await expect(page.locator('.door-row').first()).toBeVisible();
  return page;
}

/** Joins the demo chapter's turf by the link that `serve` printed. */
export function joinAsPhone(
  context: BrowserContext,
  server: ChapterServer,
  name: string,
  by: 'pin' | 'skip' = 'skip',
): Promise<Page> {
  return joinByLink(context, linkFor(server, 'Canvasser'), name, by);
}
