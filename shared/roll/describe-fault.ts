import type { UnplacedReason } from './match-address.ts';
import type { RejectReason } from './roll-voter.ts';

interface Words {
  readonly what: string;
  readonly todo: string;
}

const REJECTED: Readonly<Record<RejectReason, Words>> = {
  'no-id': { what: 'The row has no voter id.', todo: 'Give it the id of the voter file.' },
  'no-name': { what: 'The row has no name.', todo: 'Fill in the first or the last name.' },
  'no-address': { what: 'The row has no street.', todo: 'Fill in where the person lives.' },
  'too-many-cells': {
    what: 'The row has more cells than the header.',
    todo: 'Put a cell that holds the delimiter in quotation marks, or take the extra cell out.',
  },
  'open-quote': {
    what: 'A quotation mark is left open, so several rows have run together.',
    todo: 'Close or take out the quotation mark, and import the rows again.',
  },
  'too-few-cells': {
    what: 'The row has fewer cells than the header.',
    todo: 'Look whether the row was broken in two, and give it all its cells.',
  },
};

const UNPLACED: Readonly<Record<UnplacedReason, Words>> = {
  'no-map': {
    what: 'The chapter has no addresses and no streets yet.',
    todo: 'Load the map of the place, then import the file again.',
  },
  'po-box': { what: 'A post office box is no door.', todo: 'Find the address where they live.' },
  'no-number': { what: 'The address has no house number.', todo: 'Fill in the house number.' },
  'street-unknown': {
    what: 'No street of this name is on the map.',
    todo: 'Check the spelling of the street, or add it to the map.',
  },
  'number-unknown': {
    what: 'The street is on the map; this house number is not.',
    todo: 'Check the number, or add the address to the list of addresses.',
  },
  'no-coordinates': {
    what: 'The address is on the chapter’s list, but the list does not say where it stands.',
    todo: 'Add its coordinates to the list of addresses.',
  },
  'other-town': {
    what: 'The list has that street and number in another town or zip only.',
    todo: 'Correct the town or the zip, or settle it on the map.',
  },
  'several-places': {
    what: 'The address fits several places equally well.',
    todo: 'Spell out the type or direction of the street, or the zip.',
  },
};

/** What is the matter with a row, and what to do, in English sentences for the list of faults. */
export function describeFault(reason: string): Words {
  const words: Readonly<Record<string, Words>> = { ...REJECTED, ...UNPLACED };
  return words[reason] ?? { what: reason, todo: '' };
}
