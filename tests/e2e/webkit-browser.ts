import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { freePort } from '../prove/real/free-port.ts';

/** Debian's packages webkit2gtk-driver and xvfb. */
const DRIVER = 'WebKitWebDriver';
const DISPLAY = 'Xvfb';
const LIBRARIES = '/usr/lib';

function findOnPath(program: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** The browser that the driver drives: it lies beside the library, in a folder named by machine and version. */
function findBrowser(): string | null {
  const machines = existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : [];
  for (const machine of machines.filter((name) => name.endsWith('-linux-gnu'))) {
    const versions = readdirSync(join(LIBRARIES, machine)).filter((name) =>
      name.startsWith('webkit2gtk-'),
    );
    for (const version of versions.sort().reverse()) {
      const path = join(LIBRARIES, machine, version, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  return null;
}

/** What is missing on this machine for a story on WebKit; null when nothing is. */
export function lacksWebKit(): string | null {
  const missing = [DRIVER, DISPLAY].filter((program) => findOnPath(program) === null);
  if (findBrowser() === null) missing.push('MiniBrowser');
  return missing.length === 0 ? null : missing.join(', ');
}

async function waitFor(answers: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await answers()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come up`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Its processes still write what they had begun when they were told to end: a file may come back. */
async function removeHome(home: string): Promise<void> {
  for (let tries = 50; ; tries--) {
    try {
      rmSync(home, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((next) => setTimeout(next, 200));
    }
  }
}

/** WebKit, the engine of Safari, driven on a display that nobody sees. */
export class WebKitBrowser {
  readonly driver: WebDriver;
  readonly #children: readonly ChildProcess[];
  readonly #home: string;

  private constructor(driver: WebDriver, children: readonly ChildProcess[], home: string) {
    this.driver = driver;
    this.#children = children;
    this.#home = home;
  }

  /** Opens one window of a phone's size; throws where a program is missing. */
  static async open(): Promise<WebKitBrowser> {
    const binary = findBrowser();
    if (binary === null) throw new Error('There is no MiniBrowser on this machine.');
    const home = mkdtempSync(join(tmpdir(), 'homeground-webkit-'));
    // It looks for a free number itself and writes it down.
    const screen = spawn(
      DISPLAY,
      ['-displayfd', '3', '-screen', '0', '480x800x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    const numbers = screen.stdio[3];
    if (numbers === null || numbers === undefined) throw new Error('The display has no pipe.');
    const [number] = (await once(numbers, 'data')) as [Buffer];
    const port = await freePort();
    const service = spawn(DRIVER, [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${number.toString().trim()}`,
        GDK_BACKEND: 'x11',
        HOME: home,
        XDG_DATA_HOME: join(home, 'data'),
        XDG_CACHE_HOME: join(home, 'cache'),
        LIBGL_ALWAYS_SOFTWARE: '1',
        MESA_SHADER_CACHE_DISABLE: 'true',
        // Nor does Chromium have its sandbox in these tests: it wants rights that a container lacks.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    const children = [service, screen];
    const url = `http://127.0.0.1:${port}`;
    try {
      await waitFor(
        () =>
          fetch(`${url}/status`).then(
            ({ ok }) => ok,
            () => false,
          ),
        DRIVER,
      );
      const driver = await new Builder()
        .usingServer(url)
        .withCapabilities(
          new Capabilities({
            browserName: 'MiniBrowser',
            'webkitgtk:browserOptions': { binary, args: ['--automation'] },
          }),
        )
        .build();
      return new WebKitBrowser(driver, children, home);
    } catch (error) {
      for (const child of children) await end(child);
      await removeHome(home);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.driver.quit().catch(() => {});
    for (const child of this.#children) await end(child);
    await removeHome(this.#home);
  }
}
