import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ScriptVersion } from '#shared/model/script.ts';
import type { HeldEntry } from '#shared/sync/phones.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { DiscardForm } from './discard-form.tsx';
import { FindDoor } from './find-door.tsx';
import { HeldSaid, useSayHeld } from './held-said.tsx';
import { DECISION_WORDS, REASON_MEANING, REASON_WORDS } from './held-words.ts';
import { readHeld } from './read-held.ts';
import type { Decision } from './use-held.ts';

export interface HeldCardProps {
  readonly entry: HeldEntry;
  readonly scripts: readonly ScriptVersion[];
  /** Gives the problem when it could not be carried out, or null. */
  readonly onDecide: (decision: Decision) => Promise<Problem | null>;
}

/** One thing that waits: who, when, which door, what was said, why it waits, what can be done. */
export function HeldCard({ entry, scripts, onDecide }: HeldCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const say = useSayHeld();
  const words = readHeld(entry.body);
  const at = words?.at ?? null;
  return (
    <article className="panel stack held-card" id={`held-${entry.id}`}>
      <header className="stack held-head">
        <h2 tabIndex={-1}>
          {entry.door?.label ?? t`A door that the chapter does not know`}
          {entry.turfName !== null && <span className="quiet"> · {entry.turfName}</span>}
        </h2>
        <p className="small quiet">
          <strong>{entry.memberName}</strong>
          {' · '}
          {at === null ? (
            <Trans>arrived {format.moment(entry.receivedAt)}</Trans>
          ) : (
            <Trans>
              at the door {format.moment(at)}, arrived {format.moment(entry.receivedAt)}
            </Trans>
          )}
        </p>
      </header>
      <div>
        <p className="held-what">{say(words)}</p>
        {words !== null && <HeldSaid words={words} scripts={scripts} />}
      </div>
      <div className="stack held-why">
        <div>
          <Pill tone={entry.decision === null ? 'phone' : 'plain'}>
            {t(REASON_WORDS[entry.reason])}
          </Pill>
        </div>
        {entry.decision === null && (
          <p className="small quiet">{t(REASON_MEANING[entry.reason])}</p>
        )}
      </div>
      {entry.decision === null ? (
        <Choices entry={entry} onDecide={onDecide} />
      ) : (
        <p>
          <strong>{t(DECISION_WORDS[entry.decision.what])}</strong>{' '}
          <Trans>
            by {entry.decision.by}, {format.moment(entry.decision.at)}
          </Trans>
          {entry.decision.why !== '' && <span className="held-note">{entry.decision.why}</span>}
        </p>
      )}
      <details className="held-raw">
        <summary>
          <Trans>Show data</Trans>
        </summary>
        <pre tabIndex={0} aria-label={t`What the phone sent`}>
          {layOut(entry.body)}
        </pre>
      </details>
    </article>
  );
}

function Choices({ entry, onDecide }: Pick<HeldCardProps, 'entry' | 'onDecide'>) {
  const { t } = useLingui();
  const mayDecide = useMay('decide-held');
  const [open, setOpen] = useState<'retarget' | 'discard' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const decide = async (decision: Decision): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const refused = await onDecide(decision);
    setBusy(false);
    setProblem(refused);
  };
  const may = new Set(entry.may);
  if (!mayDecide) {
    return (
      <p className="small quiet">
        <Trans>Coordinators and admins decide.</Trans>
      </p>
    );
  }
  return (
    <>
      {problem !== null && <ProblemNotice problem={problem} />}
      {open === 'discard' && (
        <DiscardForm
          busy={busy}
          onCancel={() => setOpen(null)}
          onDiscard={(why) => void decide({ what: 'discard', why })}
        />
      )}
      {open === 'retarget' && (
        <FindDoor
          busy={busy}
          onCancel={() => setOpen(null)}
          onChoose={(door) => void decide({ what: 'retarget', doorId: door.id })}
        />
      )}
      {open === null && (
        <div className="row">
          {may.has('accept') && (
            <Button
              variant="primary"
              busy={busy}
              onClick={() => void decide({ what: 'accept' })}
            >{t`Accept`}</Button>
          )}
          {may.has('retarget') && (
            <Button onClick={() => setOpen('retarget')}>{t`Give it another door`}</Button>
          )}
          {may.has('discard') && (
            <Button variant="quiet" onClick={() => setOpen('discard')}>{t`Discard`}</Button>
          )}
        </div>
      )}
    </>
  );
}

/** JSON with line breaks; what is no JSON as it came. */
function layOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
