import '../../../ui/door-words.ts';
import { useMemo, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { usePage } from '../../../shell/use-page.ts';
import { gatherDoors } from '../../../map/gather-doors.ts';
import { MapView } from '../../../map/map-view.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { addressLine } from '../address-words.ts';
import { latestPosition } from '../list/latest-position.ts';
import { UnitTile } from '../list/unit-tile.tsx';
import { useEntrances } from './use-entrances.ts';
import { NextBar } from '../way/next-bar.tsx';
import { useNextDoor } from '../way/use-next-door.ts';
import { useWalk } from '../walk-context.ts';
import { useWalkPlace } from '../walk-place.ts';

/** `/walk/map`: the same doors in the same order, on the chapter's own map. */
export function MapPage() {
  const { t } = useLingui();
  const walk = useWalk();
  const { rows, sheet } = walk;
  const heading = usePage(t`Map`);
  const [, go] = useLocation();
  const place = useWalkPlace();
  const [openId, setOpenId] = useState<string | null>(null);

  const gathered = useMemo(
    () =>
      gatherDoors(
        rows.map((row) => ({
          buildingId: row.building.id,
          lon: row.building.lon,
          lat: row.building.lat,
          standing: row.standing,
          position: row.door.position,
          onPhone: row.place === 'phone',
          number: row.building.number,
        })),
      ),
    [rows],
  );
  const unplaced = useMemo(
    () => rows.filter(({ building }) => building.lon === null || building.lat === null).length,
    [rows],
  );
  const entrances = useEntrances();
  const next = useNextDoor(walk, place ?? latestPosition(rows));
  const selected = next === null ? null : (gathered.indexOf.get(next.building.id) ?? null);

  const select = (index: number | null): void => {
    const buildingId = index === null ? undefined : gathered.buildingIds[index];
    if (buildingId === undefined) return;
    const doors = rows.filter((row) => row.building.id === buildingId);
    if (doors.length > 1) setOpenId(buildingId);
    else if (doors[0]) go(`/walk/door/${doors[0].door.id}`);
  };
  const units = openId === null ? [] : rows.filter((row) => row.building.id === openId);
  const first = units[0];

  return (
    <div className="map-page">
      <h2 className="only-read" ref={heading} tabIndex={-1}>
        <Trans>Map of the turf</Trans>
      </h2>
      {unplaced > 0 && (
        <p className="map-note small">
          <Plural
            value={unplaced}
            one="# door has no place on the map. It is in the list."
            other="# doors have no place on the map. They are in the list."
          />
        </p>
      )}
      <MapView
        layers={sheet.map}
        label={t`Map of ${sheet.turf.name}. The list holds the same doors.`}
        controls="phone"
        doors={gathered.columns}
        walk={gathered.walk}
        entrances={entrances}
        turf={sheet.turf.outline}
        selected={selected}
        onSelect={select}
      />
      {next !== null && <NextBar next={next} />}
      {first !== undefined && (
        <Sheet
          open
          onOpenChange={(open) => !open && setOpenId(null)}
          title={<bdi>{addressLine(first.building, '')}</bdi>}
          description={<Plural value={units.length} one="# door" other="# doors" />}
        >
          <ul className="unit-grid" role="list">
            {units.map((row) => (
              <UnitTile key={row.door.id} row={row} marking={false} here={row === next} />
            ))}
          </ul>
        </Sheet>
      )}
    </div>
  );
}
