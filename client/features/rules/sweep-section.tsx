import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { RulesPage, SweepReport } from '#shared/model/privacy.ts';
import { useFormat } from '../../api/use-format.ts';
import { SWEEP_WORDS, SWEPT } from './rule-words.ts';

/** What the last nights have deleted, and what the next one will. */
export function SweepSection({ page }: { readonly page: RulesPage }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <section className="stack" aria-labelledby="sweep-title">
      <h2 id="sweep-title">
        <Trans>What goes by itself</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          Every night the server deletes what was kept for long enough. That somebody knocked stays;
          what was said goes.
        </Trans>
      </p>
      <p className="quiet">
        <Trans>
          Where a phone is stays on that phone: no position is sent or kept, so none has to go.
        </Trans>
      </p>
      <ul className="panel rules-files" role="list">
        <li>
          <strong>{t`The next night`}</strong>
          <Counts report={page.next} />
        </li>
        {page.sweeps.map(({ at, report }) => (
          <li key={at}>
            <span>{format.moment(at)}</span>
            <Counts report={report} />
          </li>
        ))}
        {page.sweeps.length === 0 && <li className="quiet">{t`No night has passed yet.`}</li>}
      </ul>
    </section>
  );
}

function Counts({ report }: { readonly report: SweepReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const some = SWEPT.filter((name) => report[name] > 0);
  const words = some.map((name) => `${format.number(report[name])} ${t(SWEEP_WORDS[name])}`);
  return (
    <>
      <p className="quiet">{some.length === 0 ? t`nothing` : words.join(', ')}</p>
      {report.unknownTerms > 0 && (
        <p className="rules-unknown">
          <Plural
            value={report.unknownTerms}
            one="# of the terms of the roll is not known"
            other="# of the terms of the roll are not known"
          />
        </p>
      )}
    </>
  );
}
