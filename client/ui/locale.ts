import { writingLocale } from '#shared/kernel/writing-locale.ts';
import { i18n, type Messages } from '@lingui/core';
import type { Locale } from '#shared/kernel/problem.ts';

export const LOCALES = ['en', 'es'] as const satisfies readonly Locale[];
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' };
const KEPT = 'homeground.locale';

const catalogues: Readonly<Record<Locale, () => Promise<{ messages: Messages }>>> = {
  en: () => import('../locales/en.po'),
  es: () => import('../locales/es.po'),
};

/** The first of the wanted languages that we speak; English when there is none. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): Locale {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split('-')[0];
    const found = LOCALES.find((locale) => locale === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** The language that the person chose on this device, or else the browser's. */
export function detectLocale(): Locale {
  return chooseLocale([readKept(), ...navigator.languages]);
}

/** Loads a language and shows it everywhere. `keep` remembers it on this device. */
export async function activateLocale(locale: Locale, keep = false): Promise<void> {
  const { messages } = await catalogues[locale]();
  i18n.loadAndActivate({ locale, locales: writingLocale(locale), messages });
  document.documentElement.lang = locale;
  if (keep) writeKept(locale);
}

// Storage can be refused altogether (blocked cookies, private windows): the choice is then not kept.
function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT);
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
