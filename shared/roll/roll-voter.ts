import type { RollField } from '../model/roll.ts';

/** Why a row is not in the roll. The words of each are in describe-fault. */
export type RejectReason =
  | 'no-id'
  | 'no-name'
  | 'no-address'
  | 'too-many-cells'
  | 'too-few-cells'
  | 'open-quote'
  | 'has-nul'
  | 'row-too-long'
  | 'totals'
  | 'id-in-scientific'
  | 'withheld'
  | 'registration-ended';

/** What was left out or put right in a row that is in the roll all the same. */
export type NoteReason =
  | 'place-swapped'
  | 'place-zero'
  | 'place-projected'
  | 'place-odd'
  | 'place-far'
  | 'birth-date-odd'
  | 'mixed-letters'
  | 'under-18';

/** A remark on one field of a row that was taken. */
export interface RowNote {
  readonly reason: NoteReason;
  readonly field: RollField;
}

/** Where a row says that the person lives, as written, in whichever way the file has it. */
export interface RawAddress {
  readonly number: string;
  readonly half: string;
  /** Direction, name, type and direction in one string. */
  readonly street: string;
  readonly unitType: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly lat: number | null;
  readonly lon: number | null;
}

/** A row of a voter file that can stand in the roll. */
export interface RollVoter {
  readonly sourceId: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly nameSuffix: string;
  readonly sex: string | null;
  readonly age: number | null;
  readonly birthYear: number | null;
  /** The first day on which they are surely 18, `YYYY-MM-DD`; null: they are, or nobody knows. */
  readonly adultOn: string | null;
  readonly party: string | null;
  readonly registeredOn: string | null;
  readonly status: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly precinct: string | null;
  /** The language they asked for, as the file has it. */
  readonly language: string | null;
  /** Districts by their field without its end, e.g. `congressional`; null: the file has none. */
  readonly districts: Readonly<Record<string, string>> | null;
  readonly address: RawAddress;
  /** Names of elections with how the person voted, as the file's own code. */
  readonly voted: readonly (readonly [election: string, method: string])[];
  readonly notes: readonly RowNote[];
}
