import { type ReactNode, useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CORRECTED, type CorrectedField } from '#shared/model/field-words.ts';
import { isEmailShape } from '#shared/model/email-shape.ts';
import type { Person } from '#shared/model/person.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { EmailFault } from './email-fault.tsx';
import { useOriginal } from './use-original.ts';
import { useSaveMany } from '../use-save-many.ts';
import { useWalk } from '../walk-context.ts';

export interface PutRightProps {
  readonly row: DoorRow;
  readonly person: Person;
  /** The address. */
  readonly where: string;
  /** Something was typed that is not saved, or is not there any more. */
  readonly onChanged: (changed: boolean) => void;
  readonly onSaved: () => void;
}

type Values = Readonly<Record<CorrectedField, string>>;

/** Name, telephone and e-mail as they are said at the door. What the roll says stays in sight. */
export function PutRight({ row, person, where, onChanged, onSaved }: PutRightProps) {
  const { t } = useLingui();
  const { stateOf } = useWalk();
  const saveMany = useSaveMany();
  const original = useOriginal(row, person);
  const corrected = stateOf(row.door.id)?.corrections.get(person.id);
  const now: Values = {
    firstName: person.firstName,
    lastName: person.lastName,
    phone: person.phone ?? '',
    email: corrected?.email ?? '',
  };
  const [values, setValues] = useState(now);
  const [busy, setBusy] = useState(false);
  // An address that is just being typed is no fault yet.
  const [left, setLeft] = useState(false);
  const changed = CORRECTED.filter((field) => values[field].trim() !== now[field]);
  const isChanged = changed.length > 0;
  useEffect(() => onChanged(isChanged), [onChanged, isChanged]);
  const nameless = values.firstName.trim() === '' && values.lastName.trim() === '';
  const badEmail =
    changed.includes('email') && values.email.trim() !== '' && !isEmailShape(values.email);
  const stays = !isChanged || nameless || badEmail;
  const labels = {
    firstName: t`First name`,
    lastName: t`Last name`,
    phone: t`Telephone`,
    email: t`E-mail`,
  };
  const kinds = { firstName: 'text', lastName: 'text', phone: 'tel', email: 'email' };

  const faultOf = (field: CorrectedField): ReactNode => {
    if (field === 'firstName' && nameless) return t`A first name is enough.`;
    return field === 'email' && badEmail && left ? <EmailFault /> : undefined;
  };

  const save = async (): Promise<void> => {
    setLeft(true);
    if (stays) return;
    setBusy(true);
    const name = fullName(person);
    const all = changed.map((field) => {
      const value = values[field].trim();
      const payload = { doorId: row.door.id, personId: person.id, field, value };
      const what = `${name}, ${labels[field]}: ${value}`;
      return { fact: { type: 'correct' as const, payload }, words: { where, what } };
    });
    const saved = await saveMany(all, () => t`Put right: ${name}`);
    setBusy(false);
    if (saved.length === all.length) onSaved();
  };

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {CORRECTED.map((field) => {
        const before = original?.[field] ?? '';
        return (
          <TextField
            key={field}
            type={kinds[field]}
            label={labels[field]}
            autoComplete="off"
            maxLength={field === 'firstName' || field === 'lastName' ? 80 : 200}
            value={values[field]}
            hint={
              before !== '' && before !== values[field].trim() ? (
                <Trans>
                  So far: <s>{before}</s>
                </Trans>
              ) : undefined
            }
            error={faultOf(field)}
            onBlur={() => setLeft(left || field === 'email')}
            onChange={(event) => setValues({ ...values, [field]: event.target.value })}
          />
        );
      })}
      <Button
        type="submit"
        variant="primary"
        wide
        busy={busy}
        aria-disabled={stays ? true : undefined}
      >
        <Trans>Save what was put right</Trans>
      </Button>
    </form>
  );
}
