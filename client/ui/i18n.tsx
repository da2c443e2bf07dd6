import { useEffect, useState, type ReactNode } from 'react';
import { i18n } from '@lingui/core';
import { I18nProvider as LinguiProvider } from '@lingui/react';
import { activateLocale, detectLocale, LOCALES } from './locale.ts';

export { activateLocale };

/** Asked for with the first line of the app, not with its first picture. */
const words = activateLocale(detectLocale()).catch(activateAny);

/** Without a signal and the words of one's own language, another that is on this device. */
async function activateAny(reason: unknown): Promise<void> {
  for (const locale of LOCALES) {
    const there = await activateLocale(locale).then(
      () => true,
      () => false,
    );
    if (there) return;
  }
  throw reason;
}

/** Waits for the catalogue of the person's language, then shows the app in it. */
export function I18nProvider({ children }: { readonly children: ReactNode }) {
  const [ready, setReady] = useState(i18n.locale !== '');
  useEffect(() => {
    if (ready) return;
    void words.then(() => setReady(true));
  }, [ready]);
  return ready ? <LinguiProvider i18n={i18n}>{children}</LinguiProvider> : null;
}
