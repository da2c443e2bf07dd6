import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import { makeId, type PersonId } from '#shared/kernel/ids.ts';
import { clock, randomBytes } from '../../../store/phone-store.ts';
import type { DoorRow } from '../door-row.ts';
import { useSaveGuard } from '../save-guard.tsx';

/** Somebody who is in no roll, while their name is typed. */
export interface NewResident {
  readonly firstName: string;
  readonly lastName: string;
  readonly setFirstName: (name: string) => void;
  readonly setLastName: (name: string) => void;
  /** They were to be added without a name. */
  readonly lacksName: boolean;
  readonly busy: boolean;
  /** Resolves with who was added once it is durable; null: they were not. */
  readonly add: () => Promise<PersonId | null>;
}

export function useResident(row: DoorRow, where: string): NewResident {
  const { t } = useLingui();
  const { saveWithUndo } = useSaveGuard();
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);

  const add = async (): Promise<PersonId | null> => {
    const name = firstName.trim();
    if (name === '' || busy) {
      setAsked(true);
      return null;
    }
    setBusy(true);
    const personId = makeId<PersonId>(clock.now(), randomBytes);
    const payload = { personId, doorId: row.door.id, firstName: name, lastName: lastName.trim() };
    const words = { where, what: t`New here: ${name}` };
    const operation = await saveWithUndo({ type: 'resident', payload }, words, t`${name} is added`);
    setBusy(false);
    return operation === null ? null : personId;
  };
  const lacksName = asked && firstName.trim() === '';
  return { firstName, lastName, setFirstName, setLastName, lacksName, busy, add };
}
