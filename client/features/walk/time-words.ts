import { writingLocale } from '#shared/kernel/writing-locale.ts';
const days = new Map<string, Intl.DateTimeFormat>();
const moments = new Map<string, Intl.DateTimeFormat>();

function formatter(
  kept: Map<string, Intl.DateTimeFormat>,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const found = kept.get(locale) ?? new Intl.DateTimeFormat(writingLocale(locale), options);
  kept.set(locale, found);
  return found;
}

/** A day as the list hints at it: `14 Nov`. Making a formatter is dear, so it is kept. */
export function shortDay(ms: number, locale: string): string {
  return formatter(days, locale, { day: 'numeric', month: 'short' }).format(ms);
}

/** A moment of the history: day and time on this phone's clock. */
export function dayAndTime(ms: number, locale: string): string {
  const options = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return formatter(moments, locale, options).format(ms);
}
