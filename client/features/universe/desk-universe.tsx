import { useMemo, useState, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconFilter } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type {
  SaveUniverse,
  Universe,
  UniverseCount,
  UniverseDoors,
  UniverseFacets,
  FirstQuestion,
} from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { Stat } from '../../ui/stat.tsx';
import { showToast } from '../../ui/toast.tsx';
import { QuestionForm } from './question-form.tsx';
import { UniverseList } from './universe-list.tsx';
import './universe.css';

const ANYONE: FirstQuestion = {
  parties: [],
  precincts: [],
  minAge: null,
  maxAge: null,
  elections: [],
  votedAtLeast: 1,
};
/** Numbers at once, the map a little later: it is a hundred times the bytes. */
const COUNT_DELAY_MS = 150;
const DOORS_DELAY_MS = 350;

/** `/desk/universes`: narrow the people, see their doors, keep the question under a name. */
export default function DeskUniverse() {
  const { t } = useLingui();
  const facets = useApi<UniverseFacets>('/v1/universes/facets');
  const universes = useApi<readonly Universe[]>('/v1/universes');
  const layers = useApi<MapLayers>('/v1/map');
  const [question, setQuestion] = useState<FirstQuestion>(ANYONE);
  const [name, setName] = useState('');
  const [view, setView] = useState<'new' | 'saved'>('new');

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

  return (
    <div className="desk-split">
      <div className="desk-side">
        <PageTitle
          title={t`Universes`}
          under={t`Whom to knock: a question about the roll, kept under a name.`}
        />
        <Count question={question} />
        <Segmented<'new' | 'saved'>
          label={t`Choose or keep`}
          options={[
            { value: 'new', label: t`Choose people` },
            {
              value: 'saved',
              label: universes.data ? t`Saved: ${universes.data.length}` : t`Saved`,
            },
          ]}
          value={view}
          onChange={setView}
        />
        {view === 'new' ? (
          <>
            <ShowData from={facets} lines={8}>
              {(offered) => (
                <QuestionForm facets={offered} question={question} onChange={setQuestion} />
              )}
            </ShowData>
            <SaveForm
              name={name}
              setName={setName}
              question={question}
              taken={universes.data ?? []}
              onSaved={(made) => {
                universes.put((before) => [made, ...before]);
                setView('saved');
              }}
            />
          </>
        ) : (
          <ShowData from={universes} lines={3}>
            {(list) => (
              <UniverseList
                universes={list}
                shown={question}
                onShow={({ question: kept }) => setQuestion('steps' in kept ? ANYONE : kept)}
                onDeleted={(gone) =>
                  universes.put((before) => before.filter(({ id }) => id !== gone.id))
                }
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
        {layers.data && <UniverseMap layers={layers.data} question={question} />}
      </div>
    </div>
  );
}

function Count({ question }: { readonly question: FirstQuestion }) {
  const { t } = useLingui();
  const format = useFormat();
  const count = useAnswer<UniverseCount>('/v1/universes/count', question, COUNT_DELAY_MS);
  const unplaced = count.data ? count.data.doors - count.data.placed : 0;
  return (
    <div className="universe-count" aria-live="polite" data-behind={count.behind ? '' : undefined}>
      {count.problem && (
        <ProblemNotice
          problem={count.problem}
          action={<Button onClick={count.reload}>{t`Try again`}</Button>}
        />
      )}
      <dl className="stats">
        <Stat value={count.data ? format.number(count.data.people) : '–'} label={t`people`} />
        <Stat value={count.data ? format.number(count.data.doors) : '–'} label={t`doors`} />
      </dl>
      {unplaced > 0 && (
        <p className="small quiet">
          <Plural
            value={unplaced}
            one="# of these doors has no place on the map and comes into no turf."
            other="# of these doors have no place on the map and come into no turf."
          />
        </p>
      )}
    </div>
  );
}

interface UniverseMapProps {
  readonly layers: MapLayers;
  readonly question: FirstQuestion;
}

function UniverseMap({ layers, question }: UniverseMapProps) {
  const { t } = useLingui();
  const doors = useAnswer<UniverseDoors>('/v1/universes/doors', question, DOORS_DELAY_MS);
  const { data } = doors;
  const columns = useMemo(
    () => (data ? { lon: data.lon, lat: data.lat, doors: data.doors } : null),
    [data],
  );
  return (
    <>
      <LazyMap layers={layers} label={t`Doors of this universe`} controls="desk" doors={columns} />
      {doors.problem && (
        <div className="universe-map-problem">
          <ProblemNotice
            problem={doors.problem}
            action={<Button onClick={doors.reload}>{t`Try again`}</Button>}
          />
        </div>
      )}
    </>
  );
}

interface SaveFormProps {
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly question: FirstQuestion;
  readonly taken: readonly Universe[];
  readonly onSaved: (universe: Universe) => void;
}

function SaveForm({ name, setName, question, taken, onSaved }: SaveFormProps) {
  const { t } = useLingui();
  const maySave = useMay('save-universe');
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!maySave) return null;
  const clean = name.trim();
  const error =
    clean === ''
      ? t`Give it a name that the launch table understands.`
      : taken.some((one) => one.name === clean)
        ? t`There is a universe of this name. Choose another.`
        : null;

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (error !== null) return;
    setBusy(true);
    const body: SaveUniverse = { name: clean, question };
    const answer = await callApi<Universe>('POST', '/v1/universes', body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setTried(false);
    setName('');
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
      <Button variant="primary" type="submit" busy={busy}>{t`Save the universe`}</Button>
    </form>
  );
}
