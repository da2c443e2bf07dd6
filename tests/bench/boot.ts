import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  type Page,
} from '@playwright/test';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { keepOpen } from '../e2e/guard-steps.ts';
import { joinAsPhone, PHONE } from '../e2e/people.ts';
import { measureFirstLoad, measureKept } from './first-load.ts';
import { type BenchOptions, median, round } from './line.ts';

/**
 * Near the limit, in ms from the reload to the first door painted, by how much the CPU is slowed; and
 * from `/`, which the icon of an installed app opens.
 */
const GOALS = [
  { slowdown: 6, from: '/walk', figure: 'offline_reload_ms', what: 'offline reload', goal: 700 },
  { slowdown: 1, from: '/walk', figure: 'offline_reload_ms', what: 'offline reload', goal: 130 },
  { slowdown: 6, from: '/', figure: 'icon_start_ms', what: 'the icon, no signal', goal: 700 },
] as const;

declare global {
  /** Tells the bench, in ms since the reload. Asking the page instead would be work for it, before its door. */
  var tellFirstDoor: ((ms: string) => void) | undefined;
}

/** Near the limit, in ms of the processor. */
const BOOT_CPU = 120;
/** By then all that a start begins has ended, in ms. */
const SETTLED = 3_000;

/** Tells, from the page, when the first door has been painted. */
function noteFirstDoor(): void {
  const seen = new MutationObserver(() => {
    if (document.querySelector('.door-row') === null) return;
    seen.disconnect();
    requestAnimationFrame(() => {
      setTimeout(() => {
        globalThis.tellFirstDoor?.(String(performance.now()));
      });
    });
  });
  seen.observe(document, { childList: true, subtree: true });
}

async function open(page: Page, cdp: CDPSession, from: string): Promise<number> {
  const told = new Promise<number>((resolve) => {
    cdp.once('Runtime.bindingCalled', ({ payload }) => resolve(Number(payload)));
  });
  if (from === '/walk') await page.reload({ waitUntil: 'commit' });
  else await page.goto(from, { waitUntil: 'commit' });
  return told;
}

/** What the pages of this browser have taken of the processor, in ms. */
async function makeCpuReader(browser: Browser): Promise<() => Promise<number>> {
  const cdp = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    return pages.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  };
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
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: 'tellFirstDoor' });
    for (const { slowdown, from, figure, what, goal } of GOALS) {
      const times: number[] = [];
      for (let run = 0; run < (quick ? 4 : 15); run++) {
        // What the page before has begun is no part of it.
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
        await page.waitForTimeout(quick ? SETTLED / 3 : SETTLED);
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
        times.push(await open(page, cdp, from));
      }
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      const value = median(times.slice(1));
      print({
        bench: 'boot',
        case: `${what} to the first door, CPU ${slowdown}x slower, turf of the demo`,
        figure,
        value: round(value),
        unit: 'ms',
        against: 'goal: near the limit',
        againstValue: goal,
        ratio: round(goal / value),
        n: times.length - 1,
      });
    }
    const readCpu = await makeCpuReader(browser);
    const taken: { door: number; all: number }[] = [];
    for (let run = 0; run < (quick ? 3 : 11); run++) {
      const before = await readCpu();
      await open(page, cdp, '/walk');
      const door = (await readCpu()) - before;
      await page.waitForTimeout(SETTLED);
      taken.push({ door, all: (await readCpu()) - before });
    }
    for (const [until, figure] of [
      ['the first door', taken.slice(1).map(({ door }) => door)],
      ['all that it begins has ended', taken.slice(1).map(({ all }) => all)],
    ] as const) {
      const value = median(figure);
      print({
        bench: 'boot',
        case: `renderers’ processor time of an offline reload, CPU as it is, until ${until}`,
        figure: 'boot_cpu_ms',
        value: round(value),
        unit: 'ms',
        against: 'goal: near the limit',
        againstValue: BOOT_CPU,
        ratio: round(BOOT_CPU / value),
        n: figure.length,
      });
    }
  } finally {
    await browser.close();
    await server.remove();
  }
}
