import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { seededDice } from '#shared/kernel/random.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { DESK, linkFor, signIn } from '../e2e/people.ts';
import { type BenchOptions, median, round } from './line.ts';

/** In ms: sixty frames a second. */
const LIMIT = 1000 / 60;
const DOORS = 200_000;
/** Pans of the map, each a drag of the hand by so many moves. */
const PANS = 6;
const MOVES = 40;
const REACH = 280;

const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
};

/** Runs in the page: keeps the time of each frame. */
const NOTE_FRAMES = `
  window.frameTimes = [];
  requestAnimationFrame(function note(now) {
    window.frameTimes.push(now);
    requestAnimationFrame(note);
  });`;

/** Houses along streets that stand as close as a city's do, around the demo's town. */
function cityOf(like: UniverseDoors, n: number): UniverseDoors {
  const dice = seededDice(200);
  const side = Math.ceil(Math.sqrt(n / 20));
  const lon: number[] = [];
  const lat: number[] = [];
  for (let i = 0; i < n; i++) {
    const block = Math.floor(i / 20);
    lon.push((like.lon[0] ?? 0) + ((block % side) - side / 2) * 0.0014 + (i % 10) * 0.00012);
    const row = Math.floor(block / side) - side / 2;
    lat.push((like.lat[0] ?? 0) + row * 0.0008 + (i % 20 < 10 ? 0 : 0.0003) + dice.next() * 2e-5);
  }
  const every = <T>(value: T): T[] => Array.from({ length: n }, () => value);
  return {
    ...like,
    buildings: Array.from({ length: n }, (_, i) => `b${i}`),
    label: every('1 Elm St'),
    lon,
    lat,
    doors: every(1),
    people: every(2),
    turf: every(-1),
    turfs: [],
    position: every(0),
    street: every('Elm St'),
    number: Array.from({ length: n }, (_, i) => String(i % 300)),
    precinct: every(-1),
    precincts: [],
    units: [],
    shared: [],
  };
}

/** The turf screen over a universe of so many doors, from the server but for the doors themselves. */
async function openDesk(context: BrowserContext, server: ChapterServer): Promise<Page> {
  const page = await signIn(context, linkFor(server, 'Coordinator'));
  await page.route('**/v1/universes/*/doors', async (route) => {
    const like = (await (await route.fetch()).json()) as UniverseDoors;
    await route.fulfill({ json: cityOf(like, DOORS) });
  });
  await page.route('**/v1/turfs?universe=*', (route) => route.fulfill({ json: [] }));
  await page.goto('/desk/turf');
  await page.locator('.leaflet-container').waitFor();
  await page.getByText('200,000 of 200,000').waitFor();
  await page.waitForTimeout(1500);
  return page;
}

/** The time of each frame while the hand drags the map to and fro, in ms. */
async function panFrames(page: Page): Promise<number[]> {
  await page.evaluate('window.frameTimes = []');
  const box = await page.locator('.leaflet-container').boundingBox();
  if (box === null) throw new Error('There is no map.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (let pan = 0; pan < PANS; pan++) {
    const way = pan % 2 === 0 ? 1 : -1;
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 1; i <= MOVES; i++) {
      await page.mouse.move(x + (way * REACH * i) / MOVES, y + (way * 60 * i) / MOVES);
    }
    await page.mouse.up();
  }
  const times = await page.evaluate(
    () => (window as unknown as { frameTimes: number[] }).frameTimes,
  );
  return times.slice(1).map((time, i) => time - (times[i] ?? time));
}

/** Processor of the page's main thread so far, in ms: what others on the machine do is not in it. */
async function mainThread(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** `npm run bench -- map-doors`: frames of the turf screen with 200,000 doors while it is panned. */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  const server = await ChapterServer.make();
  const browser = await chromium.launch(LAUNCH);
  try {
    await server.start();
    const page = await openDesk(await browser.newContext({ ...DESK, baseURL: server.url }), server);
    await page.evaluate(NOTE_FRAMES);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const zooms = quick ? ['all of it'] : ['all of it', 'a district'];
    for (const zoom of zooms) {
      if (zoom === 'a district') {
        for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Closer' }).click();
        await page.waitForTimeout(1000);
      }
      const before = await mainThread(devtools);
      const frames = (await panFrames(page)).sort((a, b) => a - b);
      const processor = ((await mainThread(devtools)) - before) / Math.max(1, frames.length);
      const mean = frames.reduce((sum, frame) => sum + frame, 0) / Math.max(1, frames.length);
      const late = frames[Math.floor(frames.length * 0.95)] ?? 0;
      const figures = {
        mean,
        median: median(frames),
        p95: late,
        longest: frames.at(-1) ?? 0,
        processor,
      };
      for (const [figure, value] of Object.entries(figures)) {
        print({
          bench: 'map-doors',
          case: `${DOORS} doors, ${zoom} in sight, panned by hand`,
          figure: `frame ${figure}`,
          value: round(value),
          unit: 'ms',
          against: 'limit',
          againstValue: round(LIMIT),
          ratio: round(LIMIT / value),
          n: frames.length,
        });
      }
    }
  } finally {
    await browser.close();
    await server.remove();
  }
}
