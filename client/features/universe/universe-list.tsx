import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconCopy,
  IconEdit,
  IconPolygon,
  IconSnowflake,
  IconSnowflakeOff,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type {
  ChangeUniverse,
  SaveUniverse,
  Universe,
  UniverseFacets,
} from '#shared/model/universe.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSayStep } from './say-step.ts';

export interface UniverseListProps {
  readonly universes: readonly Universe[];
  readonly facets: UniverseFacets | null;
  /** The one that the map shows. */
  readonly shown: Universe | null;
  readonly onShow: (universe: Universe) => void;
  readonly onEdit: (universe: Universe) => void;
  /** It was changed, or is new. */
  readonly onChanged: (universe: Universe) => void;
  readonly onDeleted: (universe: Universe) => void;
}

/** The saved universes: a chosen one is on the map and can be changed. */
export function UniverseList(props: UniverseListProps) {
  const { universes, facets, shown, onShow } = props;
  const { t } = useLingui();
  const format = useFormat();
  const say = useSayStep({ facets, universes });
  return (
    <section className="stack" aria-labelledby="saved-title">
      <h2 id="saved-title" className="for-readers">
        <Trans>Saved universes</Trans>
      </h2>
      {universes.length === 0 ? (
        <p className="quiet">
          <Trans>None yet. Choose people, then keep them under a name.</Trans>
        </p>
      ) : (
        <ul role="list" className="universe-list">
          {universes.map((universe) => {
            const isShown = shown?.id === universe.id;
            return (
              <li key={universe.id}>
                <div className="universe-row">
                  <button
                    type="button"
                    className="universe-open"
                    aria-pressed={isShown}
                    onClick={() => onShow(universe)}
                  >
                    <strong>{universe.name}</strong>
                    <span className="small">
                      {t`${format.number(universe.doors)} doors, ${format.number(universe.people)} people`}
                    </span>
                    <span className="small quiet">{say.steps(readSteps(universe.question))}</span>
                    {universe.frozenAt !== null && (
                      <Pill tone="brand" icon={<IconSnowflake size={16} aria-hidden />}>
                        {t`Frozen ${format.moment(universe.frozenAt)}`}
                      </Pill>
                    )}
                  </button>
                  <Link
                    className={`${buttonClass({ variant: 'quiet' })} button-icon`}
                    href={`/desk/turf?universe=${universe.id}`}
                    aria-label={t`Cut turf in ${universe.name}`}
                    title={t`Cut turf`}
                  >
                    <IconPolygon size={20} aria-hidden />
                  </Link>
                </div>
                {isShown && <Deeds key={universe.version} {...props} universe={universe} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** What can be done with the universe that is shown. */
function Deeds({
  universe,
  universes,
  onEdit,
  onChanged,
  onDeleted,
}: UniverseListProps & { readonly universe: Universe }) {
  const { t } = useLingui();
  const maySave = useMay('save-universe');
  const [name, setName] = useState(universe.name);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!maySave) return null;
  const path = `/v1/universes/${universe.id}`;
  const frozen = universe.frozenAt !== null;

  const change = async (wish: ChangeUniverse, text: string): Promise<void> => {
    setBusy(true);
    const answer = await callApi<Universe>('PATCH', path, wish, { ifMatch: universe.version });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    onChanged(answer.value);
    showToast({ text });
  };
  const duplicate = async (): Promise<void> => {
    const names = new Set(universes.map((one) => one.name));
    let at = 2;
    while (names.has(`${universe.name} (${at})`)) at += 1;
    const copy = `${universe.name} (${at})`.slice(-120);
    const wish: SaveUniverse = { name: copy, question: universe.question, copyOf: universe.id };
    setBusy(true);
    const answer = await callApi<Universe>('POST', '/v1/universes', wish);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onChanged(answer.value);
  };
  const remove = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi('DELETE', path);
    setBusy(false);
    setAsked(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onDeleted(universe);
  };
  const clean = name.trim();

  return (
    <div className="stack universe-deeds">
      {problem && <ProblemNotice problem={problem} />}
      <form
        className="universe-rename"
        onSubmit={(event) => {
          event.preventDefault();
          if (clean !== '') void change({ name: clean }, t`It is called “${clean}” now.`);
        }}
      >
        <TextField
          label={t`Name`}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="submit"
          disabled={clean === '' || clean === universe.name}
          busy={busy}
        >{t`Rename`}</Button>
      </form>
      <div className="universe-buttons">
        {!frozen && (
          <Button
            icon={<IconEdit size={20} aria-hidden />}
            onClick={() => onEdit(universe)}
          >{t`Change the steps`}</Button>
        )}
        <Button
          icon={
            frozen ? (
              <IconSnowflakeOff size={20} aria-hidden />
            ) : (
              <IconSnowflake size={20} aria-hidden />
            )
          }
          busy={busy}
          onClick={() =>
            void change(
              { frozen: !frozen },
              frozen ? t`It is asked anew from now on.` : t`These people are kept.`,
            )
          }
        >
          {frozen ? t`Make it live` : t`Freeze`}
        </Button>
        <Button
          icon={<IconCopy size={20} aria-hidden />}
          busy={busy}
          onClick={() => void duplicate()}
        >{t`Duplicate`}</Button>
        <Button
          variant="quiet"
          icon={<IconTrash size={20} aria-hidden />}
          aria-label={t`Delete ${universe.name}`}
          onClick={() => setAsked(true)}
        >{t`Delete`}</Button>
      </div>
      <p className="small quiet">
        {frozen ? (
          <Trans>
            Frozen: its people are kept as they were. Who asks not to be contacted leaves it all the
            same.
          </Trans>
        ) : (
          <Trans>Live: it is asked anew whenever turf is cut and when another roll stands.</Trans>
        )}
      </p>
      <ConfirmDialog
        open={asked}
        title={t`Delete “${universe.name}”?`}
        action={t`Delete`}
        danger
        busy={busy}
        onConfirm={() => void remove()}
        onCancel={() => setAsked(false)}
      >
        <Trans>
          Only the saved question goes. The people, their doors and everything learnt there stay. A
          universe from which turfs are cut, or for which another asks, cannot be deleted.
        </Trans>
      </ConfirmDialog>
    </div>
  );
}
