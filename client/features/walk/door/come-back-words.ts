import { useLingui } from '@lingui/react/macro';
import type { ComeBack } from '#shared/model/fact.ts';
import { writingLocale } from '#shared/kernel/writing-locale.ts';

/** The day of a moment as this phone's calendar has it, `YYYY-MM-DD`. */
function dayHere(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** So many days from now on this phone's calendar. */
export function dayAhead(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  return dayHere(at);
}

/** A day in words, such as `Saturday, Nov 28`. */
export function sayDay(day: string, locale: string): string {
  const options = { weekday: 'long', month: 'short', day: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(writingLocale(locale), options).format(Date.parse(day));
}

/** When to come back, in words: `today, in the evening`. */
export function useComeBackWords(): (when: ComeBack) => string {
  const { t, i18n } = useLingui();
  const parts = {
    any: null,
    morning: t`in the morning`,
    afternoon: t`in the afternoon`,
    evening: t`in the evening`,
  };
  return ({ day, part }) => {
    const near = new Map([
      [dayAhead(0), t`today`],
      [dayAhead(1), t`tomorrow`],
    ]);
    const named = day === null ? null : (near.get(day) ?? sayDay(day, i18n.locale));
    const said = [named, parts[part]].filter((one) => one !== null);
    return said.length === 0 ? t`some other time` : said.join(', ');
  };
}
