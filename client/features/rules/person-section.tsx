import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { CopyAnswer, Erased, FoundPerson } from '#shared/model/privacy.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PersonCard } from './person-card.tsx';
import { saveText } from './save-text.ts';
import type { Asked } from './settle-dialog.tsx';
import { SettleDialog } from './settle-dialog.tsx';

/** For admins: what one person may ask for. Looks somebody up, gives them a copy, erases them. */
export function PersonSection({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<'copied' | 'cleared' | number | null>(null);
  const [busy, setBusy] = useState(false);

  const find = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi<FoundPerson[]>('POST', '/v1/person/find', { typed });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setFound(answer.value);
  };
  const copy = async ({ id }: FoundPerson): Promise<void> => {
    setDone(null);
    const answer = await callApi<CopyAnswer>('POST', '/v1/person/copy', { id });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    saveText('copy.json', `${JSON.stringify(answer.value.copy, null, 2)}\n`, 'application/json');
    saveText('copy.txt', answer.value.text, 'text/plain');
    setDone('copied');
  };
  const settle = async (why: string): Promise<void> => {
    if (asked === null) return;
    const { id, doNotContact } = asked.person;
    setBusy(true);
    const answer =
      asked.what === 'erase'
        ? await callApi<Erased>('POST', '/v1/person/erase', { id, why })
        : await callApi<{ readonly facts: number }>('POST', '/v1/person/clear', {
            id,
            why,
            ofDoor: doNotContact === 'door' || asked.ofDoor,
          });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok && answer.problem.code === 'opt-out-of-door') {
      return setAsked({ ...asked, ofDoor: true });
    }
    setAsked(null);
    if (!answer.ok) return;
    setDone(asked.what === 'erase' ? answer.value.facts : 'cleared');
    setFound(null);
    onChanged();
  };

  return (
    <section className="stack" aria-labelledby="person-title">
      <h2 id="person-title">
        <Trans>One person asks</Trans>
      </h2>
      <form
        className="panel stack"
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <TextField
          label={t`Name, address or number in the roll`}
          hint={t`That you looked is written down; what you typed is not.`}
          value={typed}
          maxLength={120}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div>
          <Button type="submit" busy={busy} disabled={typed.trim() === ''}>{t`Look up`}</Button>
        </div>
        {problem && <ProblemNotice problem={problem} />}
        {done !== null && (
          <Notice tone="done">
            {done === 'copied' && (
              <Trans>Two files were saved: one to read, one for programs. Hand both over.</Trans>
            )}
            {done === 'cleared' && <Trans>They may be contacted again.</Trans>}
            {typeof done === 'number' && (
              <Plural
                value={done}
                one="Erased, with # fact emptied. No new roll, phone or backup brings them back."
                other="Erased, with # facts emptied. No new roll, phone or backup brings them back."
              />
            )}
          </Notice>
        )}
        {found?.length === 0 && <p className="quiet">{t`Nobody here has all of these words.`}</p>}
        {found !== null && found.length > 0 && (
          <ul className="rules-files" role="list">
            {found.map((person) => (
              <PersonCard
                key={person.id}
                person={person}
                onCopy={() => void copy(person)}
                onAsk={(what) => setAsked({ person, what, ofDoor: false })}
              />
            ))}
          </ul>
        )}
      </form>
      <SettleDialog
        asked={asked}
        busy={busy}
        onSettle={(why) => void settle(why)}
        onCancel={() => setAsked(null)}
      />
    </section>
  );
}
