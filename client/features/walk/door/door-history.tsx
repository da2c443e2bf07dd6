import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconNote,
  IconPencil,
  IconMailForward,
  IconShare2,
  IconTag,
  IconUserPlus,
} from '@tabler/icons-react';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import type { Operation } from '#shared/model/operation.ts';
import { Button } from '../../../ui/button.tsx';
import { GivenWords } from '../../../ui/given-words.tsx';
import type { DoorRow } from '../door-row.ts';
import type { HistoryEntry } from './history-of.ts';
import { PlaceBadge } from '../sent/place-badge.tsx';
import { ResultIcon } from './result-icon.tsx';
import { useEntryWords } from './use-entry-words.ts';
import { useSaveGuard } from '../save-guard.tsx';
import { dayAndTime } from '../time-words.ts';
import { useDoorHistory } from './use-door-history.ts';
import { useWalk } from '../walk-context.ts';

/** What happened at this door, newest first. One's own facts can be taken back; all stay in sight. */
export function DoorHistory({ row, where }: { readonly row: DoorRow; readonly where: string }) {
  const { sheet } = useWalk();
  const entries = useDoorHistory(row.door.id);
  return (
    <section className="stack" aria-labelledby="door-history">
      <h3 id="door-history">
        <Trans>What we know</Trans>
      </h3>
      {entries?.length === 0 && (
        <p className="quiet">
          {sheet.turf.kind === 'calls' ? (
            <Trans>Nobody has called yet.</Trans>
          ) : (
            <Trans>Nobody has been here yet.</Trans>
          )}
        </p>
      )}
      {entries !== null && entries.length > 0 && (
        <ol className="history" role="list">
          {entries.map((entry) => (
            <Entry key={entry.op.opId} entry={entry} row={row} where={where} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly row: DoorRow;
  readonly where: string;
}

function EntryIcon({ entry: { op } }: { readonly entry: HistoryEntry }) {
  if (op.type === 'note') return <IconNote size={20} aria-hidden />;
  if (op.type === 'lit-drop') return <IconMailForward size={20} aria-hidden />;
  if (op.type === 'resident') return <IconUserPlus size={20} aria-hidden />;
  if (op.type === 'tag') return <IconTag size={20} aria-hidden />;
  if (op.type === 'consent') return <IconShare2 size={20} aria-hidden />;
  if (op.type !== 'knock') return <IconPencil size={20} aria-hidden />;
  const { outcome } = op.payload;
  return <ResultIcon what={outcome.kind === 'contact' ? 'contact' : outcome.result} size={20} />;
}

function Entry({ entry, row, where }: EntryProps) {
  const { t, i18n } = useLingui();
  const { takeBack } = useSaveGuard();
  const { sheet, me } = useWalk();
  const [busy, setBusy] = useState(false);
  const { op, mine, place, withdrawn, takenBack } = entry;
  const what = useEntryWords(entry, row);
  const note = op.type === 'note' ? op.payload.text : op.type === 'knock' ? op.payload.note : null;
  const stays =
    op.type === 'knock' &&
    op.payload.outcome.kind === 'result' &&
    op.payload.outcome.result === 'do-not-contact';

  // Whoever took it back may put it back: the taking back is taken back.
  const back = takenBack !== null && takenBack.actorId === me ? takenBack : null;

  const putBack = (of: Operation): void => {
    setBusy(true);
    void takeBack(of, { where, what: t`${what}, put back` }).finally(() => setBusy(false));
  };

  const undo = (): void => {
    setBusy(true);
    void takeBack(op, { where, what: t`Undo of ${what}` }).finally(() => setBusy(false));
  };

  return (
    <li className={withdrawn ? 'entry entry-withdrawn' : 'entry'}>
      <span className="entry-icon">
        <EntryIcon entry={entry} />
      </span>
      <div className="grow entry-words">
        <p>
          <span className="entry-what">{what}</span>{' '}
          {withdrawn && (
            <span className="small quiet">
              <Trans>taken back</Trans>
            </span>
          )}
        </p>
        <p className="small quiet">
          {dayAndTime(knockedAt(op).ms, i18n.locale)}
          {' · '}
          {mine ? <Trans>by you</Trans> : <Trans>by another canvasser</Trans>}
        </p>
        {op.type === 'knock' && op.payload.answers.length > 0 && (
          <ul className="entry-answers small" role="list">
            {op.payload.answers.map((answer) => (
              <li key={answer.id}>
                <GivenWords answer={answer} script={sheet.script} />
              </li>
            ))}
          </ul>
        )}
        {note !== null && <p className="entry-note">{note}</p>}
        {mine && (
          <p className="small">
            <PlaceBadge place={place} />
          </p>
        )}
      </div>
      {mine && !withdrawn && !stays && (
        <Button
          variant="quiet"
          icon={<IconArrowBackUp size={20} aria-hidden />}
          busy={busy}
          aria-label={t`Undo: ${what}`}
          onClick={undo}
        >
          <Trans>Undo</Trans>
        </Button>
      )}
      {withdrawn && !stays && back !== null && (
        <Button
          variant="quiet"
          icon={<IconArrowForwardUp size={20} aria-hidden />}
          busy={busy}
          aria-label={t`Put back: ${what}`}
          onClick={() => putBack(back)}
        >
          <Trans>Put back</Trans>
        </Button>
      )}
    </li>
  );
}
