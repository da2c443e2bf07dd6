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

/** One street of the list under its sticky name. */
export const StreetView = memo(function StreetView(props: StreetViewProps) {
  const { section, hereId, atOnce, most } = props;
  const [element, near] = useNear(atOnce);
  const folded = section.buildings.filter((group) => group.rows.length >= TOWER);
  const lines = section.doors - folded.reduce((sum, each) => sum + each.rows.length - 1, 0);
  return (
    <section
      ref={element}
      className={atOnce ? 'street' : 'street street-long'}
      aria-label={section.street}
      style={{ '--lines': lines } as CSSProperties}
    >
      <h3 className="street-name">
        <span>{section.street}</span>
        <span className="quiet small">
          <Plural value={section.doors} one="# door" other="# doors" />
        </span>
      </h3>
      {near ? (
        <ul role="list">
          {section.buildings.slice(0, most).map((group) => (
            <Building key={group.key} group={group} hereId={hereId} />
          ))}
        </ul>
      ) : (
        <div className="street-later" />
      )}
    </section>
  );
});

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
