import { writingLocale } from '#shared/kernel/writing-locale.ts';
import { useMemo } from 'react';
import { useLingui } from '@lingui/react';
import { useMe } from './me.ts';

export interface Format {
  readonly number: (n: number) => string;
  /** A part of one as per cent, e.g. 0.25 as `25%`. */
  readonly percent: (part: number) => string;
  /** The time of day in the chapter's zone. */
  readonly time: (ms: number) => string;
  /** Day and time in the chapter's zone. */
  readonly moment: (ms: number) => string;
  /** A length of time, e.g. `2 min`. Takes milliseconds. */
  readonly span: (ms: number) => string;
  readonly bytes: (n: number) => string;
  /** A length of way in feet or miles, as the scale of the map and the paper say it. Takes metres. */
  readonly distance: (metres: number) => string;
  /** Takes metres a minute. */
  readonly speed: (metres: number) => string;
  /** Takes cents of a dollar. */
  readonly money: (cents: number) => string;
}

const FEET_A_METRE = 3.280_84;
const METRES_A_MILE = 1609.344;
/** From here on a way is said in miles. */
const LONG_FEET = 1000;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Numbers and times as the person's language writes them, in the chapter's own time zone. */
export function useFormat(): Format {
  const { i18n } = useLingui();
  const { timeZone } = useMe().chapter;
  return useMemo(() => makeFormat(writingLocale(i18n.locale), timeZone), [i18n.locale, timeZone]);
}

export function makeFormat(locale: string, timeZone: string): Format {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  const unit = (
    value: number,
    name: string,
    digits = 0,
    unitDisplay: 'short' | 'long' = 'short',
  ): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: digits,
    }).format(value);
  return {
    number: (n) => number.format(n),
    money: (cents) => money.format(cents / 100),
    percent: (part) => percent.format(part),
    time: (ms) => time.format(ms),
    moment: (ms) => moment.format(ms),
    span: (ms) => {
      const seconds = Math.max(1, Math.round(ms / 1000));
      if (seconds < 90) return unit(seconds, 'second');
      if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
      if (seconds < 172_800) return unit(Math.round(seconds / 3600), 'hour');
      return unit(Math.round(seconds / 86_400), 'day');
    },
    distance: (metres) => {
      const feet = Math.round((metres * FEET_A_METRE) / 10) * 10;
      return feet < LONG_FEET ? unit(feet, 'foot') : unit(metres / METRES_A_MILE, 'mile', 2);
    },
    speed: (metres) => unit((metres * 60) / METRES_A_MILE, 'mile-per-hour', 1),
    bytes: (n) => {
      let value = n;
      let step = 0;
      while (value >= 1000 && step < UNITS.length - 1) {
        value /= 1000;
        step++;
      }
      // The short form of a byte has no plural in English.
      return unit(value, UNITS[step] ?? 'byte', step > 1 ? 1 : 0, step === 0 ? 'long' : 'short');
    },
  };
}
