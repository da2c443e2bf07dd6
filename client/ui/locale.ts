import { writingLocale } from '#shared/kernel/writing-locale.ts';
import { i18n, type Messages } from '@lingui/core';
import type { Locale } from '#shared/kernel/problem.ts';

export const LOCALES = ['en', 'es'] as const satisfies readonly Locale[];
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' };
const KEPT = 'homeground.locale';
/** Set by tests alone: words and layout then run from right to left, in no language. */
const PSEUDO = 'homeground.pseudo';

type Catalogue = Readonly<Record<Locale, () => Promise<{ messages: Messages }>>>;

/** What everybody reads; phones download nothing more. */
const everybody: Catalogue = {
  en: () => import('../locales/en.po'),
  es: () => import('../locales/es.po'),
};
const door: Catalogue = {
  en: () => import('../locales/door/door-en.po'),
  es: () => import('../locales/door/door-es.po'),
};
const desk: Catalogue = {
  en: () => import('../locales/desk/desk-en.po'),
  es: () => import('../locales/desk/desk-es.po'),
};
let wanted: readonly Catalogue[] = [everybody];

/** The first of the wanted languages that we speak; English when there is none. */
export function chooseLocale(tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const language = tag?.toLowerCase().split('-')[0];
    const found = LOCALES.find((locale) => locale === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** The language that the person chose on this device, or else the browser's. */
export function detectLocale(): Locale {
  return chooseLocale([readKept(KEPT), ...navigator.languages]);
}

/** Loads a language and shows it everywhere. `keep` remembers it on this device. */
export async function activateLocale(locale: Locale, keep = false): Promise<void> {
  const loaded = wanted;
  const parts = await Promise.all(loaded.map((catalogue) => catalogue[locale]()));
  // More was wanted meanwhile: with it, or not at all.
  if (wanted !== loaded) return activateLocale(locale, keep);
  let messages: Messages = Object.assign({}, ...parts.map((part) => part.messages));
  if (readKept(PSEUDO) !== null) {
    const { mirrorWords } = await import('./pseudo-locale.ts');
    messages = mirrorWords(messages);
    document.documentElement.dir = 'rtl';
  }
  i18n.loadAndActivate({ locale, locales: writingLocale(locale), messages });
  document.documentElement.lang = locale;
  if (keep) writeKept(locale);
}

async function addWords(catalogue: Catalogue): Promise<void> {
  if (wanted.includes(catalogue)) return;
  wanted = [...wanted, catalogue];
  // Before the page's own language is chosen there is nothing to add to: it comes with the rest.
  if (i18n.locale === '') return;
  const locale = chooseLocale([i18n.locale]);
  const { messages } = await catalogue[locale]();
  const isPseudo = readKept(PSEUDO) !== null;
  i18n.load(
    locale,
    isPseudo ? (await import('./pseudo-locale.ts')).mirrorWords(messages) : messages,
  );
}

/** Adds the desk's words to those of this page, in this language and in every later one. */
export const addDeskWords = (): Promise<void> => addWords(desk);

/** Adds what a phone says after its first screen. */
export const addDoorWords = (): Promise<void> => addWords(door);

// Storage can be refused altogether (blocked cookies, private windows): the choice is then not kept.
function readKept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function writeKept(locale: Locale): void {
  try {
    localStorage.setItem(KEPT, locale);
  } catch {
    return;
  }
}
