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
  const parts = await Promise.all(wanted.map((catalogue) => catalogue[locale]()));
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

/** Adds the desk's words to those of this page, in this language and in every later one. */
export async function addDeskWords(): Promise<void> {
  if (wanted.includes(desk)) return;
  const locale = chooseLocale([i18n.locale]);
  const { messages } = await desk[locale]();
  wanted = [everybody, desk];
  i18n.load(locale, messages);
}

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
