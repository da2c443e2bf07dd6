import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDoorOff, IconPointer } from '@tabler/icons-react';
import { gatherFloors } from '#shared/walk/floor-of.ts';
import { compareUnits } from '#shared/walk/order-units.ts';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { addressLine } from '../address-words.ts';
import { BuildingCard } from '../building/building-card.tsx';
import type { DoorRow } from '../door-row.ts';
import type { BuildingGroup } from './group-rows.ts';
import { resultFact } from '../door/result-fact.ts';
import { UnitTile } from './unit-tile.tsx';
import { useSaveMany } from '../use-save-many.ts';
import { setWalkPlace } from '../walk-place.ts';

export interface TowerBodyProps {
  readonly id: string;
  readonly group: BuildingGroup;
  readonly hereId: string | null;
}

type Tap = 'open' | 'not-home';

/** An open tower: what is known of the building, then its units as a grid, floor by floor. */
export function TowerBody({ id, group, hereId }: TowerBodyProps) {
  const { t } = useLingui();
  const [tap, setTap] = useState<Tap>('open');
  const { building } = group;
  // What was found on the way stands where one looks for it.
  const rows = group.rows.toSorted((a, b) => compareUnits(a.door.unit, b.door.unit));
  const first = rows[0];
  return (
    <div className="tower-body" id={id}>
      {first !== undefined && <BuildingCard building={building} door={first.door} />}
      <Segmented<Tap>
        label={t`A tap on a unit`}
        value={tap}
        onChange={setTap}
        options={[
          {
            value: 'open',
            label: t`Open`,
            icon: <IconPointer size={18} aria-hidden />,
          },
          {
            value: 'not-home',
            label: t`Not home`,
            icon: <IconDoorOff size={18} aria-hidden />,
          },
        ]}
      />
      {gatherFloors(rows, (row) => row.door.unit, building.number).map(({ floor, things }) => (
        <div key={floor ?? 'none'} className="floor">
          <div className="row row-apart floor-head">
            <h4>{floor === null ? <Trans>Other units</Trans> : <Trans>Floor {floor}</Trans>}</h4>
            <FloorNotHome floor={floor} rows={things} />
          </div>
          <ul className="unit-grid" role="list">
            {things.map((row) => (
              <UnitTile
                key={row.door.id}
                row={row}
                marking={tap === 'not-home'}
                here={row.door.id === hereId}
              />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

interface FloorNotHomeProps {
  readonly floor: number | null;
  readonly rows: readonly DoorRow[];
}

/** Nobody opened on a whole floor: one knock a door, one tap, one undo. */
function FloorNotHome({ floor, rows }: FloorNotHomeProps) {
  const { t } = useLingui();
  const saveMany = useSaveMany();
  const [busy, setBusy] = useState(false);
  const left = rows.filter((row) => row.standing === 'to-do');
  if (left.length < 2) return null;

  const mark = async (): Promise<void> => {
    setBusy(true);
    const all = left.map(({ door, building }) => ({
      fact: resultFact(door.id, 'not-home'),
      words: { where: addressLine(building, door.unit), what: t`Not home` },
    }));
    const done = await saveMany(all, (count) =>
      floor === null
        ? t`Not home at ${count} doors`
        : t`Floor ${floor}: not home at ${count} doors`,
    );
    const last = left[done.length - 1];
    if (last !== undefined) setWalkPlace(last.door.position);
    setBusy(false);
  };

  return (
    <Button
      variant="quiet"
      icon={<IconDoorOff size={18} aria-hidden />}
      busy={busy}
      onClick={() => void mark()}
    >
      <Plural value={left.length} one="Nobody home at # door" other="Nobody home at # doors" />
    </Button>
  );
}
