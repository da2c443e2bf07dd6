import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RollField } from '#shared/model/roll.ts';

/** What a column can mean, in the field's words. */
export const FIELD_WORDS: Readonly<Record<RollField, MessageDescriptor>> = {
  'voter-id': msg`Voter id`,
  'household-id': msg`Household id`,
  'full-name': msg`Whole name`,
  'first-name': msg`First name`,
  'middle-name': msg`Middle name`,
  'last-name': msg`Last name`,
  'name-suffix': msg`Suffix (Jr, III)`,
  sex: msg`Sex`,
  age: msg`Age`,
  'birth-date': msg`Date of birth`,
  'birth-year': msg`Year of birth`,
  party: msg`Party`,
  'registration-date': msg`Registered on`,
  status: msg`Status of registration`,
  'house-number': msg`House number`,
  'house-number-half': msg`House number, half`,
  'street-prefix': msg`Street, direction before`,
  'street-name': msg`Street name`,
  'street-type': msg`Street type`,
  'street-suffix': msg`Street, direction after`,
  'unit-type': msg`Unit type (Apt)`,
  unit: msg`Unit`,
  'address-line': msg`Whole address`,
  'address-line-2': msg`Second address line`,
  city: msg`City`,
  state: msg`State`,
  zip: msg`ZIP code`,
  zip4: msg`ZIP+4`,
  precinct: msg`Precinct`,
  ward: msg`Ward`,
  phone: msg`Phone`,
  'cell-phone': msg`Cell phone`,
  'home-phone': msg`Home phone`,
  email: msg`E-mail`,
  lat: msg`Latitude`,
  lon: msg`Longitude`,
  voted: msg`Voted in one election`,
  'vote-dates': msg`Dates voted, several in a cell`,
};

/** The groups of the list to choose from, in the order in which a file mostly has them. */
export const FIELD_GROUPS: readonly {
  readonly name: MessageDescriptor;
  readonly fields: readonly RollField[];
}[] = [
  {
    name: msg`Person`,
    fields: [
      'voter-id',
      'household-id',
      'full-name',
      'first-name',
      'middle-name',
      'last-name',
      'name-suffix',
      'sex',
      'age',
      'birth-date',
      'birth-year',
    ],
  },
  {
    name: msg`Address`,
    fields: [
      'address-line',
      'address-line-2',
      'house-number',
      'house-number-half',
      'street-prefix',
      'street-name',
      'street-type',
      'street-suffix',
      'unit-type',
      'unit',
      'city',
      'state',
      'zip',
      'zip4',
      'precinct',
      'ward',
      'lat',
      'lon',
    ],
  },
  {
    name: msg`Voting`,
    fields: ['party', 'registration-date', 'status', 'voted', 'vote-dates'],
  },
  { name: msg`To reach them`, fields: ['phone', 'cell-phone', 'home-phone', 'email'] },
];
