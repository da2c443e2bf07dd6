import { useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { makeId, type PersonId } from '#shared/kernel/ids.ts';
import { isEmailShape } from '#shared/model/email-shape.ts';
import { clock, randomBytes } from '../../../store/phone-store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { DoorRow } from '../door-row.ts';
import { EmailFault } from '../door/email-fault.tsx';
import { useDraft } from '../talk/use-draft.ts';
import { useSaveGuard } from '../save-guard.tsx';

export interface StallSheetProps {
  readonly row: DoorRow;
  readonly onClose: () => void;
  readonly onTalk: (person: { readonly id: PersonId }) => void;
}

const EMPTY = { firstName: '', lastName: '', phone: '', email: '' };
type Typed = typeof EMPTY;
type Field = keyof Typed;

function isTyped(kept: unknown): kept is Typed {
  const texts = new Map<string, unknown>(Object.entries(kept ?? {}));
  return Object.keys(EMPTY).every((name) => typeof texts.get(name) === 'string');
}

/** Somebody at the stall: a name, how to reach them if they give it, then the conversation. */
export function StallSheet({ row, onClose, onTalk }: StallSheetProps) {
  const { t } = useLingui();
  const { save, saveWithUndo } = useSaveGuard();
  const doorId = row.door.id;
  const draft = useDraft(doorId, 'met', EMPTY, isTyped, onClose);
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const typed = draft.value;
  const said = (field: Field): string => typed[field].trim();
  const lacksName = said('firstName') === '';
  const badEmail = said('email') !== '' && !isEmailShape(said('email'));
  const field = (name: Field) => ({
    name,
    value: typed[name],
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      draft.change({ ...typed, [name]: event.target.value }),
  });

  const add = async (): Promise<void> => {
    if (lacksName || badEmail) {
      setAsked(true);
      form.current
        ?.querySelector<HTMLElement>(`[name=${lacksName ? 'firstName' : 'email'}]`)
        ?.focus();
      return;
    }
    setBusy(true);
    const personId = makeId<PersonId>(clock.now(), randomBytes);
    const where = row.building.street;
    const firstName = said('firstName');
    const met = await saveWithUndo(
      { type: 'resident', payload: { personId, doorId, firstName, lastName: said('lastName') } },
      { where, what: t`Met: ${firstName}` },
      t`${firstName} is added`,
    );
    if (met !== null) {
      for (const name of ['phone', 'email'] as const) {
        const value = said(name);
        if (value === '') continue;
        const payload = { doorId, personId, field: name, value };
        const what = name === 'phone' ? t`Phone of ${firstName}` : t`Email of ${firstName}`;
        await save({ type: 'correct', payload }, { where, what });
      }
    }
    setBusy(false);
    if (met === null) return;
    await draft.drop();
    onTalk({ id: personId });
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>New conversation</Trans>}
      description={<Trans>A first name is enough. The rest only if they want to give it.</Trans>}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void add()}>
          <Trans>Add and talk</Trans>
        </Button>
      }
    >
      <form
        ref={form}
        className="stack"
        // In our own words, and with everything else left as it is.
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void add();
        }}
      >
        <TextField
          label={<Trans>First name</Trans>}
          maxLength={80}
          error={asked && lacksName ? <Trans>A first name is enough.</Trans> : undefined}
          {...field('firstName')}
        />
        <TextField
          label={<Trans>Last name (if they give it)</Trans>}
          maxLength={80}
          {...field('lastName')}
        />
        <TextField
          label={<Trans>Telephone (if they give it)</Trans>}
          type="tel"
          inputMode="tel"
          maxLength={40}
          {...field('phone')}
        />
        <TextField
          label={<Trans>Email (if they give it)</Trans>}
          type="email"
          inputMode="email"
          maxLength={200}
          error={asked && badEmail ? <EmailFault /> : undefined}
          {...field('email')}
        />
        <p className="small quiet">
          <Trans>
            Whether we may call or write is asked in the conversation, and kept with it.
          </Trans>
        </p>
        <button type="submit" hidden />
      </form>
    </Sheet>
  );
}
