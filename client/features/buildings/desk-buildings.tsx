import { useEffect, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconBuilding } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { BuildingPage, DeskBuilding } from '#shared/model/desk-buildings.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { readTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { BuildingPanel } from './building-panel.tsx';
import './buildings.css';

/** A person types this fast: fewer questions than letters. */
const PAUSE_MS = 250;
const SEARCH = 'buildings searched';

/** `/desk/buildings`: what was learnt of buildings at their doors, to be read and put right. */
export default function DeskBuildings() {
  const { t } = useLingui();
  // What is being written of a building stands in its place again after another page.
  const [typed, setTyped] = useState(() => readTabDraft<string>(SEARCH) ?? '');
  const [words, setWords] = useState(typed.trim());
  useEffect(() => {
    const timer = window.setTimeout(() => setWords(typed.trim()), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const path = `/v1/buildings?q=${encodeURIComponent(words)}`;
  const page = useApi<BuildingPage>(path);
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Buildings`}
        under={t`What canvassers learnt of them, for every campaign. What you put right goes to phones with their next contact.`}
      />
      <TextField
        className="building-search"
        type="search"
        label={t`Find a building`}
        hint={t`The number and the beginning of the street, or the street alone`}
        value={typed}
        maxLength={120}
        autoComplete="off"
        onChange={({ target: { value } }) => {
          setTyped(value);
          writeTabDraft(SEARCH, value === '' ? null : value);
        }}
      />
      <ShowData from={page} lines={8}>
        {(first) => (
          <Found
            key={path}
            path={path}
            first={first}
            searched={words !== ''}
            onChanged={page.reload}
          />
        )}
      </ShowData>
    </div>
  );
}

interface FoundProps {
  readonly path: string;
  readonly first: BuildingPage;
  readonly searched: boolean;
  readonly onChanged: () => void;
}

function Found({ path, first, searched, onChanged }: FoundProps) {
  const { t } = useLingui();
  const may = useMay('launch-turf');
  const [more, setMore] = useState<readonly BuildingPage[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const pages = [first, ...more];
  const next = pages.at(-1)?.next ?? null;
  // What was put right meanwhile stands on its first page as well: each is shown once.
  const shown = new Map<string, DeskBuilding>();
  for (const one of pages.flatMap(({ buildings }) => buildings)) {
    if (!shown.has(one.id)) shown.set(one.id, one);
  }

  const load = async (after: number): Promise<void> => {
    setBusy(true);
    const answer = await callApi<BuildingPage>('GET', `${path}&after=${after}`);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setMore((before) => [...before, answer.value]);
  };
  const changed = (): void => {
    setMore([]);
    onChanged();
  };

  if (shown.size === 0) {
    return searched ? (
      <p role="status">
        <Trans>No building of the chapter begins like that.</Trans>
      </p>
    ) : (
      <EmptyState
        icon={<IconBuilding size={28} aria-hidden />}
        title={t`Nothing is known of any building yet`}
      >
        <Trans>
          Canvassers say at a door how the buzzer works, where the entrance is or when people are
          home. Find a building above to write down what you know.
        </Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <p className="small quiet" role="status">
        <Plural value={first.total} one="# building" other="# buildings" />
        {next !== null && (
          <>
            {' · '}
            {searched ? (
              <Trans>the first {shown.size} are here; type more of the address to find fewer</Trans>
            ) : (
              <Trans>the last {shown.size} are here</Trans>
            )}
          </>
        )}
      </p>
      <ul role="list" className="building-list" aria-label={t`Buildings`}>
        {[...shown.values()].map((one) => (
          <BuildingPanel key={one.id} building={one} may={may} onChanged={changed} />
        ))}
      </ul>
      {problem && <ProblemNotice problem={problem} />}
      {next !== null && <Button busy={busy} onClick={() => void load(next)}>{t`Show more`}</Button>}
    </>
  );
}
