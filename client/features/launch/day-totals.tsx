import { useLingui } from '@lingui/react/macro';
import type { Turf } from '#shared/model/turf.ts';
import { useFormat } from '../../api/use-format.ts';
import { Stat } from '../../ui/stat.tsx';
import { SupportBar } from '../../ui/support-bar.tsx';
import { totalDay } from './total-day.ts';

/** All turfs together: the numbers that people ask for across the table. */
export function DayTotals({ turfs }: { readonly turfs: readonly Turf[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const total = totalDay(turfs.map(({ tally }) => tally));
  return (
    <section className="panel launch-totals" aria-label={t`All turfs together`} aria-live="off">
      <dl className="stats">
        <Stat value={format.number(total.knocked)} label={t`doors knocked`} />
        <Stat value={format.number(total.contacts)} label={t`contacts`} />
        <Stat
          value={total.contactRate === null ? '–' : format.percent(total.contactRate)}
          label={t`contact rate`}
        />
        <Stat value={format.number(total.remaining)} label={t`doors remain`} />
      </dl>
      <div className="launch-support">
        <p className="stat-label">{t`Support, 1 to 5`}</p>
        {total.support.some((count) => count > 0) ? (
          <SupportBar support={total.support} />
        ) : (
          <p className="quiet">{t`Nobody was asked yet`}</p>
        )}
      </div>
    </section>
  );
}
