import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPolygon, IconTrash } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Universe, FirstQuestion } from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useSayQuestion } from './say-question.ts';

export interface UniverseListProps {
  readonly universes: readonly Universe[];
  /** The question that the map shows now. */
  readonly shown: FirstQuestion;
  readonly onShow: (universe: Universe) => void;
  readonly onDeleted: (universe: Universe) => void;
}

/** The saved universes. */
export function UniverseList({ universes, shown, onShow, onDeleted }: UniverseListProps) {
  const { t } = useLingui();
  const format = useFormat();
  const sayQuestion = useSayQuestion();
  const maySave = useMay('save-universe');
  const [asked, setAsked] = useState<Universe | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const remove = async (universe: Universe): Promise<void> => {
    setBusy(true);
    const answer = await callApi('DELETE', `/v1/universes/${universe.id}`);
    setBusy(false);
    setAsked(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onDeleted(universe);
  };

  return (
    <section className="stack" aria-labelledby="saved-title">
      <h2 id="saved-title" className="for-readers">
        <Trans>Saved universes</Trans>
      </h2>
      {problem && <ProblemNotice problem={problem} />}
      {universes.length === 0 ? (
        <p className="quiet">
          <Trans>None yet. Choose people, then keep them under a name.</Trans>
        </p>
      ) : (
        <ul role="list" className="universe-list">
          {universes.map((universe) => (
            <li key={universe.id}>
              <button
                type="button"
                className="universe-open"
                aria-pressed={JSON.stringify(universe.question) === JSON.stringify(shown)}
                onClick={() => onShow(universe)}
              >
                <strong>{universe.name}</strong>
                <span className="small">
                  {t`${format.number(universe.doors)} doors, ${format.number(universe.people)} people`}
                </span>
                <span className="small quiet">
                  {'steps' in universe.question ? '' : sayQuestion(universe.question)}
                </span>
              </button>
              <Link
                className={`${buttonClass({ variant: 'quiet' })} button-icon`}
                href={`/desk/turf?universe=${universe.id}`}
                aria-label={t`Cut turf in ${universe.name}`}
                title={t`Cut turf`}
              >
                <IconPolygon size={20} aria-hidden />
              </Link>
              {maySave && (
                <IconButton
                  icon={<IconTrash size={20} aria-hidden />}
                  label={t`Delete ${universe.name}`}
                  onClick={() => setAsked(universe)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={asked !== null}
        title={t`Delete “${asked?.name ?? ''}”?`}
        action={t`Delete`}
        danger
        busy={busy}
        onConfirm={() => {
          if (asked) void remove(asked);
        }}
        onCancel={() => setAsked(null)}
      >
        <Trans>
          Only the saved question goes. The people, their doors and everything learnt there stay. A
          universe whose turfs are published cannot be deleted.
        </Trans>
      </ConfirmDialog>
    </section>
  );
}
