import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Person } from '#shared/model/person.ts';
import { hashText } from '../../store/hash-text.ts';
import { ChooseOne } from '../../ui/choice.tsx';
import type { DoorRow } from './door-row.ts';
import { useSaveGuard } from './save-guard.tsx';
import { useDoorHistory } from './use-door-history.ts';

type Said = 'yes' | 'no';

export interface AskConsentProps {
  readonly row: DoorRow;
  readonly person: Person;
  /** The address. */
  readonly where: string;
}

/**
 * Whether we may tell campaigns what this person said. Unset until they answer; each answer is a fact
 * of its own with the words that were read, saved at once, and the newest one counts.
 */
export function AskConsent({ row, person, where }: AskConsentProps) {
  const { t } = useLingui();
  const { saveWithUndo } = useSaveGuard();
  const [busy, setBusy] = useState(false);
  const wording = t`May we tell the campaigns that we work with that you support this?`;
  const entry = useDoorHistory(row.door.id)?.find(
    ({ op, withdrawn }) => !withdrawn && op.type === 'consent' && op.payload.personId === person.id,
  );
  const said: Said | null =
    entry?.op.type === 'consent' ? (entry.op.payload.given ? 'yes' : 'no') : null;

  const save = async (answer: Said): Promise<void> => {
    setBusy(true);
    const given = answer === 'yes';
    const what = given ? t`Agreed to sharing` : t`Did not agree to sharing`;
    const wordingHash = await hashText(wording);
    const asked = { recipients: 'campaigns', given, wording, wordingHash } as const;
    const payload = { doorId: row.door.id, personId: person.id, ...asked };
    await saveWithUndo({ type: 'consent', payload }, { where, what }, t`Saved: ${what}`);
    setBusy(false);
  };

  return (
    <section className="question">
      <ChooseOne<Said>
        legend={<span className="question-prompt">{wording}</span>}
        columns={2}
        value={said}
        options={[
          { value: 'yes', label: t`Yes`, disabled: busy },
          { value: 'no', label: t`No`, disabled: busy },
        ]}
        onChange={(answer) => void save(answer)}
      />
      <p className="small quiet">
        <Trans>Only if you asked: read it as it stands.</Trans>
      </p>
    </section>
  );
}
