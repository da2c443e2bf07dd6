import { memo, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  IconBuildingSkyscraper,
  IconChevronDown,
  IconDoorOff,
  IconPointer,
} from '@tabler/icons-react';
import { groupFloors } from '#shared/walk/floor-of.ts';
import { Segmented } from '../../ui/segmented.tsx';
import type { BuildingGroup } from './group-rows.ts';
import { UnitTile } from './unit-tile.tsx';

export interface TowerViewProps {
  readonly group: BuildingGroup;
  /** The door to show as the next one, if it is in here. */
  readonly hereId: string | null;
}

type Tap = 'open' | 'not-home';

/** A building of many doors: folded to one line, open it is a grid of units by floor. */
export const TowerView = memo(function TowerView({ group, hereId }: TowerViewProps) {
  const { t } = useLingui();
  const { building, rows } = group;
  const holdsHere = rows.some((row) => row.door.id === hereId);
  const [open, setOpen] = useState(holdsHere);
  const [tap, setTap] = useState<Tap>('open');
  const left = rows.filter((row) => row.standing === 'to-do').length;
  const id = `tower-${group.key.replaceAll(' ', '-')}`;
  return (
    <li className="tower">
      <button
        type="button"
        className="tower-head"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className="door-number">
          {building.number}
          <span className="door-position">#{rows[0]?.door.position}</span>
        </span>
        <span className="door-words">
          <span className="tower-name">
            <IconBuildingSkyscraper size={18} aria-hidden />
            <Plural value={rows.length} one="# door" other="# doors" />
          </span>
          <span className="row-meta quiet">
            <Trans>{left} to do</Trans>
          </span>
        </span>
        <IconChevronDown className="tower-chevron" size={22} aria-hidden />
      </button>
      {open && (
        <div className="tower-body" id={id}>
          <Segmented<Tap>
            label={t`A tap on a unit`}
            value={tap}
            onChange={setTap}
            options={[
              {
                value: 'open',
                label: t`Opens the door`,
                icon: <IconPointer size={18} aria-hidden />,
              },
              {
                value: 'not-home',
                label: t`Is not home`,
                icon: <IconDoorOff size={18} aria-hidden />,
              },
            ]}
          />
          {groupFloors(rows, (row) => row.door.unit, building.number).map((floor) => (
            <div key={floor.things[0]?.door.id} className="floor">
              {floor.floor !== null && (
                <h4>
                  <Trans>Floor {floor.floor}</Trans>
                </h4>
              )}
              <ul className="unit-grid" role="list">
                {floor.things.map((row) => (
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
      )}
    </li>
  );
});
