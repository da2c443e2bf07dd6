import { memo, type CSSProperties } from 'react';
import { Plural } from '@lingui/react/macro';
import { DoorRowView } from './door-row-view.tsx';
import { linesOf } from './gather-stretches.ts';
import { TOWER, type BuildingGroup, type StreetSection } from './group-rows.ts';
import { TowerView } from './tower-view.tsx';

export interface StreetViewProps {
  readonly section: StreetSection;
  /** The next door, if it is in this street. */
  readonly hereId: string | null;
  /** Of its buildings so many are drawn now; 0 leaves their room free. */
  readonly most: number;
}

/** One street of the list under its sticky name. */
export const StreetView = memo(function StreetView({ section, hereId, most }: StreetViewProps) {
  return (
    <section className="street" aria-label={nameOf(section)}>
      <h3 className="street-name">
        <span>{section.street}</span>
        <span className="quiet small">
          <Plural value={section.doors} one="# door" other="# doors" />
        </span>
      </h3>
      {most === 0 ? (
        <div className="street-later" style={{ '--lines': linesOf(section) } as CSSProperties} />
      ) : (
        <ul role="list">
          {section.buildings.slice(0, most).map((group) => (
            <Building key={group.key} group={group} hereId={hereInside(group, hereId)} />
          ))}
        </ul>
      )}
    </section>
  );
});

/** Which part of which street: the walk may come back to one, and no two parts have one name. */
function nameOf({ street, buildings }: StreetSection): string {
  const [first, last] = [buildings[0]?.building.number, buildings.at(-1)?.building.number];
  return `${street} ${first === last ? first : `${first}–${last}`}`;
}

function hereInside({ rows }: BuildingGroup, hereId: string | null): string | null {
  return rows.some(({ door }) => door.id === hereId) ? hereId : null;
}

interface BuildingProps {
  readonly group: BuildingGroup;
  readonly hereId: string | null;
}

const Building = memo(function Building({ group, hereId }: BuildingProps) {
  const { building, rows } = group;
  if (rows.length >= TOWER) return <TowerView group={group} hereId={hereId} />;
  const only = rows.length === 1 ? rows[0] : undefined;
  if (only) return <DoorRowView row={only} inBuilding={false} here={only.door.id === hereId} />;
  return (
    <li className="building">
      <h4 className="building-head">
        <span className="door-number">{building.number}</span>
        <span className="quiet small">
          <Plural value={rows.length} one="# door" other="# doors" />
        </span>
      </h4>
      <ul role="list">
        {rows.map((row) => (
          <DoorRowView key={row.door.id} row={row} inBuilding here={row.door.id === hereId} />
        ))}
      </ul>
    </li>
  );
});
