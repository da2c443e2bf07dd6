import { memo } from 'react';
import { useLingui } from '@lingui/react/macro';
import { IconChevronRight, IconDoorOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import { joinClasses } from '../../../ui/join-classes.ts';
import { addressLine } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { PeopleLine } from './people-line.tsx';
import { RowMeta } from './row-meta.tsx';
import { useNotHome } from './use-not-home.ts';
import { useSwipe } from './use-swipe.ts';

export interface DoorRowViewProps {
  readonly row: DoorRow;
  /** A unit under its building shows the unit instead of the house number. */
  readonly inBuilding: boolean;
  readonly here: boolean;
}

/** One door of the list: open it, or mark not home by a swipe or the button. */
export const DoorRowView = memo(function DoorRowView({ row, inBuilding, here }: DoorRowViewProps) {
  const { t } = useLingui();
  const { busy, mark } = useNotHome(row);
  const open = row.standing === 'to-do' || row.standing === 'not-home';
  const swipe = useSwipe(() => {
    if (open) mark();
  });
  const address = addressLine(row.building, row.door.unit);
  return (
    <li
      className={joinClasses('door-row', busy && 'door-row-busy', here && 'door-row-here')}
      id={`door-${row.door.id}`}
    >
      <span className="door-row-behind" aria-hidden>
        <IconDoorOff size={22} />
        {t`Not home`}
      </span>
      <div className={`door-row-face door-row-${row.standing}`} {...(open ? swipe : {})}>
        <span className="door-number" aria-hidden>
          {inBuilding ? row.door.unit : row.building.number}
          <span className="door-position">#{row.door.position}</span>
        </span>
        <span className="door-words">
          <Link className="door-link" href={`/walk/door/${row.door.id}`}>
            <span className="for-readers">{t`${address}, door ${row.door.position}`}</span>
            {!inBuilding && row.door.unit !== '' && (
              <span className="door-unit" aria-hidden>
                {row.door.unit}
              </span>
            )}
          </Link>
          <PeopleLine people={row.people} gone={row.gone} refusing={row.refusing} />
          <RowMeta row={row} />
        </span>
        {open ? (
          <button
            type="button"
            className="not-home-button"
            aria-label={t`Not home: ${address}`}
            aria-disabled={busy ? true : undefined}
            onClick={mark}
          >
            <IconDoorOff size={22} aria-hidden />
            <span>{t`Not home`}</span>
          </button>
        ) : (
          <IconChevronRight className="door-chevron" size={20} aria-hidden />
        )}
      </div>
    </li>
  );
});
