import { lazy, memo, Suspense, useState, type ComponentType } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { IconBuildingSkyscraper, IconChevronDown } from '@tabler/icons-react';
import type { BuildingGroup } from './group-rows.ts';
import type { TowerBodyProps } from './tower-body.tsx';

/** Fetches what an open tower shows: after the first screen, and kept by the service worker. */
export async function loadTower() {
  const part = await import('./tower-body.tsx');
  body = part.TowerBody;
  return part;
}
/** Once it was fetched: whoever comes back to a unit finds it there at once. */
let body: ComponentType<TowerBodyProps> | null = null;
const TowerLater = lazy(async () => ({ default: (await loadTower()).TowerBody }));

export interface TowerViewProps {
  readonly group: BuildingGroup;
  /** The door to show as the next one, if it is in here. */
  readonly hereId: string | null;
}

/** A building of many doors: folded to one line, open it is a grid of units by floor. */
export const TowerView = memo(function TowerView({ group, hereId }: TowerViewProps) {
  const { building, rows } = group;
  const holdsHere = rows.some((row) => row.door.id === hereId);
  const [open, setOpen] = useState(holdsHere);
  const [TowerBody] = useState(() => body ?? TowerLater);
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
        <Suspense fallback={<div className="tower-body" id={id} />}>
          <TowerBody id={id} group={group} hereId={hereId} />
        </Suspense>
      )}
    </li>
  );
});
