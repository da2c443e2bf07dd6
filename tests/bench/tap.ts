import type { Page } from '@playwright/test';
import { type BenchPhone, startWalking, withPhones } from './bench-phone.ts';
import { type BenchOptions, median, round } from './line.ts';

/** Near the limit, in ms: of the fact on the disk, by how much the CPU is slowed; and of the list drawn. */
const GOALS = [
  { slowdown: 6, p50: 100, p95: 200, painted: 200 },
  { slowdown: 1, p50: 30, p95: 50, painted: null },
] as const;

interface TapTimes {
  readonly durable: number;
  readonly painted: number;
}

interface Tap extends TapTimes {
  /** What it took of the page's thread until it was painted. */
  readonly cpu: number;
}

declare global {
  /** Set in the page by `noteWrites`: when the last writing of the outbox was on the disk, in ms. */
  var lastWritten: number;
}

/** Notes, in the page, when each writing of the outbox is complete. */
function noteWrites(): void {
  globalThis.lastWritten = 0;
  const { prototype } = IDBDatabase;
  const own = Object.getOwnPropertyDescriptor(prototype, 'transaction')?.value as
    IDBDatabase['transaction'] | undefined;
  if (own === undefined) return;
  prototype.transaction = function (this: IDBDatabase, ...words) {
    const made = own.apply(this, words);
    if (this.name === 'homeground-outbox' && made.mode === 'readwrite') {
      made.addEventListener('complete', () => {
        globalThis.lastWritten = performance.now();
      });
    }
    return made;
  };
}

/** Not home at the first door that is to do: from the tap to the disk, and to the list without it. */
async function tap(page: Page): Promise<TapTimes> {
  return page.evaluate(async () => {
    const button = document.querySelector<HTMLElement>('.not-home-button');
    const row = button?.closest('.door-row');
    if (button === null || !row) throw new Error('no door is to do');
    const began = performance.now();
    button.click();
    await new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        if (row.isConnected) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(resolve));
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    const painted = performance.now() - began;
    return { durable: globalThis.lastWritten - began, painted };
  });
}

/** The figure that so large a share of the figures does not exceed. */
function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Processor time of the page's thread since it began, in ms: other work of the machine is not in it. */
async function readCpu({ cdp }: BenchPhone): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

async function tapOften(phone: BenchPhone, times: number): Promise<Tap[]> {
  const taps: Tap[] = [];
  for (let at = 0; at < times; at++) {
    const before = await readCpu(phone);
    const seen = await tap(phone.page);
    taps.push({ ...seen, cpu: (await readCpu(phone)) - before });
    // As long as nobody knocks, whatever the tap began is over.
    await phone.page.waitForTimeout(120);
  }
  return taps;
}

/** `npm run bench -- tap`: not home in one tap, until it is on the disk, and until it is seen. */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  await withPhones(async (join) => {
    const phone = await join({ doors: 120, first: noteWrites });
    await startWalking(phone);
    await phone.context.setOffline(true);
    await phone.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    // What is fetched ahead is there.
    await phone.page.waitForTimeout(2_000);
    for (const { slowdown, p50, p95, painted } of GOALS) {
      await phone.slow(slowdown);
      const taps = (await tapOften(phone, quick ? 8 : 41)).slice(1);
      const durable = taps.map((one) => one.durable);
      const seen = taps.map((one) => one.painted);
      const figures = [
        { figure: 'tap_to_durable_ms', what: 'p50', value: median(durable), goal: p50 },
        {
          figure: 'tap_to_durable_p95_ms',
          what: 'p95',
          value: percentile(durable, 0.95),
          goal: p95,
        },
        { figure: 'tap_to_painted_ms', what: 'p50', value: median(seen), goal: painted },
        { figure: 'tap_to_painted_p95_ms', what: 'p95', value: percentile(seen, 0.95), goal: null },
        // What slows the page is itself processor time.
        ...(slowdown === 1
          ? [
              {
                figure: 'tap_to_painted_cpu_ms',
                what: 'p50, processor time of the page',
                value: median(taps.map((one) => one.cpu)),
                goal: null,
              },
            ]
          : []),
      ];
      for (const { figure, what, value, goal } of figures) {
        print({
          bench: 'tap',
          case: `not home in the list of 120 doors, no signal, CPU ${slowdown}x slower, ${what}`,
          figure,
          value: round(value),
          unit: 'ms',
          against: goal === null ? 'itself: nobody set a goal' : 'goal: near the limit',
          againstValue: goal ?? round(value),
          ratio: goal === null ? 1 : round(goal / value),
          n: taps.length,
        });
      }
    }
  });
}
