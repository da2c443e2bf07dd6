import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CONSENT_RECIPIENTS, type ConsentRecipients } from '#shared/model/consent.ts';
import { hashText } from '../../../store/hash-text.ts';
import type { AskPartProps } from '../talk/ask-more.tsx';
import { ConsentQuestion } from './consent-question.tsx';
import { useAskedWords } from './consent-words.ts';
import { useSaveGuard } from '../save-guard.tsx';

/**
 * Whether we may tell others what this person said, asked for each kind of them by itself. Unset
 * until they answer; each answer is a fact of its own with the words that were read, saved at once,
 * and the newest one counts.
 */
export function ConsentShare({ row, person, where, language, facts }: AskPartProps) {
  const { t } = useLingui();
  const { saveWithUndo } = useSaveGuard();
  const { wordingOf } = useAskedWords(language);
  const [busy, setBusy] = useState(false);
  const saidOf = (recipients: ConsentRecipients): boolean | null => {
    // The newest is the last.
    const fact = facts.findLast(
      (one) =>
        one.type === 'consent' &&
        one.payload.personId === person.id &&
        one.payload.recipients === recipients,
    );
    return fact?.type === 'consent' ? fact.payload.given : null;
  };

  const save = async (recipients: ConsentRecipients, given: boolean): Promise<void> => {
    setBusy(true);
    const wording = wordingOf(recipients);
    const what = given ? t`Agreed to sharing` : t`Did not agree to sharing`;
    const asked = { recipients, given, wording, wordingHash: await hashText(wording) };
    const payload = { doorId: row.door.id, personId: person.id, ...asked };
    await saveWithUndo({ type: 'consent', payload }, { where, what }, t`Saved: ${what}`);
    setBusy(false);
  };

  const question = (recipients: ConsentRecipients) => (
    <ConsentQuestion
      key={recipients}
      wording={wordingOf(recipients)}
      said={saidOf(recipients)}
      busy={busy}
      onSay={(given) => void save(recipients, given)}
    />
  );
  const [first, ...others] = CONSENT_RECIPIENTS;
  return (
    <section className="question">
      {question(first)}
      <p className="small quiet">
        <Trans>Only if you asked: read it as it stands.</Trans>
      </p>
      <details className="ask-others">
        <summary>
          <Trans>Ask about others</Trans>
        </summary>
        {others.map(question)}
      </details>
    </section>
  );
}
