import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { markupTexts } from '../api/corpora.ts';
import { ChapterServer } from './chapter-server.ts';
import { DESK, joinAsPhone, linkFor, PHONE, signIn } from './people.ts';
import { watchFaults } from './watch-faults.ts';

let server: ChapterServer;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
});
test.afterAll(() => server.remove());

/** Some of the 500: every kind of end with every kind of markup once. */
const TEXTS = markupTexts().filter((_, i) => i % 11 === 0);
const textAt = (i: number): string => TEXTS[i % TEXTS.length] ?? '';

/** What a page never has of its own, and markup that came through would make. */
const MADE =
  'img[src="x"], iframe, object, embed, video, audio, marquee, math, base, body [onload], ' +
  '[onclick], [onerror], [onfocus], [style*="javascript"], link[href*="elsewhere"], ' +
  'script:not([src^="/assets/"]), a[href^="javascript"], meta[http-equiv]';

async function expectText(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect([page.url(), await page.locator(MADE).count()]).toEqual([page.url(), 0]);
}

async function send(request: APIRequestContext, url: string, data: object): Promise<unknown> {
  const answer = await request.post(url, { data });
  expect([url, answer.status()]).toEqual([url, 200]);
  return answer.json();
}

test('markup in the names of a chapter is shown as letters on every page', async ({ browser }) => {
  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  const faults = await watchFaults(context);
  const page = await signIn(context, linkFor(server, 'Admin'));
  const { request } = page;
  const universes = await (await request.get('/v1/universes')).json();
  const [{ question }] = universes as { question: object }[] as [{ question: object }];
  for (let i = 0; i < 15; i++) await send(request, '/v1/universes', { name: textAt(i), question });
  const turfs = (await (await request.get('/v1/turfs')).json()) as {
    id: string;
    version: number;
  }[];
  for (const [i, { id, version }] of turfs.entries()) {
    const answer = await request.patch(`/v1/turfs/${id}`, {
      data: { name: textAt(15 + i) },
      headers: { 'if-match': String(version) },
    });
    expect(answer.status()).toBe(200);
  }
  const questions = [0, 1, 2].map((q) => ({
    id: `0190a0a0-0000-7000-8000-00000000000${q}`,
    kind: 'one',
    prompt: textAt(20 + q),
    options: [0, 1, 2].map((o) => ({ id: `o${o}`, label: textAt(24 + 3 * q + o) })),
  }));
  const draft = { opening: textAt(34), questions, closing: textAt(35) };
  const script = (await send(request, '/v1/scripts', { name: textAt(36), draft })) as {
    id: string;
  };
  await send(request, `/v1/scripts/${script.id}/publish`, {});

  for (const path of ['universes', 'turf', 'launch', 'scripts', 'phones', 'held', 'chapter']) {
    await page.goto(`/desk/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectText(page);
  }
  await page.goto('/desk/universes');
  await page.getByRole('radio', { name: /^Saved/ }).check();
  await expectText(page);
  await expect(page.getByText(textAt(3)).first()).toBeVisible();
  await page.goto('/desk/roll');
  const cells = TEXTS.slice(0, 12).map((text) => `"${text.replaceAll('"', '""')}"`);
  const known = 'VANID,LastName,FirstName,Age,StreetNo,StreetName,City,Zip5';
  const voter = `1,${cells[0]},${cells[1]},40,1,Main St,Larkfield,00001`;
  await page.locator('input[type=file]').setInputFiles({
    name: `${textAt(4).replaceAll('/', '')}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `${[known, ...cells].join(',')}\n${[voter, ...cells.toReversed()].join(',')}\n`,
    ),
  });
  await expect(page.getByText('What the columns mean')).toBeVisible();
  await expectText(page);
  expect(faults).toEqual([]);
  await context.close();

  const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
  const phoneFaults = await watchFaults(phone);
  const walk = await joinAsPhone(phone, server, textAt(5));
  for (const path of ['/walk/script', '/walk/map', '/walk']) {
    await walk.goto(path);
    await expectText(walk);
  }
  await walk.getByRole('link', { name: /^Next door:/ }).click();
  await walk.locator('.door-page').getByRole('button', { name: /Talk/ }).first().click();
  await expect(walk.getByText(textAt(20)).first()).toBeVisible();
  await walk.getByLabel('Note', { exact: true }).fill(textAt(6));
  await expectText(walk);
  await walk.getByRole('button', { name: 'Save conversation' }).click();
  await expect(walk.getByRole('link', { name: /^Next door:/ })).toBeVisible();
  await expectText(walk);
  expect(phoneFaults).toEqual([]);
  await phone.close();
});
