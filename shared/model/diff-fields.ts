/**
 * What two rolls may say differently of one person, by the roll's columns. Ages are compared only
 * where no birth year is known, since they change by themselves; votes are all elections voted in.
 */
export const DIFF_COLUMNS = {
  'first-name': 'first_name',
  'middle-name': 'middle_name',
  'last-name': 'last_name',
  'name-suffix': 'name_suffix',
  sex: 'sex',
  age: 'age',
  'birth-year': 'birth_year',
  party: 'party',
  'registration-date': 'registered_on',
  status: 'status',
  phone: 'phone',
  email: 'email',
  precinct: 'precinct',
  address: 'address',
  language: 'language',
  districts: 'districts',
} as const;
export type DiffColumn = keyof typeof DIFF_COLUMNS;
export type DiffField = DiffColumn | 'votes';
