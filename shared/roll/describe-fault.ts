import type { RollField } from '../model/roll.ts';
import type { UnplacedReason } from './match-address.ts';
import type { NoteReason, RejectReason } from './roll-voter.ts';

interface Words {
  readonly what: string;
  readonly todo: string;
  /** The meaning of the column that it is about, where it is about one. */
  readonly field?: RollField;
}

const REJECTED: Readonly<Record<RejectReason, Words>> = {
  'no-id': {
    what: 'The row has no voter id.',
    todo: 'Give it the id of the voter file.',
    field: 'voter-id',
  },
  'no-name': {
    what: 'The row has no name.',
    todo: 'Fill in the first or the last name.',
    field: 'last-name',
  },
  'no-address': {
    what: 'The row has no street.',
    todo: 'Fill in where the person lives.',
    field: 'street-name',
  },
  'too-many-cells': {
    what: 'The row has more cells than the header.',
    todo: 'Put a cell that holds the delimiter in quotation marks, or take the extra cell out.',
  },
  'open-quote': {
    what: 'A quotation mark is left open, so where the row ends is not sure.',
    todo: 'Close or take out the quotation mark, and import the row again.',
  },
  'too-few-cells': {
    what: 'The row has fewer cells than the header.',
    todo: 'Look whether the row was broken in two, and give it all its cells.',
  },
  'has-nul': {
    what: 'The row holds a NUL byte, so it was damaged on its way.',
    todo: 'Export or download the file again, or mend the row.',
  },
  'row-too-long': {
    what: 'The row is longer than a million letters, so it is no row about a person.',
    todo: 'Look for a picture or a document in one of its cells, and take it out.',
  },
  totals: {
    what: 'This is a row of totals, not a person.',
    todo: 'Nothing; or leave it out when the file is exported.',
  },
  'id-in-scientific': {
    what: 'A spreadsheet has rounded the voter id (as in 1.23E+11), and digits of it are lost.',
    todo: 'Export the file anew and do not open it in a spreadsheet before the import.',
    field: 'voter-id',
  },
  withheld: {
    what: 'The office withholds the name and address of this person.',
    todo: 'Nothing: nobody may call on them by this file.',
    field: 'last-name',
  },
  'registration-ended': {
    what: 'The registration was removed, denied or cancelled.',
    todo: 'Nothing: they are no voter of this roll.',
    field: 'status',
  },
};

const NOTED: Readonly<Record<NoteReason, Words>> = {
  'place-swapped': {
    what: 'Latitude and longitude are swapped. They were read the other way round.',
    todo: 'Swap the two columns when the file is exported.',
    field: 'lat',
  },
  'place-zero': {
    what: 'The coordinates are 0, 0, in the sea off Africa. They were left out.',
    todo: 'Leave both cells empty where the place is not known.',
    field: 'lat',
  },
  'place-projected': {
    what: 'The coordinates are feet or metres of a projected map. They were left out.',
    todo: 'Export them as longitude and latitude (WGS 84).',
    field: 'lat',
  },
  'place-odd': {
    what: 'The coordinates are no place on Earth. They were left out.',
    todo: 'Mend them, or leave both cells empty.',
    field: 'lat',
  },
  'place-far': {
    what: 'The coordinates lie more than 100 km from all of the chapter’s addresses. They were left out.',
    todo: 'Look whether a minus is missing, or whether the person lives elsewhere.',
    field: 'lat',
  },
  'birth-date-odd': {
    what: 'Nobody in a roll was born on this day. The age was left out.',
    todo: 'Nothing, when the office does not know the day.',
    field: 'birth-date',
  },
  'mixed-letters': {
    what: 'This line is written in other letters (Windows-1252) than the lines around it (UTF-8). It was read as such.',
    todo: 'Look whether accented names on it are right.',
  },
  'under-18': {
    what: 'The person is under 18. They are kept, and stand in no list before their birthday.',
    todo: 'Nothing.',
    field: 'birth-date',
  },
};

/** Columns that are in no roll. */
const LEFT_OUT: Readonly<Record<string, Words>> = {
  'column-forbidden': {
    what: 'This column holds what no chapter may keep. It was not read and is stored nowhere.',
    todo: 'Export the file without it.',
  },
  'column-withheld': {
    what: 'Full birth dates and e-mail addresses are read only where the law of the state lets them be. This column was not read; of birth dates it is only looked up who is under 18.',
    todo: 'Say which state the file comes from, at the desk or with --state, and import it again.',
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
  const words: Readonly<Record<string, Words>> = {
    ...REJECTED,
    ...NOTED,
    ...UNPLACED,
    ...LEFT_OUT,
  };
  return words[reason] ?? { what: reason, todo: '' };
}

/**
 * The column that a fault is about, by the first of these meanings that some column has: its place
 * from 0, or null.
 */
export function faultColumn(
  reason: string,
  columns: readonly { readonly column: number; readonly field: RollField }[],
): number | null {
  const field = describeFault(reason).field;
  if (field === undefined) return null;
  const likewise = ALIKE.find((fields) => fields.includes(field)) ?? [field];
  for (const one of [field, ...likewise]) {
    const found = columns.find((use) => use.field === one);
    if (found !== undefined) return found.column;
  }
  return null;
}

/** Meanings that stand for each other in one file or another. */
const ALIKE: readonly (readonly RollField[])[] = [
  ['last-name', 'full-name', 'first-name'],
  ['street-name', 'address-line'],
  ['birth-date', 'birth-year', 'age', 'status'],
];
