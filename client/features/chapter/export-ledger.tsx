import { Trans, useLingui } from '@lingui/react/macro';
import type { ExportEntry } from '#shared/model/chapter.ts';
import { FACT_EXPORT_NAMES } from '#shared/model/fact-export.ts';
import type { Loaded } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { ShowData } from '../../ui/show-data.tsx';
import { factFileWords } from './fact-file-words.ts';

export interface ExportLedgerProps {
  readonly ledger: Loaded<readonly ExportEntry[]>;
}

/** What has left, who took it, when, how many rows. */
export function ExportLedger({ ledger }: ExportLedgerProps) {
  const { t } = useLingui();
  const format = useFormat();
  // A ledger may hold kinds that this page has no name for yet: those show under their own.
  const names: Readonly<Record<string, string>> = {
    ...Object.fromEntries(FACT_EXPORT_NAMES.map((kind) => [kind, t(factFileWords[kind])])),
    knocks: t`Every knock`,
    answers: t`Every answer`,
    rejected: t`Rejected rows of a roll`,
    unplaced: t`People without a place on the map`,
    'roll-diff': t`How two rolls differ`,
    'layer-left-out': t`Rows of a layer that matched nobody`,
    paper: t`Lists on paper`,
    audit: t`Who did what`,
    backup: t`A backup`,
    archive: t`An archive of the whole chapter`,
  };
  return (
    <section className="stack chapter-section">
      <h2 id="ledger-title">
        <Trans>What has left</Trans>
      </h2>
      <p className="small quiet">
        <Trans>
          For the chapter’s own use. What anyone outside gets stands under Shares, with who approved
          it.
        </Trans>
      </p>
      <ShowData from={ledger}>
        {(entries) =>
          entries.length === 0 ? (
            <p className="quiet">
              <Trans>Nothing has left the chapter yet.</Trans>
            </p>
          ) : (
            <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="ledger-title">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t`What`}</th>
                    <th scope="col">{t`Who`}</th>
                    <th scope="col">{t`When`}</th>
                    <th scope="col" className="is-number">{t`Rows`}</th>
                  </tr>
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <tr key={entry.id}>
                      <td>{names[entry.kind] ?? entry.kind}</td>
                      <td>{entry.memberName}</td>
                      <td>{format.moment(entry.at)}</td>
                      <td className="is-number">
                        {entry.rows === null || entry.broken
                          ? t`stopped midway`
                          : format.number(entry.rows)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </ShowData>
    </section>
  );
}
