import type { Page } from '@playwright/test';

/** One way to see a screen: put on for a picture and taken off again. */
export interface Look {
  readonly name: string;
  /** Its colours are its own, not those of light. */
  readonly colours: boolean;
  readonly wear: (page: Page) => Promise<void>;
}

interface Marks {
  readonly scheme?: 'light' | 'dark';
  readonly sun?: '';
  readonly lowPower?: '';
  readonly fontSize?: string;
  readonly dir?: 'rtl';
  readonly narrow?: true;
}

const PHONE_SIZE = { width: 360, height: 740 };
const NARROW = { width: 320, height: 640 };

/** As the app marks its root element for a display that was chosen; what is not said is as it is made. */
async function mark(page: Page, marks: Marks): Promise<void> {
  const { fontSize = '', dir = 'ltr', narrow = false, ...display } = marks;
  const size = narrow ? NARROW : PHONE_SIZE;
  if (page.viewportSize()?.width !== size.width) await page.setViewportSize(size);
  await page.evaluate(
    ([wanted, letters, direction]) => {
      const root = document.documentElement;
      for (const name of ['scheme', 'sun', 'lowPower']) delete root.dataset[name];
      Object.assign(root.dataset, wanted);
      root.style.fontSize = letters;
      root.dir = direction;
    },
    [display, fontSize, dir] as const,
  );
}

/** Every look but the language, which needs words of its own from the start. */
export const LOOKS: readonly Look[] = [
  { name: 'light', colours: false, wear: (page) => mark(page, { scheme: 'light' }) },
  { name: 'dark', colours: true, wear: (page) => mark(page, { scheme: 'dark' }) },
  { name: 'sun', colours: true, wear: (page) => mark(page, { scheme: 'light', sun: '' }) },
  {
    name: 'low-power',
    colours: true,
    wear: (page) => mark(page, { scheme: 'dark', lowPower: '' }),
  },
  {
    name: 'large',
    colours: false,
    wear: (page) => mark(page, { scheme: 'light', fontSize: '200%' }),
  },
  { name: 'narrow', colours: false, wear: (page) => mark(page, { scheme: 'light', narrow: true }) },
  {
    name: 'narrow-large',
    colours: false,
    wear: (page) => mark(page, { scheme: 'light', narrow: true, fontSize: '200%' }),
  },
  { name: 'rtl', colours: false, wear: (page) => mark(page, { scheme: 'light', dir: 'rtl' }) },
];

export const SPANISH: readonly Look[] = [
  { name: 'spanish', colours: false, wear: (page) => mark(page, { scheme: 'light' }) },
];

/** As the phone was before it was looked at. */
export async function takeOff(page: Page): Promise<void> {
  await mark(page, {});
}
