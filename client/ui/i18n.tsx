import { useEffect, useState, type ReactNode } from 'react';
import { i18n } from '@lingui/core';
import { I18nProvider as LinguiProvider } from '@lingui/react';
import { firstWords } from './first-words.ts';
import { activateLocale } from './locale.ts';

export { activateLocale };

/** Waits for the catalogue of the person's language, then shows the app in it. */
export function I18nProvider({ children }: { readonly children: ReactNode }) {
  const [ready, setReady] = useState(i18n.locale !== '');
  useEffect(() => {
    if (ready) return;
    void firstWords.then(() => setReady(true));
  }, [ready]);
  return ready ? <LinguiProvider i18n={i18n}>{children}</LinguiProvider> : null;
}
