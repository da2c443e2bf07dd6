import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { By, error, until, type WebDriver, type WebElement } from 'selenium-webdriver';
import { ChapterServer } from './chapter-server.ts';
import { linkFor } from './people.ts';
import { WebKitBrowser } from './webkit-browser.ts';

const PATIENCE = 30_000;
const PIN = '482915';

let server: ChapterServer;
let browser: WebKitBrowser;
test.beforeAll(async () => {
  server = await ChapterServer.make();
  await server.start();
  browser = await WebKitBrowser.open();
});
test.afterAll(async () => {
  await browser?.close();
  await server.remove();
});

/** The first element that a person would find by these words. */
const find = (driver: WebDriver, xpath: string): Promise<WebElement> =>
  driver.wait(until.elementLocated(By.xpath(xpath)), PATIENCE);

/** A press that hit nothing, since the page was being drawn anew. */
const missed = (problem: unknown): boolean =>
  problem instanceof error.NoSuchElementError ||
  problem instanceof error.ElementNotInteractableError ||
  problem instanceof error.ElementClickInterceptedError ||
  problem instanceof error.StaleElementReferenceError;

/** Presses once; what is not there or not yet drawn is waited for, as a person would. */
async function press(driver: WebDriver, words: string): Promise<void> {
  const xpath = `//*[self::button or self::a][contains(normalize-space(.), '${words}') or contains(@aria-label, '${words}')]`;
  await find(driver, xpath);
  const pressed = async (): Promise<boolean> => {
    try {
      await driver.findElement(By.xpath(xpath)).click();
      return true;
    } catch (problem) {
      if (missed(problem)) return false;
      throw problem;
    }
  };
  await driver.wait(pressed, PATIENCE, `“${words}” could not be pressed`);
}

async function type(driver: WebDriver, label: string, words: string): Promise<void> {
  const input = await find(driver, `//label[normalize-space(.)='${label}']/following::input[1]`);
  await input.sendKeys(words);
}

const pill = (driver: WebDriver): Promise<string> =>
  driver.executeScript('return document.querySelector(".pill")?.textContent ?? ""');

async function expectPill(driver: WebDriver, words: RegExp): Promise<void> {
  await expect.poll(() => pill(driver), { timeout: PATIENCE }).toMatch(words);
}

/** Her knocks in the chapter's log, as the command line takes them out. */
async function countKnocks(): Promise<number> {
  const out = join(server.folder, 'knocks.csv');
  await server.run('export', 'contacts', '--chapter', 'larkfield', '--out', out);
  return readFileSync(out, 'utf8')
    .split('\n')
    .filter((line) => line.includes('Wanda')).length;
}

test('on WebKit: joined, walked with no server, loaded anew, and each knock arrived once', async () => {
  const { driver } = browser;
  await driver.get(linkFor(server, 'Canvasser'));
  await (await find(driver, "//input[@autocomplete='name' or @name='name']")).sendKeys('Wanda');
  await (await find(driver, "//input[@type='checkbox']")).click();
  await press(driver, 'Get my turf');
  await press(driver, 'Start walking');
  // A list behind nothing is gone with the page, as it should be.
  await type(driver, 'PIN', PIN);
  await type(driver, 'The same PIN once more', PIN);
  await press(driver, 'Use this PIN');
  await find(driver, "//*[contains(@class, 'door-row')]");

  await server.kill();
  for (const saved of [/^1 /, /^2 /]) {
    await press(driver, 'Not home:');
    await expectPill(driver, saved);
  }

  await driver.navigate().refresh();
  await type(driver, 'PIN', PIN);
  await press(driver, 'Unlock');
  await find(driver, "//*[contains(@class, 'door-row')]");
  await expectPill(driver, /^2 /);
  await press(driver, 'Not home:');
  await expectPill(driver, /^3 /);

  await server.start();
  await press(driver, '3');
  await press(driver, 'Send');
  await expect.poll(countKnocks, { timeout: PATIENCE }).toBe(3);
});
