import { useMemo } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { UniverseSteps } from '#shared/model/universe-step.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { Universe, UniverseDoors } from '#shared/model/universe.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useApi } from '../../api/use-api.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** A little later than the numbers: it is a hundred times the bytes. */
const DOORS_DELAY_MS = 350;

export interface UniverseMapProps {
  readonly layers: MapLayers;
  readonly question: UniverseSteps;
  /** The universe whose steps they are. */
  readonly own: UniverseId | null;
  /** Shown instead of the steps. */
  readonly saved: Universe | null;
}

/** Where the people live: of the steps, or of a saved universe as it is now. */
export function UniverseMap({ layers, question, own, saved }: UniverseMapProps) {
  return saved === null ? (
    <DoorsOfSteps layers={layers} question={question} own={own} />
  ) : (
    <DoorsOfSaved key={`${saved.id} ${saved.version}`} layers={layers} saved={saved} />
  );
}

function DoorsOfSteps({ layers, question, own }: Omit<UniverseMapProps, 'saved'>) {
  const path = own === null ? '/v1/universes/doors' : `/v1/universes/doors?own=${own}`;
  const { data, problem, reload } = useAnswer<UniverseDoors>(path, question, DOORS_DELAY_MS);
  return <DoorsMap layers={layers} doors={data} problem={problem} reload={reload} />;
}

function DoorsOfSaved({ layers, saved }: { readonly layers: MapLayers; readonly saved: Universe }) {
  const { data, problem, reload } = useApi<UniverseDoors>(`/v1/universes/${saved.id}/doors`);
  return <DoorsMap layers={layers} doors={data} problem={problem} reload={reload} />;
}

interface DoorsMapProps {
  readonly layers: MapLayers;
  readonly doors: UniverseDoors | null;
  readonly problem: Problem | null;
  readonly reload: () => void;
}

function DoorsMap({ layers, doors, problem, reload }: DoorsMapProps) {
  const { t } = useLingui();
  const columns = useMemo(
    () => (doors ? { lon: doors.lon, lat: doors.lat, doors: doors.doors } : null),
    [doors],
  );
  return (
    <>
      <LazyMap layers={layers} label={t`Doors of this universe`} controls="desk" doors={columns} />
      {problem && (
        <div className="universe-map-problem">
          <ProblemNotice
            problem={problem}
            action={<Button onClick={reload}>{t`Try again`}</Button>}
          />
        </div>
      )}
    </>
  );
}
