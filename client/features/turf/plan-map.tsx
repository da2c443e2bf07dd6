import { useMemo, useState, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { MapLayers } from '#shared/model/place.ts';
import type { Plan, PlanDoors, PlanTurf } from '#shared/turf/plan/plan.ts';
import { useFormat } from '../../api/use-format.ts';
import type { MapDoors } from '../../map/doors-layer.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import type { MapDrawing } from '../../map/map-view.tsx';
import type { MapOutline } from '../../map/outlines-layer.ts';
import type { Bounds } from '../../map/world.ts';
import { rememberHues, rememberList } from './plan-columns.ts';

export interface PlanMapProps {
  readonly layers: MapLayers;
  readonly doors: PlanDoors;
  /** As it is, or as it would be while something is dragged. */
  readonly plan: Plan;
  readonly chosen: readonly string[];
  /** The turf whose outline is under the hand: the hand draws it. */
  readonly reshaped: string | null;
  readonly bounds: Bounds | null;
  readonly drawing: MapDrawing | null;
  readonly onDoor: (index: number | null) => void;
  readonly onTurf: (key: string | null) => void;
  readonly children: ReactNode;
}

/** The plan on the map: each door in the colour of its turf, what is uncut in ink. */
export function PlanMap(props: PlanMapProps) {
  const { doors, plan, chosen, reshaped } = props;
  const { t } = useLingui();
  const format = useFormat();
  const [readHues] = useState(rememberHues);
  const hues = useMemo(() => readHues(plan, doors.n), [readHues, plan, doors]);
  const columns = useMemo(
    (): MapDoors => ({
      lon: doors.lon,
      lat: doors.lat,
      doors: doors.doors,
      hue: hues,
      number: doors.number,
    }),
    [doors, hues],
  );
  // While a corner is dragged no other turf changes, and hundreds of outlines need no drawing.
  const [sameTurfs] = useState(() => rememberList<PlanTurf>());
  const others = useMemo(
    () => sameTurfs(plan.turfs.filter(({ key }) => key !== reshaped)),
    [sameTurfs, plan, reshaped],
  );
  const outlines = useMemo((): MapOutline[] => {
    const own = new Set(chosen);
    return others.map((turf) => ({
      id: turf.key,
      name: turf.name,
      note: t`${format.number(turf.counts.doors)} doors`,
      hue: turf.hue,
      outline: turf.outline,
      selected: own.has(turf.key),
    }));
  }, [others, chosen, t, format]);
  return (
    <>
      <LazyMap
        layers={props.layers}
        label={t`Doors and turfs`}
        controls="desk"
        doors={columns}
        outlines={outlines}
        bounds={props.bounds}
        onSelect={props.onDoor}
        onSelectOutline={props.onTurf}
        drawing={props.drawing}
      />
      {props.children}
    </>
  );
}
