import { useMemo } from 'react';
import type { Position } from '#shared/model/geojson.ts';
import type { MapViewProps } from './map-view.tsx';
import { isAcross, liesAcross, turnBounds, turnOutline } from './one-side.ts';
import { columnBounds, eastward } from './world.ts';

/**
 * What a map shows, all of it on one side of the date line: a chapter whose doors or turfs lie on both
 * would be a bar around the world. Anything else is given as it is.
 */
export function useOneSide(props: MapViewProps): MapViewProps {
  const { doors, outlines, turf, walk, way, drawing, bounds } = props;
  const [lon, lat] = [doors?.lon, doors?.lat];
  const spread = useMemo(() => lon && lat && isAcross(columnBounds(lon, lat)), [lon, lat]);
  const across = useMemo(
    () =>
      spread === true ||
      (outlines?.some(({ outline }) => liesAcross(outline)) ?? false) ||
      (turf ? liesAcross(turf) : false),
    [spread, outlines, turf],
  );
  const east = useMemo(
    () => (across && lon ? Float64Array.from(lon, eastward) : lon),
    [across, lon],
  );
  const columns = useMemo(
    () => (across && doors && east ? { ...doors, lon: east } : doors),
    [across, doors, east],
  );
  const shapes = useMemo(
    () =>
      across
        ? outlines?.map((each) => ({ ...each, outline: turnOutline(each.outline) }))
        : outlines,
    [across, outlines],
  );
  const stops = useMemo(
    () => (across ? walk?.map((stop) => ({ ...stop, lon: eastward(stop.lon) })) : walk),
    [across, walk],
  );
  const line = useMemo(
    () => (across ? way?.map(([x, y]): Position => [eastward(x), y]) : way),
    [across, way],
  );
  if (!across) return props;
  return {
    ...props,
    ...(columns !== undefined && { doors: columns }),
    ...(shapes !== undefined && { outlines: shapes }),
    ...(stops !== undefined && { walk: stops }),
    ...(line !== undefined && { way: line }),
    ...(turf && { turf: turnOutline(turf) }),
    ...(bounds && { bounds: turnBounds(bounds) }),
    ...(drawing?.start && { drawing: { ...drawing, start: turnOutline(drawing.start) } }),
  };
}
