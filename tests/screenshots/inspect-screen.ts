import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Every rule that a standard or good practice knows, once a state. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** At least 4.5:1; and 7:1, which is what full sun asks for. */
const CONTRAST = ['color-contrast', 'color-contrast-enhanced'];
/** The least that a thumb hits on a phone. In px. */
const TARGET = 48;

/** What is asked of axe: every rule, the contrast alone, or nothing where no colour is another one. */
export type Asked = 'all' | 'contrast' | 'nothing';

/** What of a screen a rule is broken by: by axe, sideways, in words cut off, in targets too small. */
export async function inspectScreen(page: Page, asked: Asked, sun: boolean): Promise<string[]> {
  return [
    ...(asked === 'nothing' ? [] : await askAxe(page, asked, sun)),
    ...(await page.evaluate(measureScreen, [TARGET, page.viewportSize()?.width ?? 0] as const)),
  ];
}

async function askAxe(page: Page, asked: 'all' | 'contrast', sun: boolean): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly:
        asked === 'all'
          ? { type: 'tag', values: TAGS }
          : { type: 'rule', values: sun ? CONTRAST : CONTRAST.slice(0, 1) },
      rules: { 'color-contrast-enhanced': { enabled: sun } },
    })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ''}`),
  );
}

/** Runs in the page, so it has no functions of its own that a build would give names from outside. */
function measureScreen([least, seen]: readonly [number, number]): string[] {
  const found: [string, Element, string][] = [];
  const root = document.documentElement;
  // A phone zooms out of a page that is too wide: its own width would say that all fits.
  if (root.scrollWidth > seen) {
    found.push(['sideways', root, `by ${root.scrollWidth - seen} px`]);
  }
  // Only what lies on top can be touched or read.
  const onTop = [...document.querySelectorAll('dialog[open], [role=dialog]')].at(-1);
  for (const each of (onTop ?? document.body).querySelectorAll<HTMLElement>('*')) {
    if (each.closest('.for-readers, .only-read, svg, canvas, .leaflet-container')) continue;
    if (!each.checkVisibility()) continue;
    const { overflowX } = getComputedStyle(each);
    const wider = each.scrollWidth - each.clientWidth;
    const typed = each.matches('input, textarea, select');
    if (each.clientWidth > 0 && wider > 1 && overflowX !== 'visible' && !typed) {
      found.push([overflowX === 'hidden' ? 'cut' : 'sideways', each, `by ${wider} px`]);
    }
    const box = each.getBoundingClientRect();
    const sticks = Math.max(box.right - seen, -box.left);
    if (box.width > 0 && sticks > 1 && each.children.length === 0) {
      found.push(['off the screen', each, `by ${Math.round(sticks)} px`]);
    }
    if (!each.matches('a, button, input, select, summary, textarea')) continue;
    const hit = each.matches('input') ? (each.closest('label') ?? each) : each;
    // A link within a sentence is as high as its line.
    if (hit.matches('p a')) continue;
    const { width, height } = hit.getBoundingClientRect();
    if (width < 2 || (width >= least - 0.5 && height >= least - 0.5)) continue;
    // What lies around it takes the touch too: the row of a door, the edge of a pill.
    const reaches = ['::before', '::after'].some((part) => {
      const { content, position, inlineSize, blockSize } = getComputedStyle(hit, part);
      const sizes = [inlineSize, blockSize].map((size) => Number.parseFloat(size));
      return content !== 'none' && position === 'absolute' && Math.min(...sizes) >= least - 0.5;
    });
    if (reaches) continue;
    found.push(['small', hit, `${Math.round(width)} × ${Math.round(height)} px`]);
  }
  return found.map(([what, each, much]) => {
    const words = (each.textContent ?? '').trim().slice(0, 40);
    const name = `${each.tagName.toLowerCase()}.${each.getAttribute('class') ?? ''}`;
    return `${what}: ${name} “${words}”, ${much}`;
  });
}
