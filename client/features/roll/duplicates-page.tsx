import { useCallback, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconUsers } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type {
  DuplicatePairShown,
  DuplicatesPage,
  DuplicateView,
} from '#shared/model/duplicates.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { showToast } from '../../ui/toast.tsx';
import { DuplicatePair } from './duplicate-pair.tsx';
import { DuplicateRule } from './duplicate-rule.tsx';
import { SearchBar } from './duplicate-search.tsx';
import { useDuplicateKeys } from './use-duplicate-keys.ts';
import './duplicates.css';

/** As many as an answer brings; the model's own number would bring its schemas along. */
const PAGE = 40;

const nameOf = ({ keep, lose }: DuplicatePairShown): string => `${keep.id} ${lose.id}`;

/** `/desk/roll/duplicates`: records that may be one person’s, those that are, and those that are not. */
export default function DuplicatesScreen() {
  const { t } = useLingui();
  const format = useFormat();
  const [view, setView] = useState<DuplicateView>('open');
  const [from, setFrom] = useState(0);
  const page = useApi<DuplicatesPage>(`/v1/roll/duplicates?view=${view}&from=${from}`);
  const { reload } = page;
  const words: Readonly<Record<DuplicateView, string>> = {
    open: t`Proposed`,
    merged: t`Merged`,
    apart: t`Two people`,
  };
  const show = (next: DuplicateView): void => {
    setView(next);
    setFrom(0);
  };
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Duplicates`}
        under={t`Records of the roll that may be the same person’s. Merged, they are one in every list; nothing is changed or lost, and they can be taken apart at any time.`}
      />
      <div>
        <Link className={buttonClass({ variant: 'quiet' })} href="/desk/roll">
          <IconArrowLeft size={18} aria-hidden />
          <span>
            <Trans>Roll</Trans>
          </span>
        </Link>
      </div>
      <ShowData from={page} lines={8}>
        {(list) => (
          <>
            <SearchBar search={list.search} onChange={reload} />
            <Segmented<DuplicateView>
              label={t`Which pairs`}
              options={(['open', 'merged', 'apart'] as const).map((value) => ({
                value,
                label: `${words[value]} ${format.number(list.counts[value])}`,
              }))}
              value={view}
              onChange={show}
            />
            {view === 'open' && list.counts.open > 0 && <DuplicateRule onMerged={reload} />}
            {list.pairs.length === 0 ? (
              <EmptyState icon={<IconUsers size={28} aria-hidden />} title={t`None`}>
                {view === 'open' ? (
                  list.search === null ? (
                    <Trans>
                      Nobody has looked yet. The search compares names, years of birth, doors and
                      phones; a large roll takes a minute.
                    </Trans>
                  ) : (
                    <Trans>No pair waits for a decision.</Trans>
                  )
                ) : view === 'merged' ? (
                  <Trans>No records were merged yet.</Trans>
                ) : (
                  <Trans>Of nobody was it said that two records are two people.</Trans>
                )}
              </EmptyState>
            ) : (
              <Pairs key={`${view} ${from}`} view={view} pairs={list.pairs} onDecided={reload} />
            )}
            {(from > 0 || from + PAGE < list.counts[view]) && (
              <div className="row">
                <Button disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>
                  <Trans>Earlier in the list</Trans>
                </Button>
                <Button
                  disabled={from + PAGE >= list.counts[view]}
                  onClick={() => setFrom(from + PAGE)}
                >
                  <Trans>Later in the list</Trans>
                </Button>
              </div>
            )}
          </>
        )}
      </ShowData>
    </div>
  );
}

interface PairsProps {
  readonly view: DuplicateView;
  readonly pairs: readonly DuplicatePairShown[];
  readonly onDecided: () => void;
}

function Pairs({ view, pairs, onDecided }: PairsProps) {
  const { t } = useLingui();
  const [at, setAt] = useState(0);
  const [swapped, setSwapped] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const shown = pairs.filter((pair) => !gone.has(nameOf(pair)));
  const current = Math.min(at, shown.length - 1);

  const decide = useCallback(
    async (pair: DuplicatePairShown, what: string, body: object): Promise<boolean> => {
      setBusy(true);
      const done = await callApi('POST', `/v1/roll/duplicates/${what}`, body);
      setBusy(false);
      setProblem(done.ok ? null : done.problem);
      if (done.ok) setGone((before) => new Set([...before, nameOf(pair)]));
      onDecided();
      return done.ok;
    },
    [onDecided],
  );
  /** Takes a decision back: the pair waits again. */
  const undo = (pair: DuplicatePairShown, what: string, body: object): void => {
    void (async () => {
      const done = await callApi('POST', `/v1/roll/duplicates/${what}`, body);
      setProblem(done.ok ? null : done.problem);
      setGone((before) => new Set([...before].filter((name) => name !== nameOf(pair))));
      onDecided();
    })();
  };
  const sides = (pair: DuplicatePairShown) =>
    swapped.has(nameOf(pair))
      ? { keep: pair.lose, lose: pair.keep }
      : { keep: pair.keep, lose: pair.lose };
  const merge = async (pair: DuplicatePairShown): Promise<void> => {
    const { keep, lose } = sides(pair);
    if (!(await decide(pair, 'merge', { keep: keep.id, lose: lose.id }))) return;
    const back = (): void => undo(pair, 'unmerge', { id: lose.id, apart: false });
    showToast({ text: t`Merged into one person`, action: { label: t`Undo`, onPress: back } });
  };
  const keepApart = async (pair: DuplicatePairShown): Promise<void> => {
    const both = { one: pair.keep.id, other: pair.lose.id };
    if (!(await decide(pair, 'apart', { ...both, apart: true }))) return;
    const back = (): void => undo(pair, 'apart', { ...both, apart: false });
    showToast({ text: t`They stay two people`, action: { label: t`Undo`, onPress: back } });
  };
  const swap = (pair: DuplicatePairShown): void =>
    setSwapped((before) => {
      const after = new Set(before);
      if (!after.delete(nameOf(pair))) after.add(nameOf(pair));
      return after;
    });

  const chosen = shown[current];
  useDuplicateKeys({
    on: view === 'open' && !busy && chosen !== undefined,
    merge: () => chosen && void merge(chosen),
    apart: () => chosen && void keepApart(chosen),
    swap: () => chosen && swap(chosen),
    move: (by) => setAt(Math.max(0, Math.min(shown.length - 1, current + by))),
  });
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {view === 'open' && (
        <p className="small quiet duplicate-keys">
          <Trans>
            Keys: <kbd>m</kbd> merge, <kbd>n</kbd> not the same, <kbd>s</kbd> keep the other,{' '}
            <kbd>↑</kbd> <kbd>↓</kbd> from pair to pair
          </Trans>
        </p>
      )}
      <ul role="list" className="duplicate-list">
        {shown.map((pair, index) => (
          <li key={nameOf(pair)}>
            <DuplicatePair
              pair={{ ...pair, ...sides(pair) }}
              current={view === 'open' && index === current}
              onCurrent={() => setAt(index)}
              {...(view === 'open' && { onSwap: () => swap(pair) })}
            >
              {view === 'open' && (
                <>
                  <Button variant="primary" disabled={busy} onClick={() => void merge(pair)}>
                    <Trans>Merge</Trans>
                  </Button>
                  <Button disabled={busy} onClick={() => void keepApart(pair)}>
                    <Trans>Not the same</Trans>
                  </Button>
                </>
              )}
              {view === 'merged' && (
                <Button
                  disabled={busy}
                  onClick={() => void decide(pair, 'unmerge', { id: pair.lose.id, apart: true })}
                >
                  <Trans>Take apart</Trans>
                </Button>
              )}
              {view === 'apart' && (
                <Button
                  disabled={busy}
                  onClick={() =>
                    void decide(pair, 'apart', {
                      one: pair.keep.id,
                      other: pair.lose.id,
                      apart: false,
                    })
                  }
                >
                  <Trans>They may be one after all</Trans>
                </Button>
              )}
            </DuplicatePair>
          </li>
        ))}
      </ul>
    </>
  );
}
