// `npm run screenshots [-- --readme | --states [--look NAME …]] [--dark] [--es] [--out DIR]`
import { chromium } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { takeReadmePictures } from './readme-pictures.ts';
import { takeStates } from './take-states.ts';

if (process.env.CI !== undefined) {
  console.error('Pictures are looked at by people: none are taken in CI.');
  process.exit(2);
}
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: here('.') },
    dark: { type: 'boolean', default: false },
    es: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
    states: { type: 'boolean', default: false },
    look: { type: 'string', multiple: true, default: [] },
  },
});
const both = values.readme === values.states;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  if (both || values.states) {
    const folder = here('every-state');
    const { missed, findings } = await takeStates(browser, folder, values.look);
    console.log(`Every state: ${folder}/index.html`);
    if (missed.length > 0) {
      console.log(`Could not be taken, ${missed.length}:\n  ${missed.join('\n  ')}`);
      process.exitCode = 1;
    }
    if (findings.length > 0) {
      console.log(`To look at, ${findings.length}:\n  ${findings.join('\n  ')}`);
    }
  }
  if (both || values.readme) await takeReadmePictures(browser, values);
} finally {
  await browser.close();
}
