import { useMemo } from 'react';
import type { MapEntrance } from '../../../map/entrances-layer.ts';
import { useBuildingsMemory } from '../building/use-buildings-memory.ts';
import { useWalk } from '../walk-context.ts';

/** Where one goes into the turf's buildings, as far as somebody has set it on the map. */
export function useEntrances(): readonly MapEntrance[] {
  const { buildings } = useWalk().sheet;
  const memory = useBuildingsMemory();
  return useMemo(() => {
    const places = new Map(buildings.map(({ id, lon, lat }) => [id, { lon, lat }]));
    return [...(memory ?? [])].flatMap(([id, known]) => {
      const place = known.find(({ about }) => about === 'entrance')?.place ?? null;
      const { lon = null, lat = null } = places.get(id) ?? {};
      const building = lon === null || lat === null ? null : { lon, lat };
      return place === null ? [] : [{ ...place, building }];
    });
  }, [memory, buildings]);
}
