import { useLingui } from '@lingui/react/macro';
import type { RollInspection, RollMapping } from '#shared/model/roll.ts';
import type { ReadingChoice } from '#shared/roll/inspect-text.ts';
import { SelectField, TextField } from '../../ui/field.tsx';

export interface ReadingFieldsProps {
  readonly inspection: RollInspection;
  readonly onChange: (choice: ReadingChoice) => void;
}

const ENCODINGS: readonly (readonly [RollMapping['encoding'], string])[] = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows-1252'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
];

/** How the file is written, as it was found out; a change looks through the file once more. */
export function ReadingFields({ inspection, onChange }: ReadingFieldsProps) {
  const { t } = useLingui();
  const { encoding, delimiter, quoted, headerLine } = inspection;
  const between: readonly (readonly [RollMapping['delimiter'], string])[] = [
    [',', t`comma`],
    ['\t', t`tab`],
    ['|', t`bar |`],
    [';', t`semicolon`],
    ['^', '^'],
    ['~', '~'],
    ['fixed', t`nothing: fixed width`],
  ];
  return (
    <div className="roll-reading">
      <SelectField
        label={t`Letters`}
        value={encoding}
        onChange={({ target }) => onChange({ encoding: target.value as RollMapping['encoding'] })}
      >
        {ENCODINGS.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`Between cells`}
        value={delimiter}
        onChange={({ target }) => onChange({ delimiter: target.value as RollMapping['delimiter'] })}
      >
        {between.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`Quotation marks`}
        value={quoted ? 'wrap' : 'letters'}
        onChange={({ target }) => onChange({ quoted: target.value === 'wrap' })}
      >
        <option value="wrap">{t`stand around cells`}</option>
        <option value="letters">{t`are letters like others`}</option>
      </SelectField>
      <TextField
        label={t`Line of the header`}
        hint={t`0 where the file has none`}
        type="number"
        min={0}
        max={1000}
        defaultValue={headerLine}
        onBlur={({ target }) => {
          const line = Number(target.value);
          if (Number.isInteger(line) && line >= 0 && line <= 1000 && line !== headerLine) {
            onChange({ headerLine: line });
          }
        }}
      />
    </div>
  );
}
