import { useState, type FormEvent } from 'react';
import { Plural, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { UniverseSteps } from '#shared/model/universe-step.ts';
import type { ChangeUniverse, SaveUniverse, Universe } from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { showToast } from '../../ui/toast.tsx';

export interface SaveFormProps {
  readonly question: UniverseSteps;
  /** The universe whose steps they are; null: they are new. */
  readonly editing: Universe | null;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly taken: readonly Universe[];
  readonly onSaved: (universe: Universe) => void;
}

/** Keeps the steps under a name: as another universe, or in the place of the one they are of. */
export function SaveForm({ question, editing, name, setName, taken, onSaved }: SaveFormProps) {
  const { t } = useLingui();
  const maySave = useMay('save-universe');
  const [frozen, setFrozen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!maySave) return null;
  const clean = name.trim();
  const error =
    clean === ''
      ? t`Give it a name that the launch table understands.`
      : taken.some((one) => one.name === clean && one.id !== editing?.id)
        ? t`There is a universe of this name. Choose another.`
        : null;

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (error !== null || busy) return;
    setBusy(true);
    const wish: SaveUniverse = { name: clean, question, frozen };
    const change: ChangeUniverse = { name: clean, question };
    const answer =
      editing === null
        ? await callApi<Universe>('POST', '/v1/universes', wish)
        : await callApi<Universe>('PATCH', `/v1/universes/${editing.id}`, change, {
            ifMatch: editing.version,
          });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setTried(false);
    onSaved(answer.value);
    showToast({ text: t`“${clean}” is saved. Cut turf in it next.` });
  };

  return (
    <form className="panel stack universe-save" onSubmit={(event) => void save(event)}>
      {problem && <ProblemNotice problem={problem} />}
      <TextField
        label={t`Keep it as`}
        placeholder={t`e.g. Weekend 1, unsure voters`}
        maxLength={120}
        value={name}
        error={tried ? error : null}
        onChange={(event) => setName(event.target.value)}
      />
      {editing === null ? (
        <Segmented<'live' | 'frozen'>
          label={t`Live or frozen`}
          options={[
            { value: 'live', label: t`Ask anew each time` },
            { value: 'frozen', label: t`Keep these people` },
          ]}
          value={frozen ? 'frozen' : 'live'}
          onChange={(value) => setFrozen(value === 'frozen')}
        />
      ) : (
        editing.turfs > 0 && (
          <p className="small quiet">
            <Plural
              value={editing.turfs}
              one="# turf is cut from it and stays as it is; when it is cut again, or another roll stands, it follows the new steps."
              other="# turfs are cut from it and stay as they are; when they are cut again, or another roll stands, they follow the new steps."
            />
          </p>
        )
      )}
      <Button variant="primary" type="submit" busy={busy}>
        {editing === null ? t`Save the universe` : t`Save the changes`}
      </Button>
    </form>
  );
}
