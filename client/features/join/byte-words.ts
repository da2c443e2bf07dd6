import { writingLocale } from '#shared/kernel/writing-locale.ts';

/** A size as a person reads it, such as "240 kB" or "1.2 MB", of 1000 bytes each. */
export function byteWords(bytes: number, locale: string): string {
  const mega = bytes >= 1e6;
  return new Intl.NumberFormat(writingLocale(locale), {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(Math.max(1, bytes / (mega ? 1e6 : 1e3)));
}
