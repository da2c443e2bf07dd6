import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFilter } from '@tabler/icons-react';
import { Link } from 'wouter';
import { MOST_STEPS } from '#shared/model/step-words.ts';
import type { Step, UniverseSteps } from '#shared/model/universe-step.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { Universe, UniverseCount, UniverseFacets } from '#shared/model/universe.ts';
import { isChosen } from '#shared/universe/is-chosen.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { readTabDraft, useTabDraft } from '../../shell/tab-draft.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { SaveForm } from './save-form.tsx';
import { StepList } from './step-list.tsx';
import { CountOfUniverse } from './universe-count.tsx';
import { UniverseList } from './universe-list.tsx';
import { UniverseMap } from './universe-map.tsx';
import { useSteps } from './use-steps.ts';
import './universe.css';

const EVERYBODY: UniverseSteps = { v: 2, steps: [] };
const COUNT_DELAY_MS = 150;
const DRAFT = 'universe';

/** Steps that are not saved, and the name that they shall have. */
interface KeptUniverse {
  /** Whose steps they are; null: they are new. */
  readonly of: Universe | null;
  readonly steps: readonly Step[];
  readonly name: string;
}

/** `/desk/universes`: narrow the people step by step, see their doors, keep the steps under a name. */
export default function DeskUniverse() {
  const { t } = useLingui();
  const facets = useApi<UniverseFacets>('/v1/universes/facets');
  const universes = useApi<readonly Universe[]>('/v1/universes');
  const layers = useApi<MapLayers>('/v1/map');
  const [kept] = useState(() => readTabDraft<KeptUniverse>(DRAFT));
  const steps = useSteps(kept?.steps ?? []);
  const [editing, setEditing] = useState<Universe | null>(kept?.of ?? null);
  const [name, setName] = useState(kept?.name ?? '');
  /** A saved universe that the map shows; null: the steps. */
  const [shown, setShown] = useState<Universe | null>(null);
  const [view, setView] = useState<'steps' | 'saved'>('steps');

  /** Steps that are saved, or from which these were begun. */
  const [base, setBase] = useState(() => (kept?.of ? readSteps(kept.of.question) : []));
  const maySave = useMay('save-universe');
  const isChanged =
    JSON.stringify(steps.steps) !== JSON.stringify(base) || name !== (editing?.name ?? '');
  const draft: KeptUniverse = { of: editing, steps: steps.steps, name };
  useTabDraft(DRAFT, isChanged && maySave ? draft : null);

  const chosen = steps.steps.filter(({ who }) => isChosen(who));
  const question: UniverseSteps = { v: 2, steps: chosen };
  const own = editing === null ? '' : `?own=${editing.id}`;
  const count = useAnswer<UniverseCount>(`/v1/universes/count${own}`, question, COUNT_DELAY_MS);
  const everybody = useAnswer<UniverseCount>('/v1/universes/count', EVERYBODY, 0);

  if (facets.data?.people === 0) {
    return (
      <div className="desk-page">
        <PageTitle title={t`Universes`} />
        <EmptyState
          icon={<IconFilter size={28} aria-hidden />}
          title={t`There is nobody to choose from yet`}
          action={
            <Link className={buttonClass({ variant: 'primary' })} href="/desk/roll">
              <Trans>Go to the roll</Trans>
            </Link>
          }
        >
          <Trans>A universe is chosen from the roll. Import the voter file first.</Trans>
        </EmptyState>
      </div>
    );
  }

  const start = (list: readonly Step[], of: Universe | null): void => {
    steps.start(list);
    setBase(list);
    setEditing(of);
    setName(of?.name ?? '');
    setShown(null);
    setView('steps');
  };
  const saved = (made: Universe): void => {
    universes.put((before) => [made, ...before.filter(({ id }) => id !== made.id)]);
    setBase(steps.steps);
    setEditing(null);
    setName('');
    setShown(made);
    setView('saved');
  };

  return (
    <div className="desk-split universe-split">
      <div className="desk-side">
        <PageTitle
          title={t`Universes`}
          under={t`Whom to knock: steps from everybody to a few, kept under a name.`}
        />
        <Segmented<'steps' | 'saved'>
          label={t`Choose or keep`}
          options={[
            { value: 'steps', label: t`Choose people` },
            {
              value: 'saved',
              label: universes.data ? t`Saved: ${universes.data.length}` : t`Saved`,
            },
          ]}
          value={view}
          onChange={(next) => {
            setView(next);
            if (next === 'steps') setShown(null);
          }}
        />
        {view === 'steps' ? (
          <>
            <CountOfUniverse count={count} steps={chosen} />
            {editing !== null && (
              <div className="row row-apart">
                <p>
                  <Trans>
                    You are changing <strong>{editing.name}</strong>.
                  </Trans>
                </p>
                <Button variant="quiet" onClick={() => start([], null)}>{t`Start anew`}</Button>
              </div>
            )}
            <ShowData from={facets} lines={8}>
              {(offered) => (
                <StepList
                  steps={steps}
                  facets={offered}
                  universes={(universes.data ?? []).filter(({ id }) => id !== editing?.id)}
                  counts={count.behind && count.problem ? null : count.data}
                  everybody={everybody.data}
                  full={steps.steps.length >= MOST_STEPS}
                />
              )}
            </ShowData>
            <SaveForm
              key={editing?.id ?? ''}
              question={question}
              editing={editing}
              name={name}
              setName={setName}
              taken={universes.data ?? []}
              onSaved={saved}
            />
          </>
        ) : (
          <ShowData from={universes} lines={3}>
            {(list) => (
              <UniverseList
                universes={list}
                facets={facets.data}
                shown={shown}
                onShow={setShown}
                onEdit={(one) => start(readSteps(one.question), one)}
                onChanged={(one) => {
                  universes.put((before) =>
                    before.some(({ id }) => id === one.id)
                      ? before.map((other) => (other.id === one.id ? one : other))
                      : [one, ...before],
                  );
                  setShown(one);
                }}
                onDeleted={(gone) => {
                  universes.put((before) => before.filter(({ id }) => id !== gone.id));
                  if (shown?.id === gone.id) setShown(null);
                }}
              />
            )}
          </ShowData>
        )}
      </div>
      <div className="desk-map">
        {layers.problem && (
          <div className="universe-map-problem">
            <ProblemNotice
              problem={layers.problem}
              action={<Button onClick={layers.reload}>{t`Try again`}</Button>}
            />
          </div>
        )}
        {layers.data && (
          <UniverseMap
            layers={layers.data}
            question={question}
            own={editing?.id ?? null}
            saved={view === 'saved' ? shown : null}
          />
        )}
      </div>
    </div>
  );
}
