import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { TurfSet, UsedTurfSet, UseTurfSet } from '#shared/model/turf-library.ts';
import type { Universe } from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface SetActionsProps {
  readonly set: TurfSet;
  readonly universes: readonly Universe[];
  readonly onChanged: () => void;
  readonly onUsed: () => void;
}

type Asked = 'use' | 'rename' | 'delete' | null;

/** Use a kept set in a universe, name it anew, delete it. */
export function SetActions({ set, universes, onChanged, onUsed }: SetActionsProps) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked>(null);
  const [universeId, setUniverseId] = useState('');
  const [name, setName] = useState(set.name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [used, setUsed] = useState<(UsedTurfSet & { readonly universeId: string }) | null>(null);
  const chosen = universeId === '' ? (universes[0]?.id ?? '') : universeId;
  const path = `/v1/turf-sets/${set.id}`;
  async function send<T>(method: 'POST' | 'PATCH' | 'DELETE', to: string, body?: object) {
    setBusy(true);
    const answer = await callApi<T>(method, to, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setAsked(null);
    return answer;
  }
  const use = async (): Promise<void> => {
    const wish = { universeId: chosen } as UseTurfSet;
    const answer = await send<UsedTurfSet>('POST', `${path}/use`, wish);
    if (!answer.ok) return;
    setUsed({ ...answer.value, universeId: chosen });
    onUsed();
  };
  const change = async (method: 'PATCH' | 'DELETE', body?: object): Promise<void> => {
    const answer = await send<null>(method, path, body);
    if (answer.ok) onChanged();
  };
  return (
    <div className="stack">
      {problem !== null && <ProblemNotice problem={problem} />}
      {used !== null && <UsedNotice used={used} />}
      {asked === null && (
        <div className="row">
          <Button onClick={() => setAsked('use')} disabled={universes.length === 0}>
            <Trans>Use in a universe</Trans>
          </Button>
          <Button variant="quiet" onClick={() => setAsked('rename')}>
            <Trans>Rename</Trans>
          </Button>
          <Button variant="quiet" onClick={() => setAsked('delete')}>
            <Trans>Delete</Trans>
          </Button>
        </div>
      )}
      {asked === 'use' && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void use();
          }}
        >
          <SelectField
            label={t`In which universe`}
            hint={t`It gives drafts. Buildings that are not in it, or in another turf of it, are left out and counted.`}
            value={chosen}
            onChange={(event) => setUniverseId(event.target.value)}
          >
            {universes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <Ends busy={busy} words={t`Make drafts`} onCancel={() => setAsked(null)} />
        </form>
      )}
      {asked === 'rename' && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void change('PATCH', { name: name.trim() });
          }}
        >
          <TextField
            label={t`New name`}
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          <Ends busy={busy} words={t`Rename`} onCancel={() => setAsked(null)} />
        </form>
      )}
      <ConfirmDialog
        open={asked === 'delete'}
        title={t`Delete “${set.name}” from the library?`}
        action={t`Delete`}
        danger
        busy={busy}
        onCancel={() => setAsked(null)}
        onConfirm={() => void change('DELETE')}
      >
        <Trans>Turfs that were made of it stay.</Trans>
      </ConfirmDialog>
    </div>
  );
}

interface EndsProps {
  readonly busy: boolean;
  readonly words: string;
  readonly onCancel: () => void;
}

function Ends({ busy, words, onCancel }: EndsProps) {
  return (
    <div className="row">
      <Button type="submit" variant="primary" busy={busy}>
        {words}
      </Button>
      <Button variant="quiet" onClick={onCancel}>
        <Trans>Cancel</Trans>
      </Button>
    </div>
  );
}

/** What became of a set in a universe: what fell out is said. */
function UsedNotice({ used }: { readonly used: UsedTurfSet & { readonly universeId: string } }) {
  return (
    <Notice
      tone={used.turfs > 0 ? 'done' : 'info'}
      title={
        <Plural
          value={used.turfs}
          _0="No draft was made."
          one="# draft was made."
          other="# drafts were made."
        />
      }
      action={
        <Link className={buttonClass({})} href={`/desk/turf?universe=${used.universeId}`}>
          <Trans>Go to turf</Trans>
        </Link>
      }
    >
      {used.gone > 0 && (
        <Plural
          value={used.gone}
          one="# building is not in this universe. "
          other="# buildings are not in this universe. "
        />
      )}
      {used.taken > 0 && (
        <Plural
          value={used.taken}
          one="# building is in another turf already. "
          other="# buildings are in other turfs already. "
        />
      )}
      {used.empty > 0 && (
        <Plural
          value={used.empty}
          one="Nothing is left of # turf."
          other="Nothing is left of # turfs."
        />
      )}
    </Notice>
  );
}
