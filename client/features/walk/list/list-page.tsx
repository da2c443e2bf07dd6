import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFlag, IconListCheck } from '@tabler/icons-react';
import { useWaitingVersion } from '../../../shell/service-worker.ts';
import { usePage } from '../../../shell/use-page.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { countRows, filterRows, type Filter } from './filter-rows.ts';
import { gatherStretches } from './gather-stretches.ts';
import { hereIn } from './here-in.ts';
import { makeRowGrouper } from './keep-groups.ts';
import { latestPosition } from './latest-position.ts';
import { StreetView } from './street-view.tsx';
import { StretchView } from './stretch-view.tsx';
import { useFirstPicture } from '../use-first-picture.ts';
import { NextBar } from '../way/next-bar.tsx';
import { useNextDoor } from '../way/use-next-door.ts';
import { useWalk } from '../walk-context.ts';
import { useWalkPlace } from '../walk-place.ts';

const AppUpdate = lazy(async () => ({
  default: (await import('../sent/app-update.tsx')).AppUpdate,
}));

/** Lists up to this long are drawn whole at once; longer ones piece by piece as they come near. */
const WHOLE = 120;

let keptFilter: Filter = 'to-do';

/** The doors in walk order, by street and building. */
export function ListPage({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui();
  const heading = usePage(t`List`);
  const walk = useWalk();
  const { rows } = walk;
  const newer = useWaitingVersion();
  const place = useWalkPlace();
  const [filter, setFilter] = useState<Filter>(keptFilter);
  const counts = useMemo(() => countRows(rows), [rows]);
  const shown = useMemo(() => filterRows(rows, filter), [rows, filter]);
  const [group] = useState(makeRowGrouper);
  const sections = useMemo(() => group(shown), [group, shown]);
  const stretches = useMemo(
    () => (shown.length > WHOLE ? gatherStretches(sections) : null),
    [sections, shown.length],
  );
  const next = useNextDoor(walk, place ?? latestPosition(rows));
  const hereId = next?.door.id ?? null;

  // Coming back from a door: on with the walk, at the next one. Once, and not at a fresh start.
  const [goTo] = useState(place === null ? null : hereId);
  useEffect(() => {
    const row = goTo === null ? null : document.getElementById(`door-${goTo}`);
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true });
  }, [goTo]);

  // The button that marked a door goes with it: readers and keys go on at the next one.
  const [start] = useState({ place, hereId });
  useEffect(() => {
    if (place === start.place && hereId === start.hereId) return;
    const lost = document.activeElement === document.body;
    const row = lost && hereId !== null ? document.getElementById(`door-${hereId}`) : null;
    row?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true });
  }, [start, place, hereId]);

  const mostOf = useFirstPicture(sections, goTo !== null);

  const choose = (value: Filter): void => {
    keptFilter = value;
    setFilter(value);
  };

  return (
    <div className="list-page">
      <div className="list-scroll" aria-busy={mostOf(0) !== Infinity || undefined}>
        <h2 className="only-read" ref={heading} tabIndex={-1}>
          <Trans>Doors in walk order</Trans>
        </h2>
        <div className="list-filter">
          <Segmented<Filter>
            label={t`Which doors`}
            value={filter}
            onChange={choose}
            options={[
              { value: 'to-do', label: <Trans>To do {counts['to-do']}</Trans> },
              { value: 'not-home', label: <Trans>Not home {counts['not-home']}</Trans> },
              { value: 'all', label: <Trans>All {counts.all}</Trans> },
            ]}
          />
        </div>
        {stretches === null
          ? sections.map((section, index) => (
              <StreetView
                key={section.key}
                section={section}
                hereId={hereIn(section, hereId)}
                most={mostOf(index)}
              />
            ))
          : stretches.map((stretch, index) => (
              <StretchView
                key={stretch.key}
                stretch={stretch}
                hereId={stretch.sections.some((each) => hereIn(each, hereId)) ? hereId : null}
                first={index === 0}
              />
            ))}
        {shown.length === 0 && (
          <NothingHere filter={filter} onAll={() => choose('all')} onDone={onDone} />
        )}
        {shown.length > 0 && (
          <div className="list-end">
            <Button icon={<IconFlag size={20} aria-hidden />} onClick={onDone}>
              <Trans>I am done for today</Trans>
            </Button>
          </div>
        )}
        {/* Last, as it comes a moment later: no row may move away under the thumb. */}
        {newer && (
          <div className="list-update">
            <Suspense fallback={null}>
              <AppUpdate />
            </Suspense>
          </div>
        )}
      </div>
      {next !== null && <NextBar next={next} />}
    </div>
  );
}

interface NothingHereProps {
  readonly filter: Filter;
  readonly onAll: () => void;
  readonly onDone: () => void;
}

function NothingHere({ filter, onAll, onDone }: NothingHereProps) {
  if (filter === 'to-do') {
    return (
      <EmptyState
        icon={<IconListCheck size={28} aria-hidden />}
        title={<Trans>Every door is done</Trans>}
        action={
          <Button variant="primary" onClick={onDone}>
            <Trans>Finish the walk</Trans>
          </Button>
        }
      >
        <Trans>There is nothing left to do on this turf. Thank you.</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconListCheck size={28} aria-hidden />}
      title={
        filter === 'all' ? <Trans>This turf has no doors</Trans> : <Trans>Nobody was out</Trans>
      }
      action={
        filter === 'all' ? undefined : (
          <Button onClick={onAll}>
            <Trans>Show all doors</Trans>
          </Button>
        )
      }
    >
      {filter === 'all' ? (
        <Trans>Ask your coordinator for another code.</Trans>
      ) : (
        <Trans>Doors where nobody was home stand here, to be tried again.</Trans>
      )}
    </EmptyState>
  );
}
