import { Trans, useLingui } from '@lingui/react/macro';
import type { ColumnUse, InspectedColumn, RollField } from '#shared/model/roll.ts';
import { joinClasses } from '../../ui/join-classes.ts';
import { FIELD_GROUPS, FIELD_WORDS } from './field-words.ts';

export interface ColumnTableProps {
  readonly columns: readonly InspectedColumn[];
  /** What each column is taken for now, by its number; null is not used. */
  readonly uses: readonly (ColumnUse | null)[];
  readonly onChange: (column: number, use: ColumnUse | null) => void;
}

/** Each column of the file: its name, what we take it for and why, and what stands in it. */
export function ColumnTable({ columns, uses, onChange }: ColumnTableProps) {
  const { t } = useLingui();
  return (
    <div className="table-scroll">
      <table className="table roll-columns">
        <thead>
          <tr>
            <th scope="col">{t`In the file`}</th>
            <th scope="col">{t`We take it for`}</th>
            <th scope="col">{t`Because of`}</th>
            <th scope="col">{t`For example`}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <ColumnRow
              key={column.column}
              column={column}
              use={uses[column.column] ?? null}
              onChange={(use) => onChange(column.column, use)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ColumnRowProps {
  readonly column: InspectedColumn;
  readonly use: ColumnUse | null;
  readonly onChange: (use: ColumnUse | null) => void;
}

function ColumnRow({ column, use, onChange }: ColumnRowProps) {
  const { t } = useLingui();
  const name = column.name.trim() === '' ? t`column ${column.column + 1}` : column.name;
  const because = {
    mapping: t`a saved mapping`,
    layout: t`its layout`,
    header: t`its name`,
    values: t`what is in it`,
    forbidden: t`never read: no chapter may keep it`,
  };
  const asGuessed = use?.field === column.use?.field;
  const choose = (value: string): void => {
    const field = FIELD_GROUPS.flatMap((group) => group.fields).find((one) => one === value);
    if (field === undefined) return onChange(null);
    if (field === column.use?.field) return onChange(column.use);
    onChange(makeUse(column, field));
  };
  return (
    <tr className={joinClasses(use === null && 'roll-unused')}>
      <th scope="row">
        <ColumnName name={column.name} />
      </th>
      <td>
        <div className="stack roll-use">
          <select
            className="input"
            aria-label={t`What ${name} means`}
            disabled={column.because === 'forbidden'}
            value={use?.field ?? ''}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">{t`Not used`}</option>
            {FIELD_GROUPS.map((group) => (
              <optgroup key={group.name.id} label={t(group.name)}>
                {group.fields.map((field) => (
                  <option key={field} value={field}>
                    {t(FIELD_WORDS[field])}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          {use?.field === 'voted' && (
            <input
              className="input"
              type="text"
              maxLength={80}
              aria-label={t`Which election ${name} is about`}
              placeholder={t`Which election, e.g. General 2024`}
              value={use.election ?? ''}
              onChange={(event) => onChange({ ...use, election: event.target.value })}
            />
          )}
        </div>
      </td>
      <td className="quiet roll-because">
        {column.because === 'forbidden'
          ? because.forbidden
          : use !== null &&
            (asGuessed && column.because ? because[column.because] : t`your choice`)}
      </td>
      <td className="roll-samples quiet">
        {column.samples.length === 0 ? (
          <Trans>empty</Trans>
        ) : (
          column.samples.slice(0, 3).join(' · ')
        )}
      </td>
    </tr>
  );
}

/** A column that is newly taken for a vote names its election by its header. */
function makeUse(column: InspectedColumn, field: RollField): ColumnUse {
  const name = column.name.trim();
  return field === 'voted'
    ? { column: column.column, field, election: name }
    : { column: column.column, field };
}

/** The name as written; blanks at its ends, which break other tools, are made visible. */
function ColumnName({ name }: { readonly name: string }) {
  const { t } = useLingui();
  const trimmed = name.trim();
  if (trimmed === '') return <em className="quiet">{t`no name`}</em>;
  const before = name.length - name.trimStart().length;
  const after = name.length - name.trimEnd().length;
  return (
    <span>
      {before > 0 && <Blanks count={before} />}
      {trimmed}
      {after > 0 && <Blanks count={after} />}
    </span>
  );
}

function Blanks({ count }: { readonly count: number }) {
  const { t } = useLingui();
  return (
    <span className="roll-blanks" title={t`Blanks in the file’s header; they do no harm here`}>
      <span aria-hidden>{'␣'.repeat(Math.min(count, 4))}</span>
      <span className="for-readers">{t`(with blanks)`}</span>
    </span>
  );
}
