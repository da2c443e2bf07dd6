import { useLingui } from '@lingui/react/macro';
import type { LaunchDay } from '#shared/model/launch.ts';
import { useFormat } from '../../api/use-format.ts';
import { Stat } from '../../ui/stat.tsx';
import { SupportBar } from '../../ui/support-bar.tsx';
import type { BoardTurf } from './board-turf.ts';
import { totalDay } from './total-day.ts';

export interface DayTotalsProps {
  readonly turfs: readonly BoardTurf[];
  /** Null until it is known. */
  readonly day: LaunchDay | null;
}

/** Today, and what is left in all open turfs: the numbers that people ask for across the table. */
export function DayTotals({ turfs, day }: DayTotalsProps) {
  const { t } = useLingui();
  const format = useFormat();
  const open = turfs.filter(({ closedAt }) => closedAt === null);
  const total = totalDay(open.map(({ turf }) => turf.tally));
  const today = (count: keyof Omit<LaunchDay, 'since'>): string =>
    day === null ? '–' : format.number(day[count]);
  const rate = day === null || day.knocks === 0 ? null : day.contacts / day.knocks;
  return (
    <section className="panel launch-totals" aria-label={t`The day so far`} aria-live="off">
      <dl className="stats">
        <Stat value={today('doors')} label={t`doors today`} />
        <Stat value={today('contacts')} label={t`contacts today`} />
        <Stat value={rate === null ? '–' : format.percent(rate)} label={t`contact rate`} />
        <Stat value={today('phones')} label={t`phones knocked today`} />
        <Stat value={format.number(total.remaining)} label={t`doors left`} />
      </dl>
      <div className="launch-support">
        <p className="stat-label">{t`Support, 1 to 5, in all open turfs`}</p>
        {total.support.some((count) => count > 0) ? (
          <SupportBar support={total.support} />
        ) : (
          <p className="quiet">{t`Nobody was asked yet`}</p>
        )}
      </div>
    </section>
  );
}
