import { useLingui } from '@lingui/react/macro';
import type { ColumnUse, RollInspection } from '#shared/model/roll.ts';
import { FIELD_WORDS } from './field-words.ts';

export interface RowPreviewProps {
  readonly inspection: RollInspection;
  readonly uses: readonly (ColumnUse | null)[];
}

const ROWS = 8;

/** The first rows as they will be read: used columns only, under the names that they get. */
export function RowPreview({ inspection, uses }: RowPreviewProps) {
  const { t } = useLingui();
  const used = uses.filter((use) => use !== null);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t`The first rows`}>
      <table className="table roll-preview">
        <thead>
          <tr>
            {used.map((use) => (
              <th scope="col" key={use.column}>
                {use.field === 'voted' && use.election ? use.election : t(FIELD_WORDS[use.field])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inspection.preview.slice(0, ROWS).map((row, at) => (
            <tr key={`${at}-${row[0]}`}>
              {used.map((use) => (
                <td key={use.column}>{row[use.column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
