import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { KeepTurfSet, TurfSet } from '#shared/model/turf-library.ts';
import type { Universe } from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { BoardTurf } from './board-turf.ts';

export interface KeepSetProps {
  readonly turfs: readonly BoardTurf[];
  readonly universes: readonly Universe[];
  readonly onCancel: () => void;
  readonly onKept: () => void;
}

/** Keeps turfs of one universe under a name: all of them, or those that are chosen. */
export function KeepSet({ turfs, universes, onCancel, onKept }: KeepSetProps) {
  const { t } = useLingui();
  const there = universes.filter(({ id }) => turfs.some(({ turf }) => turf.universeId === id));
  const [universeId, setUniverseId] = useState<string | null>(null);
  const chosen = universeId ?? there[0]?.id ?? '';
  // The first passes: of what was walked again a part is left only.
  const own = turfs.filter(({ turf, pass }) => turf.universeId === chosen && pass === 1);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const kept = own.filter(({ turf }) => !left.includes(turf.id)).map(({ turf }) => turf.id);
  const keep = async (): Promise<void> => {
    setBusy(true);
    const wish: KeepTurfSet = { name: name.trim(), turfIds: kept };
    const answer = await callApi<TurfSet>('POST', '/v1/turf-sets', wish);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    showToast({ text: t`“${answer.value.name}” is kept.` });
    onKept();
  };
  return (
    <form
      className="panel stack"
      aria-label={t`Keep turfs under a name`}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && kept.length > 0) void keep();
      }}
    >
      <SelectField
        label={t`Turfs of which universe`}
        value={chosen}
        onChange={(event) => setUniverseId(event.target.value)}
      >
        {there.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t`Kept under which name`}
        value={name}
        maxLength={80}
        required
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <div className="launch-keep-turfs">
        <ChooseMany
          legend={t`Which turfs`}
          value={kept}
          onChange={(ids: string[]) =>
            setLeft(own.map(({ turf }) => turf.id).filter((id) => !ids.includes(id)))
          }
          options={own.map(({ turf }) => ({ value: turf.id, label: turf.name }))}
        />
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={name.trim() === '' || kept.length === 0}
        >
          <Trans>Keep them</Trans>
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
