import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { makeId, type Id, type TurfId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { Packet } from '#shared/model/packet.ts';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { HandPhone } from '../e2e/hand-phone.ts';
import { linkFor, PHONE } from '../e2e/people.ts';
import { type BenchOptions, median, round } from './line.ts';

/** In ms, for a turf of so many doors, on a processor slowed down so many times. */
const LIMIT = 100;
const DOORS = 60;
const SLOWDOWN = 6;
/** Facts at these doors from before: two at each. */
const HISTORY = 120;

/** The phone's own stores and lock, as one script. */
async function bundlePage(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('at-rest-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'bench',
      },
    },
  });
  const [first] = Array.isArray(made) ? made : [made];
  if (first === undefined || !('output' in first)) throw new Error('nothing was bundled');
  return first.output[0].code;
}

/** The demo chapter's turf as a phone gets it, brought to the size that is measured. */
async function makeTurf(): Promise<Packet> {
  const server = await ChapterServer.make();
  const browser = await chromium.launch(LAUNCH);
  try {
    await server.start();
    const context = await browser.newContext(PHONE);
    const coming = context.waitForEvent('response', (one) => one.url().endsWith('/v1/packet'));
    const page = await context.newPage();
    await page.goto(linkFor(server, 'Canvasser'));
    await page.getByLabel('Your name').fill('Bench');
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Get my turf' }).click();
    const packet = (await (await coming).json()) as Packet;
    const phone = await HandPhone.join(server, 'Bench too');
    const random = seededBytes(seededDice(60));
    const doors = Array.from({ length: DOORS }, (_, at) => {
      const door = packet.doors[at % packet.doors.length];
      if (door === undefined) throw new Error('an empty turf');
      return at < packet.doors.length ? door : { ...door, id: makeId<Id<'door'>>(0, random) };
    });
    const history = Array.from({ length: HISTORY }, (_, at) => {
      const { opId, body } = phone.knock(doors[at % DOORS]?.id ?? '', 'Come again on Saturday');
      return { seq: at + 1, opId, body };
    });
    return { ...packet, doors, history, turf: { ...packet.turf, id: '' as TurfId } };
  } finally {
    await browser.close();
    await server.remove();
  }
}

const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
};

/** To put a turf behind its key on the disk, and to read it again, in a browser on a slow phone. */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  const [script, packet] = [await bundlePage(), await makeTurf()];
  const pages = createServer((_, reply) => {
    reply.setHeader('content-type', 'text/html');
    reply.end('<!doctype html><title>bench</title>');
  });
  await new Promise<void>((resolve) => {
    pages.listen(0, '127.0.0.1', resolve);
  });
  const browser = await chromium.launch(LAUNCH);
  try {
    const context = await browser.newContext(PHONE);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
    await page.addScriptTag({ content: script });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    const times: number[] = [];
    for (let run = 0; run < (quick ? 5 : 31); run++) {
      const { put, read } = await page.evaluate((given) => measureTurf(given), packet);
      times.push(put + read);
    }
    const value = median(times.slice(1));
    print({
      bench: 'at-rest',
      case: `a turf of ${DOORS} doors and ${HISTORY} facts: encrypt, store, read, decrypt, CPU ${SLOWDOWN}x slower`,
      figure: 'put_and_read_ms',
      value: round(value),
      unit: 'ms',
      against: 'limit',
      againstValue: LIMIT,
      ratio: round(LIMIT / value),
      n: times.length - 1,
    });
  } finally {
    await browser.close();
    pages.close();
  }
}
