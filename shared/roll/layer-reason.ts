import type { RejectReason } from './roll-voter.ts';

/** Why a row of a file stands in no column of its layer. */
export type LayerReason =
  | Exclude<RejectReason, 'withheld' | 'registration-ended'>
  | 'id-unknown'
  | 'id-other-name'
  | 'name-unknown'
  | 'name-elsewhere'
  | 'address-unknown'
  | 'several-people'
  | 'claimed-twice'
  | 'value-odd';

const SAID: Partial<Readonly<Record<string, readonly [what: string, todo: string]>>> = {
  'no-id': ['The row has no id.', 'Give it the id of the voter file, or match by name.'],
  'no-name': ['The row has no name.', 'Fill in first and last name.'],
  'no-address': ['The row has no street.', 'Fill in where the person lives.'],
  'id-unknown': ['Nobody of the roll has this id.', 'Look whether it is the id of this roll.'],
  'id-other-name': [
    'The roll has somebody else under this id.',
    'Look whether it is the id of this roll; if not, match by name alone.',
  ],
  'name-unknown': [
    'Nobody of this name is known at this address.',
    'Look whether they moved or go by another name.',
  ],
  'name-elsewhere': [
    'The roll knows this name, and at another address only.',
    'Look whether it is the same person, and give the row the id.',
  ],
  'address-unknown': [
    'Nobody of the roll lives at this address.',
    'Look at number, street and town.',
  ],
  'several-people': [
    'Several people fit the row about as well, so none was taken.',
    'Add a middle name, a suffix, a unit or the id.',
  ],
  'claimed-twice': [
    'Several rows fit one person, so it is not sure which of them is theirs.',
    'Keep one row of a person, or add the id.',
  ],
  'value-odd': [
    'The person was found; a cell is no value of its column’s kind and was left out.',
    'Mend the cell, or choose another kind.',
  ],
  'id-in-scientific': [
    'A spreadsheet has rounded the id (as in 1.23E+11), and digits of it are lost.',
    'Export the file anew and do not open it in a spreadsheet before.',
  ],
};

const ODD_ROW = ['The row cannot be read as a row of this file.', 'Mend the row.'] as const;

/** What was the matter with a row, and what to do, for whoever opens the list of them. */
export function describeLayerReason(reason: string): {
  readonly what: string;
  readonly todo: string;
} {
  const [what, todo] = (Object.hasOwn(SAID, reason) ? SAID[reason] : undefined) ?? ODD_ROW;
  return { what, todo };
}
