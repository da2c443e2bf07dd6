import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seededDice } from '#shared/kernel/random.ts';
import { protect, unlock } from '../e2e/guard-steps.ts';
import type { Prove } from './prove.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import { BrowserProcess } from './real/browser-process.ts';
import { makeScratch, removeScratch } from './real/scratch.ts';
import { makeWorld, type World } from './real/world.ts';

/** A turf has thirty to fifty doors: so many kills at most on one profile, each after a few knocks. */
const KILLS_A_PROFILE = 7;
/** More than are ever knocked before one kill. */
const DOORS_A_KILL = 14;

const CLASSES = ['killed-after-a-word', 'killed-with-a-knock-under-way', 'came-home'] as const;

interface ScannedOp {
  readonly opId: string;
  readonly localSeq: number;
  readonly sha256: string;
  /** Nothing readable lies on a guarded phone: what it says is sealed to the chapter. */
  readonly body: string;
  readonly sealed?: string;
  readonly state: string;
}
interface Scan {
  readonly ops: readonly ScannedOp[];
  readonly nextSeq: number;
}

/** Reads the outbox from IndexedDB past all of our code. A text, as the page runs it unchanged. */
const SCAN = `(async () => {
  const hear = (request) => new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  const db = await hear(indexedDB.open('homeground-outbox'));
  const read = db.transaction(['ops', 'head']);
  const ops = await hear(read.objectStore('ops').getAll());
  const [head] = await hear(read.objectStore('head').getAll());
  db.close();
  return { ops, nextSeq: head?.nextSeq ?? 1 };
})()`;

const scan = (page: Page): Promise<Scan> => page.evaluate<Scan>(SCAN);

/** What must hold of an outbox in which nothing was ever sent, and of which `told` facts were told. */
function judge({ ops, nextSeq }: Scan, told: number): string[] {
  const wrong: string[] = [];
  const unsent = ops.filter((op) => op.state === 'unsent').length;
  if (unsent < told) wrong.push(`LOST: the screen said ${told} saved, ${unsent} are there`);
  const numbers = ops.map((op) => op.localSeq).sort((a, b) => a - b);
  if (numbers.some((n, i) => n !== i + 1)) wrong.push(`the numbers are ${numbers.join(' ')}`);
  if (nextSeq !== ops.length + 1) wrong.push(`the next number is ${nextSeq} after ${ops.length}`);
  for (const op of ops) {
    // Sealed with its own tag: whether it is whole shows when the chapter has opened it.
    if (op.body !== '' || (op.sealed ?? '') === '') wrong.push(`${op.opId} is not sealed`);
  }
  return wrong;
}

