import { Trans, useLingui } from '@lingui/react/macro';
import { CORRECTED, type CorrectedField } from '#shared/model/field-words.ts';
import type { Person } from '#shared/model/person.ts';
import { TextField } from '../../ui/field.tsx';
import type { LinePartProps } from './newcomer-fields.tsx';

export interface CorrectedFieldsProps extends LinePartProps {
  /** Whom the line is about; null: nobody is chosen, or somebody new. */
  readonly person: Person | null;
}

/** A name, telephone or e-mail as it was put right on the paper; what is known stays in sight. */
export function CorrectedFields({ line, onLine, person }: CorrectedFieldsProps) {
  const { t } = useLingui();
  const known: Readonly<Record<CorrectedField, string>> = {
    firstName: person?.firstName ?? line.newcomer?.firstName ?? '',
    lastName: person?.lastName ?? line.newcomer?.lastName ?? '',
    phone: person?.phone ?? '',
    email: '',
  };
  const isNew = person === null && line.newcomer !== null;
  const fields = isNew ? CORRECTED.filter((one) => one === 'phone' || one === 'email') : CORRECTED;
  if (person === null && !isNew) {
    return (
      <p className="small quiet">
        <Trans>Choose whom it is about first.</Trans>
      </p>
    );
  }
  const labels: Readonly<Record<CorrectedField, string>> = {
    firstName: t`First name`,
    lastName: t`Last name`,
    phone: t`Telephone`,
    email: t`E-mail`,
  };
  return (
    <div className="paper-questions">
      {fields.map((field) => {
        const before = known[field];
        const now = line.corrected[field];
        return (
          <TextField
            key={field}
            label={labels[field]}
            hint={
              now !== undefined && before !== '' ? (
                <Trans>
                  So far: <s>{before}</s>
                </Trans>
              ) : null
            }
            value={now ?? before}
            maxLength={field === 'phone' || field === 'email' ? 200 : 80}
            autoComplete="off"
            onChange={({ target }) => {
              const { [field]: _, ...others } = line.corrected;
              const changed = target.value === before ? {} : { [field]: target.value };
              onLine({ ...line, corrected: { ...others, ...changed } });
            }}
          />
        );
      })}
    </div>
  );
}
