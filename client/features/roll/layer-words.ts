import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { LayerKind } from '#shared/model/layer-kind.ts';
import type { LayerRefusal } from '#shared/roll/refused-layer-column.ts';
import type { RollField } from '#shared/model/roll.ts';

export const KIND_WORDS: Readonly<Record<LayerKind, MessageDescriptor>> = {
  number: msg`a number`,
  word: msg`one of few words`,
  'yes-no': msg`yes or no`,
  text: msg`a text`,
};

/** What of a file says who somebody is. */
export const WHO_WORDS = {
  'voter-id': msg`Number in the roll`,
  'full-name': msg`Full name`,
  'first-name': msg`First name`,
  'middle-name': msg`Middle name`,
  'last-name': msg`Last name`,
  'name-suffix': msg`Suffix such as Jr`,
  'address-line': msg`Street address`,
  'house-number': msg`House number`,
  'street-name': msg`Street`,
  unit: msg`Unit`,
  city: msg`City`,
  zip: msg`ZIP`,
} as const satisfies Partial<Record<RollField, MessageDescriptor>>;
export type WhoField = keyof typeof WHO_WORDS;

export const REFUSED_WORDS: Readonly<Record<LayerRefusal, MessageDescriptor>> = {
  forbidden: msg`never taken`,
  private: msg`money or health: never taken`,
  law: msg`not taken by your state’s rules`,
};

/** Why rows were left out; a reason of a newer server shows under its own name. */
export const LAYER_REASONS: Readonly<Record<string, MessageDescriptor>> = {
  'id-unknown': msg`nobody has this number`,
  'id-other-name': msg`the number is somebody else’s`,
  'name-unknown': msg`nobody of this name at this address`,
  'name-elsewhere': msg`the name is known at another address only`,
  'address-unknown': msg`nobody of the roll lives at this address`,
  'several-people': msg`several people fit as well`,
  'claimed-twice': msg`several rows fit one person`,
  'value-odd': msg`person found, but a cell does not fit its column`,
  'no-id': msg`no number`,
  'no-name': msg`no name`,
  'no-address': msg`no address`,
  'id-in-scientific': msg`number rounded by a spreadsheet`,
  totals: msg`a row of totals`,
  'too-many-cells': msg`too many cells`,
  'too-few-cells': msg`too few cells`,
};
