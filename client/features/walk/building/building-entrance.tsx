import { useMemo } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Building } from '#shared/model/door.ts';
import { gatherDoors } from '../../../map/gather-doors.ts';
import { LazyMap } from '../../../map/lazy-map.tsx';
import { addressLine } from '../address-words.ts';
import { useWalk } from '../walk-context.ts';

export interface EntrancePlace {
  readonly lon: number;
  readonly lat: number;
}

export interface BuildingEntranceProps {
  readonly building: Building;
  readonly place: EntrancePlace | null;
  readonly onPlace: (place: EntrancePlace) => void;
}

/** So far around a building one sees its neighbours, in degrees. */
const AROUND = 0.0003;

/** The block around a building, with a pin that one sets by hand where one goes in. */
export function BuildingEntrance({ building, place, onPlace }: BuildingEntranceProps) {
  const { t } = useLingui();
  const { map } = useWalk().sheet;
  const { lon, lat } = building;
  const bounds = useMemo(
    () =>
      lon === null || lat === null
        ? null
        : ([lon - AROUND, lat - AROUND, lon + AROUND, lat + AROUND] as const),
    [lon, lat],
  );
  const doors = useMemo(() => {
    const { id: buildingId, number } = building;
    const door = { buildingId, lon, lat, number, position: 1, onPhone: false };
    return gatherDoors([{ ...door, standing: 'to-do' as const }]).columns;
  }, [building, lon, lat]);
  if (bounds === null) {
    return (
      <p className="quiet">
        <Trans>This building has no place on the map. Describe the entrance in words.</Trans>
      </p>
    );
  }
  return (
    <div className="building-map">
      <LazyMap
        layers={map}
        label={t`Map around ${addressLine(building, '')}. Press where the entrance is.`}
        controls="phone"
        bounds={bounds}
        doors={doors}
        onSelect={() => lon !== null && lat !== null && onPlace({ lon, lat })}
        pin={{ label: t`Entrance`, place, onPlace }}
      />
    </div>
  );
}
