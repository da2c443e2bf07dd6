import { Trans } from '@lingui/react/macro';
import type { PaperAsked } from '#shared/model/paper.ts';
import { TextField } from '../../ui/field.tsx';
import { useAskedNames } from './asked-names.ts';
import type { LinePartProps } from './newcomer-fields.tsx';
import { readYesNo } from './yes-no.ts';

export interface AllowedFieldsProps extends LinePartProps {
  readonly asked: readonly PaperAsked[];
  /** When they walked, in ms; null: not said yet. */
  readonly walkedAt: number | null;
}

/** What a person allows: a y or an n to each question of the paper, which is kept word for word. */
export function AllowedFields({ line, onLine, asked, walkedAt }: AllowedFieldsProps) {
  const names = useAskedNames();
  const isNewer = asked.some(
    ({ setAt }) => setAt !== null && walkedAt !== null && setAt > walkedAt,
  );
  return (
    <>
      <p className="small quiet">
        <Trans>y yes, n no; empty: nobody asked. The words are kept with the answer.</Trans>
        {isNewer && (
          <>
            {' '}
            <Trans>
              Some of these words are newer than this walk: where the paper says others, leave that
              answer out.
            </Trans>
          </>
        )}
      </p>
      <div className="paper-questions">
        {asked.map(({ about, wording }) => (
          <TextField
            key={about}
            label={names[about]}
            hint={wording}
            value={line.allowed[about] ?? ''}
            maxLength={3}
            autoComplete="off"
            error={
              readYesNo(line.allowed[about] ?? '') === undefined && (
                <Trans>y or n, or nothing.</Trans>
              )
            }
            onChange={({ target }) => {
              const { [about]: _, ...others } = line.allowed;
              const typed = target.value === '' ? {} : { [about]: target.value };
              onLine({ ...line, allowed: { ...others, ...typed } });
            }}
          />
        ))}
      </div>
    </>
  );
}
