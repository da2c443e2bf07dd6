import { type BenchPhone, startWalking, withPhones } from './bench-phone.ts';
import { type BenchLine, type BenchOptions, median, round } from './line.ts';

const DOORS = 60;
const MANY = 5_000;
const KNOCKS = 200;
const SLOWDOWN = 6;

/** Near the limit. Those of stack-client.md where it has one; else what we hold ourselves to. */
const GOALS = {
  readyMs: 10_000,
  framesPerSecond: 60,
  heapMb: 24,
  mapMb: 1,
  storageMb: 15,
} as const;

type Print = (line: Omit<BenchLine, 'bench' | 'ratio'> & { readonly more?: boolean }) => void;

/** How long so many frames took, one by one, while the list is scrolled by a steady hand. */
async function scroll({ page }: BenchPhone, frames: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const list = document.querySelector('.list-scroll');
    if (list === null) throw new Error('no list');
    const times: number[] = [];
    let before = performance.now();
    for (let at = 0; at < count; at++) {
      list.scrollTop += 40;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - before);
      before = now;
    }
    return times;
  }, frames);
}

async function measureReady(
  join: (wish: { doors: number; slowdown: number }) => Promise<BenchPhone>,
  quick: boolean,
  print: Print,
): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < (quick ? 1 : 5); run++) {
    const phone = await join({ doors: DOORS, slowdown: SLOWDOWN });
    times.push(phone.readyMs);
    if (run === 0) await measureStorage(phone, print);
    await phone.context.close();
  }
  print({
    case: `a turf of ${DOORS} doors, from "Get my turf" until packet, script, map and app were found on the phone, CPU ${SLOWDOWN}x slower`,
    figure: 'packet_to_ready_ms',
    value: round(median(times)),
    unit: 'ms',
    against: 'goal: our own',
    againstValue: GOALS.readyMs,
    n: times.length,
  });
}

async function measureStorage({ page, packet }: BenchPhone, print: Print): Promise<void> {
  const { map } = JSON.parse(packet) as { readonly map: unknown };
  print({
    case: `the map in a packet of ${DOORS} doors, unpacked`,
    figure: 'packet_map_mb',
    value: round(Buffer.byteLength(JSON.stringify(map)) / 1e6),
    unit: 'MB',
    against: 'goal: near the limit, for a whole city',
    againstValue: GOALS.mapMb,
    n: 1,
  });
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  print({
    case: `all that a phone keeps with a turf of ${DOORS} doors and its map: app, packet and the 5 MB put by for a full disk`,
    figure: 'phone_storage_mb',
    value: round(usage / 1e6),
    unit: 'MB',
    against: 'goal: our own',
    againstValue: GOALS.storageMb,
    n: 1,
  });
}

async function measureScrolling(phone: BenchPhone, quick: boolean, print: Print): Promise<void> {
  await startWalking(phone);
  await phone.context.setOffline(true);
  for (const slowdown of [1, SLOWDOWN]) {
    await phone.slow(slowdown);
    const times = (await scroll(phone, quick ? 90 : 300)).slice(5);
    const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
    const late = times.filter((one) => one > 25).length;
    print({
      case: `a list of ${MANY} doors scrolled by 40 px a frame, CPU ${slowdown}x slower, ${late} of ${times.length} frames late`,
      figure: 'scroll_frames_per_second',
      value: round(1000 / mean),
      unit: '1/s',
      against: 'goal: every frame of the screen',
      againstValue: GOALS.framesPerSecond,
      n: times.length,
      more: true,
    });
  }
}

async function measureMemory(phone: BenchPhone, quick: boolean, print: Print): Promise<void> {
  const { page, cdp } = phone;
  await startWalking(phone);
  await phone.context.setOffline(true);
  const knocks = quick ? 40 : KNOCKS;
  for (let at = 0; at < knocks; at++) {
    const door = page.locator('.door-row:not(.door-row-busy) .not-home-button').first();
    const id = await door.evaluate((button) => button.closest('.door-row')?.id ?? '');
    await door.evaluate((button: HTMLElement) => button.click());
    await page.locator(`[id="${id}"]`).waitFor({ state: 'detached' });
  }
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  print({
    case: `the heap of the list after ${knocks} knocks, none of them sent`,
    figure: 'heap_after_knocks_mb',
    value: round(usedSize / 1e6),
    unit: 'MB',
    against: 'goal: our own',
    againstValue: GOALS.heapMb,
    n: 1,
  });
}

/** `npm run bench -- packet`: a turf on its way to the phone, and what it costs there. */
export async function bench({ quick, print: say }: BenchOptions): Promise<void> {
  const print: Print = ({ more = false, ...line }) => {
    const { value, againstValue } = line;
    say({
      bench: 'packet',
      ...line,
      ratio: round(more ? value / againstValue : againstValue / value),
    });
  };
  await withPhones(async (join) => {
    await measureReady(join, quick, print);
    await measureScrolling(await join({ doors: MANY }), quick, print);
    await measureMemory(await join({ doors: 240 }), quick, print);
  });
}