/** Tells every number of saved facts that the screen shows, at the moment it shows it. */
const WATCH = `(() => {
  const look = () => {
    for (const status of document.querySelectorAll('[role=status]')) {
      const found = /^(?:(\\d+) saved on this phone|sending (\\d+))$/.exec(status.textContent);
      if (found) console.log('SAVED ' + (found[1] ?? found[2]));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

/** How far somebody got who was to unlock it. */
const FORM = `[...document.querySelectorAll('input, button[type=submit]')]
  .map((one) => [one.localName, one.value.length, one.disabled, one.getAttribute('aria-busy')].join(' '))
  .join(', ')`;

/** What lies in each database, told with an app that did not open. */
const LIST = `(async () => {
  const hear = (request) => new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  const told = [];
  for (const { name, version } of await indexedDB.databases()) {
    const db = await hear(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const rows = await hear(db.transaction(store).objectStore(store).count());
      told.push(name + ' ' + version + ' ' + store + ': ' + rows);
    }
    db.close();
  }
  return told.join(', ');
})()`;

/** What the app says of the phone's facts as soon as it has opened. */
const WORDS = /saved on this phone|sending|with the chapter/;

/** Taps Not home at one door after the other, as fast as the page lets anybody. */
const TAP = `(async () => {
  for (;;) {
    const button = document.querySelector('button[aria-label^="Not home:"]:not(:disabled)');
    if (button) console.log('TAP');
    button?.click();
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
})()`;

/** A phone on a profile of its own, whose server is gone while it walks. */
class Walker {
  readonly #world: World;
  readonly #folder = makeScratch('profile');
  /** The most facts that the screen ever said were saved, and how often it said a new number. */
  readonly #told = { most: 0, words: 0, taps: 0 };
  #browser: BrowserProcess | null = null;
  kills = 0;
  /** Doors that are still to do. */
  doorsLeft = Infinity;

  constructor(world: World) {
    this.#world = world;
  }

  async #open(): Promise<Page> {
    const browser = await BrowserProcess.open(join(this.#folder, 'profile'));
    this.#browser = browser;
    const told = this.#told;
    browser.page.on('console', (line) => {
      if (line.text() === 'TAP') told.taps += 1;
      const said = Number(/^SAVED (\d+)$/.exec(line.text())?.[1] ?? 0);
      if (said <= told.most) return;
      told.most = said;
      told.words += 1;
    });
    await browser.page.addInitScript(WATCH);
    return browser.page;
  }

  async #close(): Promise<void> {
    await this.#browser?.kill();
    this.#browser = null;
  }

  async join(turf: number): Promise<void> {
    const { server, town } = this.#world;
    if (!server.running) await server.start();
    const page = await this.#open();
    await page.goto(`${server.url}/join`);
    const code = await town.turfs[turf % town.turfs.length]?.invite();
    await page.getByLabel('Code').fill(code ?? '');
    await page.getByLabel('Your name').fill(`Wanda ${turf}`);
    await page.getByLabel('I have read the rules').check();
    await page.getByRole('button', { name: 'Get my turf' }).click();
    await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
    await protect(page, 'pin');
    await page.locator('.door-row').first().waitFor();
    // The app is on the phone once its worker is ready: from here on there is no server.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
    await page.waitForTimeout(300);
    await server.kill();
  }

  async #walk(): Promise<Page> {
    const page = await this.#open();
    await page.goto(`${this.#world.server.url}/walk`);
    try {
      await unlock(page);
      await page.locator('[role=status]', { hasText: WORDS }).first().waitFor();
    } catch {
      const text = await page.evaluate<string>('document.body.innerText');
      const there = await page.evaluate<string>(LIST);
      const form = await page.evaluate<string>(FORM);
      throw new Error(
        `The app did not open again at ${page.url()}: ${text.slice(0, 300)} (${there}) ${form}`,
      );
    }
    return page;
  }

  /** Knocks, kills the browser in the middle, opens the app again and reads what is there. */
  async killOnce(seed: number): Promise<CaseEnd> {
    const dice = seededDice(seed);
    const told = this.#told;
    const page = this.#browser?.page ?? (await this.#walk());
    const before = await scan(page);
    const wrong = judge(before, told.most);
    const enough = told.words + dice.whole(1, 4);
    const first = { ...told };
    void page.evaluate(TAP).catch(() => {});
    const until = performance.now() + 5_000;
    while (told.words < enough && performance.now() < until) await page.waitForTimeout(2);
    await page.waitForTimeout(dice.whole(0, 25));
    await this.#close();
    this.kills += 1;
    const again = await this.#walk();
    const after = await scan(again);
    // What lies below the first screen is drawn after it.
    await again.locator('.list-scroll[aria-busy]').waitFor({ state: 'detached' });
    this.doorsLeft = await again.locator('button[aria-label^="Not home:"]').count();
    wrong.push(...judge(after, told.most));
    const words = told.words - first.words;
    if (words === 0) wrong.push('nothing was saved at all');
    return {
      wrong,
      fired: [
        ['killed-after-a-word', Math.min(1, words)],
        ['killed-with-a-knock-under-way', told.taps - first.taps > told.most - first.most ? 1 : 0],
      ],
      counts: {
        knocks: after.ops.length - before.ops.length,
        'saved-but-not-yet-said': after.ops.length - told.most,
      },
    };
  }

  /** The server is there again: everything arrives once. */
  async comeHome(): Promise<string[]> {
    const { server, log } = this.#world;
    await server.start();
    const page = this.#browser?.page ?? (await this.#walk());
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    const until = performance.now() + 60_000;
    let found = await scan(page);
    while (found.ops.some((op) => op.state === 'unsent') && performance.now() < until) {
      await page.waitForTimeout(100);
      found = await scan(page);
    }
    await this.#close();
    await server.kill();
    const there = new Map((await log.read(0)).ops.map((op) => [op.opId, op.sha256]));
    return found.ops.flatMap((op) =>
      there.get(op.opId) === op.sha256 ? [] : [`${op.opId} (${op.state}) never came home`],
    );
  }

  async remove(): Promise<void> {
    await this.#close();
    removeScratch(this.#folder);
  }
}

/** Walkers one after the other, each on another turf; a new town when all turfs are walked. */
class Walkers {
  #world: World | null = null;
  #walker: Walker | null = null;
  #turf = 0;

  async current(): Promise<Walker> {
    if (this.#walker !== null) return this.#walker;
    this.#world ??= await makeWorld('sqlite');
    const walker = new Walker(this.#world);
    this.#walker = walker;
    await walker.join(this.#turf);
    return walker;
  }

  async next(): Promise<void> {
    await this.#walker?.remove();
    this.#walker = null;
    this.#turf += 1;
    if (this.#turf < (this.#world?.town.turfs.length ?? 0)) return;
    await this.#world?.remove();
    this.#world = null;
    this.#turf = 0;
  }

  async remove(): Promise<void> {
    await this.#walker?.remove();
    await this.#world?.remove();
  }
}

/** T8: Chromium killed while it saves knocks, reopened on the same profile, IndexedDB read raw. */
export const prove: Prove = async (options) => {
  const walkers = new Walkers();
  try {
    await proveCases(options, {
      test: 'browser',
      cases: { quick: 1, ci: 30, long: 1000 },
      classes: CLASSES,
      run: async ({ seed, number, size }) => {
        const walker = await walkers.current();
        const end = await walker.killOnce(seed).catch(async (error: unknown) => {
          // Whatever it was, the next kill begins with a phone of its own.
          await walkers.next();
          throw error;
        });
        const last = size === 'quick' && number === 0;
        const walks = walker.kills < KILLS_A_PROFILE && walker.doorsLeft >= DOORS_A_KILL;
        if (walks && !last) return end;
        const wrong = [...end.wrong, ...(await walker.comeHome())];
        await walkers.next();
        return { ...end, wrong, fired: [...end.fired, ['came-home', 1] as const] };
      },
    });
  } finally {
    await walkers.remove();
  }
};
