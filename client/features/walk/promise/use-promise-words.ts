import { useLingui } from '@lingui/react/macro';
import { dayIn } from '#shared/kernel/instant.ts';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { clock } from '../../../store/phone-store.ts';
import { dayAfter } from './promise-days.ts';
import { useWalk } from '../walk-context.ts';

export interface PromiseWords {
  /** The chapter's day of now. */
  readonly today: string;
  /** `by tomorrow`, `by 3 Dec`; `overdue` goes beside it. */
  readonly sayBy: (day: string) => string;
  readonly sayWho: (whoId: MemberId | null) => string;
}

/** Who and by when, in words. */
export function usePromiseWords(): PromiseWords {
  const { t, i18n } = useLingui();
  const { me, sheet } = useWalk();
  const today = dayIn(clock.now(), sheet.chapter.timeZone);
  return {
    today,
    sayBy: (day) => {
      if (day === today) return t`by today`;
      if (day === dayAfter(today, 1)) return t`by tomorrow`;
      const format = { day: 'numeric', month: 'short', weekday: 'short', timeZone: 'UTC' } as const;
      const said = new Intl.DateTimeFormat(writingLocale(i18n.locale), format).format(
        new Date(`${day}T00:00:00Z`),
      );
      return t`by ${said}`;
    },
    sayWho: (whoId) => {
      if (whoId === null) return t`the chapter decides who`;
      if (whoId === me) return t`you`;
      return sheet.staff?.find(({ id }) => id === whoId)?.name ?? t`somebody else`;
    },
  };
}
