import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspectScreen } from './inspect-screen.ts';
import { type Look, takeOff } from './looks.ts';

/** Whatever scrolls inside a screen, what lies on top first. */
const SCROLLERS = ['.sign-words', '.sheet-body', '.list-scroll', '.walk-main', '.walk'];
/** Less than this hidden below the edge is no picture of its own. In px. */
const LITTLE = 40;
/** Enough of a failure to know it by. In letters. */
const WORDS = 300;

/** Takes each state of a screen in several looks, and keeps what it could not take. */
export class Camera {
  readonly names: string[] = [];
  readonly missed: string[] = [];
  readonly #found = new Map<string, string[]>();
  readonly #folder: string;
  readonly #looks: readonly Look[];

  constructor(folder: string, looks: readonly Look[]) {
    this.#folder = folder;
    this.#looks = looks;
    for (const { name } of looks) mkdirSync(join(folder, name), { recursive: true });
  }

  /**
   * Brings a screen into a state and takes it there, from its top and from its end; or, where `at`
   * says what it is about, with that in sight. A state that cannot be reached stops nothing.
   */
  async state(page: Page, name: string, reach: () => Promise<unknown>, at?: string): Promise<void> {
    try {
      await reach();
      await this.#shoot(page, name, at);
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, WORDS) : String(error);
      this.missed.push(`${name} (${this.#looks.map((look) => look.name).join(', ')}): ${why}`);
      await takeOff(page).catch(() => {});
    }
  }

  /** What breaks a rule, with the states and looks where it does. */
  findings(): readonly string[] {
    return [...this.#found].map(
      ([finding, [first, ...rest]]) =>
        `${finding}\n    in ${first}${rest.length > 0 ? ` and ${rest.length} more` : ''}`,
    );
  }

  async #shoot(page: Page, name: string, at: string | undefined): Promise<void> {
    // The network is never idle: what others do comes as it happens.
    await page.locator('[aria-busy="true"], .skeleton').first().waitFor({ state: 'detached' });
    await page.waitForTimeout(450);
    for (const look of this.#looks) {
      await look.wear(page);
      await page.waitForTimeout(120);
      await this.#inspect(page, look, name);
      if (at !== undefined) await scrollTo(page, at);
      await this.#save(page, look, name);
      if (at !== undefined) continue;
      if (await scrollToEnd(page)) await this.#save(page, look, `${name}-below`);
      await scrollToTop(page);
    }
    await takeOff(page);
  }

  async #inspect(page: Page, look: Look, name: string): Promise<void> {
    const asked = look === this.#looks[0] ? 'all' : look.colours ? 'contrast' : 'nothing';
    for (const finding of await inspectScreen(page, asked, look.name === 'sun')) {
      const before = this.#found.get(finding) ?? [];
      this.#found.set(finding, [...before, `${name} (${look.name})`]);
    }
  }

  async #save(page: Page, look: Look, name: string): Promise<void> {
    const path = join(this.#folder, look.name, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled', timeout: 10_000 });
    if (!this.names.includes(name)) this.names.push(name);
  }
}

async function scrollTo(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

/** Scrolls what lies on top to its end; false when all was in sight. */
function scrollToEnd(page: Page): Promise<boolean> {
  return page.evaluate(
    ([selectors, little]) => {
      const inside = selectors.flatMap((each) => [...document.querySelectorAll(each)]);
      // A list or a page that does not scroll itself may do so as a part of the walk.
      const lies = inside[0]?.matches('.list-scroll, .walk-main') === true ? inside : [inside[0]];
      const scroller =
        lies.find((each) => each && each.scrollHeight > each.clientHeight + little) ??
        document.documentElement;
      if (scroller.scrollHeight <= scroller.clientHeight + little) return false;
      scroller.scrollTop = scroller.scrollHeight;
      return true;
    },
    [SCROLLERS, LITTLE] as const,
  );
}

async function scrollToTop(page: Page): Promise<void> {
  await page.evaluate((selectors) => {
    for (const each of document.querySelectorAll(selectors.join())) each.scrollTop = 0;
    document.documentElement.scrollTop = 0;
  }, SCROLLERS);
}
