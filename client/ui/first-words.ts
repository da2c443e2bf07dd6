import { activateLocale, detectLocale, LOCALES } from './locale.ts';

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

/** Resolves when the app has words; asked for with the first line of the app. */
export const firstWords = activateLocale(detectLocale()).catch(activateAny);
