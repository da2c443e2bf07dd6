import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { keepOpen } from '../e2e/guard-steps.ts';
import { joinAsPhone, PHONE } from '../e2e/people.ts';
import { measureFirstLoad, measureKept } from './first-load.ts';
import { type BenchOptions, median, round } from './line.ts';

/** Near the limit, in ms from the reload to the first door painted, by how much the CPU is slowed. */
const GOALS = [
  { slowdown: 6, goal: 700 },
  { slowdown: 1, goal: 130 },
] as const;

/** Notes, in the page, when the first door has been painted. */
function noteFirstDoor(): void {
  const seen = new MutationObserver(() => {
    if (document.querySelector('.door-row') === null) return;
    seen.disconnect();
    requestAnimationFrame(() => {
      setTimeout(() => {
        performance.mark('first-door');
      });
    });
  });
  seen.observe(document, { childList: true, subtree: true });
}

async function reload(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  const mark = await page.waitForFunction(
    () => performance.getEntriesByName('first-door')[0]?.startTime,
  );
  return (await mark.jsonValue()) ?? Number.NaN;
}

async function walkOffline(context: BrowserContext, server: ChapterServer): Promise<Page> {
  const page = await joinAsPhone(context, server, 'Bench', 'pin');
  // With the list open in another tab no PIN is asked for: what is measured is the app's own work.
  await keepOpen(context);
  await context.setOffline(true);
  await server.kill();
  await page.addInitScript(noteFirstDoor);
  return page;
}

/** Near the limit, in KiB packed. */
const SIZES = [
  {
    figure: 'canvasser_js_gz_kib',
    what: 'the script before a walk’s first screen, with English words, in gzip',
    goal: 150,
    measure: measureFirstLoad,
  },
  {
    figure: 'phone_kept_gz_kib',
    what: 'all that the service worker puts on a canvasser’s phone, in gzip',
    goal: 260,
    measure: measureKept,
  },
] as const;

function printSizes(print: BenchOptions['print']): void {
  for (const { figure, what, goal, measure } of SIZES) {
    const { files, kib } = measure();
    print({
      bench: 'boot',
      case: what,
      figure,
      value: Number(kib.toFixed(1)),
      unit: 'KiB',
      against: 'goal: near the limit',
      againstValue: goal,
      ratio: round(goal / kib),
      n: files,
    });
  }
}

/** From an offline reload, the server gone, to the first door on screen. */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  printSizes(print);
  const server = await ChapterServer.make();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    await server.start();
    const context = await browser.newContext({ ...PHONE, baseURL: server.url });
    const page = await walkOffline(context, server);
    const cdp = await context.newCDPSession(page);
    for (const { slowdown, goal } of GOALS) {
      const times: number[] = [];
      for (let run = 0; run < (quick ? 4 : 15); run++) {
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
        times.push(await reload(page));
      }
      const value = median(times.slice(1));
      print({
        bench: 'boot',
        case: `offline reload to the first door, CPU ${slowdown}x slower, turf of the demo`,
        figure: 'offline_reload_ms',
        value: round(value),
        unit: 'ms',
        against: 'goal: near the limit',
        againstValue: goal,
        ratio: round(goal / value),
        n: times.length - 1,
      });
    }
  } finally {
    await browser.close();
    await server.remove();
  }
}
