import { memo, type CSSProperties } from 'react';
import { Plural } from '@lingui/react/macro';
import { DoorRowView } from './door-row-view.tsx';
import { TOWER, type BuildingGroup, type StreetSection } from './group-rows.ts';
import { TowerView } from './tower-view.tsx';
import { useNear } from './use-near.ts';

export interface StreetViewProps {
  readonly section: StreetSection;
  readonly hereId: string | null;
  /** Draw it now; otherwise when it comes near. */
  readonly atOnce: boolean;
  /** Of its buildings so many: the others come with the next picture. */
  readonly most: number;
}

/** So many buildings are drawn at a time when they come near: fewer than a slow phone stumbles over. */
const SLICE = 10;

/** One street of the list under its sticky name. */
export const StreetView = memo(function StreetView(props: StreetViewProps) {
  const { section, hereId, atOnce, most } = props;
  const lines = { '--lines': linesOf(section.buildings) } as CSSProperties;
  return (
    <section
      className={atOnce ? 'street' : 'street street-far'}
      aria-label={section.street}
      style={atOnce ? undefined : lines}
    >
      <h3 className="street-name">
        <span>{section.street}</span>
        <span className="quiet small">
          <Plural value={section.doors} one="# door" other="# doors" />
        </span>
      </h3>
      {atOnce ? (
        <ul role="list">
          {section.buildings.slice(0, most).map((group) => (
            <Building key={group.key} group={group} hereId={hereId} />
          ))}
        </ul>
      ) : (
        slice(section.buildings).map((buildings) => (
          <Slice key={buildings[0]?.key} buildings={buildings} hereId={hereId} />
        ))
      )}
    </section>
  );
});

/** How many lines buildings take in the list: a folded tower is one. */
function linesOf(buildings: readonly BuildingGroup[]): number {
  return buildings.reduce((sum, { rows }) => sum + (rows.length >= TOWER ? 1 : rows.length), 0);
}

function slice(buildings: readonly BuildingGroup[]): readonly (readonly BuildingGroup[])[] {
  const count = Math.ceil(buildings.length / SLICE);
  return Array.from({ length: count }, (_, at) => buildings.slice(at * SLICE, (at + 1) * SLICE));
}

interface SliceProps {
  readonly buildings: readonly BuildingGroup[];
  readonly hereId: string | null;
}

/** Some buildings of a long list, as high as they will be until they come near. */
function Slice({ buildings, hereId }: SliceProps) {
  const isHere = buildings.some((group) => group.rows.some((row) => row.door.id === hereId));
  const [element, near] = useNear(isHere);
  const style = { '--lines': linesOf(buildings) } as CSSProperties;
  if (near) {
    return (
      <ul role="list" className="street-slice" style={style}>
        {buildings.map((group) => (
          <Building key={group.key} group={group} hereId={hereId} />
        ))}
      </ul>
    );
  }
  return <div className="street-later" ref={element} style={style} />;
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
