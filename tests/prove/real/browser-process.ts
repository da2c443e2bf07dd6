import { type Browser, chromium, type Page } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM } from '../../e2e/find-chromium.ts';
import { ownProcess } from './scratch.ts';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-sync',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--no-default-browser-check',
  '--password-store=basic',
  '--lang=en-US',
  '--window-size=412,900',
  '--remote-debugging-port=0',
  // Parts of its own window are pages too, of which each start would draw one that nobody sees.
  '--disable-features=InitialWebUI,WebUIReloadButton,WebUIToolbar,WebUIOmniboxPopup,WebUITabStrip,WebUIOmniboxAimPopup',
];

/** Longest wait for the last process of a killed browser, in ms. */
const LAST_BREATH = 5_000;

/** Waits until no process of the group has a file of the profile open any more. */
async function allGone(group: number): Promise<void> {
  const until = performance.now() + LAST_BREATH;
  while (performance.now() < until) {
    try {
      process.kill(-group, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Chromium on a profile that stays, ended only by SIGKILL, all of its processes at once. */
export class BrowserProcess {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, browser: Browser, page: Page) {
    this.#child = child;
    this.#browser = browser;
    this.page = page;
  }

  static async open(profile: string): Promise<BrowserProcess> {
    if (!existsSync(CHROMIUM)) {
      throw new Error(
        `There is no Chromium at ${CHROMIUM}, and this part of the proof needs it: apt-get install chromium, or set CHROMIUM.`,
      );
    }
    const marks = existsSync(profile) ? readdirSync(profile) : [];
    for (const name of marks) {
      // What a killed browser leaves to say that it runs.
      if (/^(Singleton|DevToolsActivePort)/.test(name))
        rmSync(join(profile, name), { force: true });
    }
    const child = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
      // A group of its own, so that it can be killed with all its helpers.
      detached: true,
      stdio: 'ignore',
    });
    ownProcess(child);
    const portFile = join(profile, 'DevToolsActivePort');
    const until = performance.now() + 30_000;
    let port = '';
    while (port === '') {
      if (performance.now() > until || child.exitCode !== null) throw new Error('no Chromium');
      await new Promise((resolve) => setTimeout(resolve, 20));
      const lines = existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n') : [];
      if (lines.length > 1) port = lines[0] ?? '';
    }
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error('Chromium has no context');
    const page = context.pages()[0] ?? (await context.newPage());
    return new BrowserProcess(child, browser, page);
  }

  async kill(): Promise<void> {
    const { pid } = this.#child;
    if (pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      process.kill(-pid, 'SIGKILL');
      await ended;
      await allGone(pid);
    }
    await this.#browser.close().catch(() => {});
  }
}
