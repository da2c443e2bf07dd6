import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseUnit } from '#shared/model/unit-name.ts';
import { normaliseNumber, normaliseStreet, normaliseZip } from '#shared/roll/normalise-address.ts';
import { parseAddressLine, printAddress } from '#shared/roll/parse-address.ts';
import { DIRECTIONS, ORDINALS, STREET_TYPES } from '#shared/roll/street-words.ts';

const word = fc.constantFrom(
  ...STREET_TYPES.keys(),
  ...DIRECTIONS.keys(),
  ...ORDINALS.keys(),
  'SAINT',
  'MOUNT',
  'FORT',
  'TWENTY',
  'US',
  'COUNTY',
  '9',
  '12',
  'O’Hara',
  'Peña',
  'Main',
  'Elm',
);
const street = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

test('normalising a street twice is normalising it once', () => {
  fc.assert(
    fc.property(street, (text) => {
      const once = normaliseStreet(text).key;
      expect(normaliseStreet(once).key).toBe(once);
    }),
    { numRuns: 3000 },
  );
});

test('normalising numbers, units and zips twice is normalising them once', () => {
  const number = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.stringMatching(/^0{0,2}[1-9]\d{0,3}(-?[A-Z]| 1\/2|½|-\d{1,3})?$/),
  );
  const unit = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.stringMatching(/^(Apt |#|UNIT |Lot |PH|Fl |)[0-9A-Z]{1,4}([- /][0-9A-Z]{1,3})?$/),
  );
  fc.assert(
    fc.property(number, unit, (givenNumber, givenUnit) => {
      const onceNumber = normaliseNumber(givenNumber);
      expect(normaliseNumber(onceNumber)).toBe(onceNumber);
      const onceUnit = normaliseUnit(givenUnit);
      expect(normaliseUnit(onceUnit)).toBe(onceUnit);
      const zip = normaliseZip(givenNumber);
      expect(normaliseZip(zip)).toBe(zip);
    }),
    { numRuns: 3000 },
  );
});

test('case, points and accents do not make another street', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const text = words.join(' ');
      const { key } = normaliseStreet(text);
      expect(normaliseStreet(text.toLowerCase()).key).toBe(key);
      expect(normaliseStreet(` ${words.join('.  ')}. `).key).toBe(key);
      expect(normaliseStreet(text.normalize('NFD')).key).toBe(key);
    }),
    { numRuns: 1000 },
  );
});

test('an address that was printed reads back as it was', () => {
  const number = fc.stringMatching(/^[1-9]\d{0,3}([A-C]|-\d{2}| 1\/2)?$/);
  const name = fc.constantFrom(
    'Main',
    'Front',
    'Saint Anne',
    'O’Hara',
    'Old Mill',
    'US Route',
    'Lot',
  );
  const type = fc.constantFrom('St', 'Ave', 'Rd', 'Ter', 'Lane');
  const unit = fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^([1-9]\d{0,2}[A-H]?|PH\d|1[0-9][A-C]-\d|Lot [1-9]\d?)$/),
  );
  fc.assert(
    fc.property(number, name, type, unit, (no, streetName, streetType, apt) => {
      const parts = { number: no, street: `${streetName} ${streetType}`, unit: apt };
      const back = parseAddressLine(printAddress(parts));
      expect(back.number).toBe(no);
      expect(normaliseStreet(back.street).key).toBe(normaliseStreet(parts.street).key);
      expect(normaliseUnit(back.unit)).toBe(normaliseUnit(apt));
    }),
    { numRuns: 1000 },
  );
});
