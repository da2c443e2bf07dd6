import { memo } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { joinClasses } from '../../../ui/join-classes.ts';
import { addressLine } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { placeIcons, placeShort } from '../sent/place-words.ts';
import { StandingIcon } from './standing-icon.tsx';
import { standingWords } from './standing-words.ts';
import { useNotHome } from './use-not-home.ts';

export interface UnitTileProps {
  readonly row: DoorRow;
  /** A tap marks not home instead of opening the door. */
  readonly marking: boolean;
  readonly here: boolean;
}

/** One unit of a tower: its name and standing on a tile. */
export const UnitTile = memo(function UnitTile({ row, marking, here }: UnitTileProps) {
  const { t } = useLingui();
  const { busy, mark } = useNotHome(row);
  const { standing, door, place } = row;
  const said = [t(standingWords[standing]), ...(place === null ? [] : [t(placeShort[place])])];
  const name = `${addressLine(row.building, door.unit)}: ${said.join(', ')}`;
  // What is received needs no second picture on so small a tile.
  const PlaceIcon = place === null || place === 'chapter' ? null : placeIcons[place];
  const className = joinClasses(
    'unit-tile',
    `unit-${standing}`,
    busy && 'unit-busy',
    here && 'unit-here',
  );
  const face = (
    <>
      <span className="unit-name" aria-hidden>
        {door.unit === '' ? row.building.number : door.unit}
      </span>
      <StandingIcon standing={standing} />
      {PlaceIcon !== null && (
        <span className={`unit-place place-${place}`}>
          <PlaceIcon size={13} aria-hidden />
        </span>
      )}
      <span className="for-readers">{name}</span>
    </>
  );
  return (
    <li id={`door-${door.id}`}>
      {marking && (standing === 'to-do' || standing === 'not-home') ? (
        <button type="button" className={className} onClick={mark}>
          {face}
        </button>
      ) : (
        <Link className={className} href={`/walk/door/${door.id}`}>
          {face}
        </Link>
      )}
    </li>
  );
});
