import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { ChapterServer } from './chapter-server.ts';
import { CHROMIUM } from './find-chromium.ts';
import { protect } from './guard-steps.ts';
import { DESK, linkFor, PHONE, signIn } from './people.ts';
import { markNotHome } from './walk-work.ts';
import { type Modules, writeFilm } from './write-film.ts';

let server: ChapterServer;
const folder = mkdtempSync(join(tmpdir(), 'homeground-codes-'));
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Looks at the screen until each of its codes has passed. */
async function watchCodes(desk: Page): Promise<readonly Modules[]> {
  const seen = new Map<number, Modules>();
  const picture = desk.locator('.qr-picture');
  await expect
    .poll(
      async () => {
        const { label, size, path } = await picture.evaluate((svg) => ({
          label: svg.getAttribute('aria-label') ?? '',
          size: Number(svg.getAttribute('viewBox')?.split(' ')[2]),
          path: svg.querySelector('path')?.getAttribute('d') ?? '',
        }));
        const [, number = '', all = ''] = /Code (\d+) of (\d+)/.exec(label) ?? [];
        const cells = [...path.matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => `${x},${y}`);
        seen.set(Number(number), { size, dark: new Set(cells) });
        return Number(all) - seen.size;
      },
      { intervals: [50], timeout: 60_000 },
    )
    .toBe(0);
  return [...seen.values()];
}

test('a phone whose browser reads no codes takes a turf off a screen with its camera, and no network', async ({
  browser,
}) => {
  const desk = await signIn(
    await browser.newContext({ ...DESK, baseURL: server.url }),
    linkFor(server, 'Coordinator'),
  );
  await desk.goto('/desk/launch');
  await desk.locator('.launch-card a').first().click();
  await desk.getByRole('button', { name: 'For a phone with no signal' }).click();
  const film = join(folder, 'codes.y4m');
  writeFilm(film, await watchCodes(desk));
  await desk.getByRole('button', { name: 'Show the ten letters' }).click();
  const letters = await desk.locator('.handed-letters').innerText();

  const phone = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  try {
    const context = await phone.newContext({ ...PHONE, baseURL: server.url });
    const page = await context.newPage();
    await page.goto('/join');
    expect(await page.evaluate(() => 'BarcodeDetector' in globalThis)).toBe(false);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await server.kill();
    await page.reload();
    await page.getByRole('button', { name: 'No signal?' }).click();
    await page.getByRole('button', { name: 'Look at the codes' }).click();
    await page.getByLabel('Ten letters').fill(letters, { timeout: 60_000 });
    await page.getByLabel('Your name').fill('Ines');
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Open the turf' }).click();
    await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
    await protect(page, 'skip');
    await markNotHome(page);
  } finally {
    await phone.close();
  }
});
