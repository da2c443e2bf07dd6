import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseNumber, normaliseStreet } from '#shared/roll/normalise-address.ts';
import { formatAddress, parseAddress, parseAddressLine } from '#shared/roll/parse-address.ts';
import { DIRECTIONS, STREET_TYPES, TYPES_IN_FULL, UNIT_WORDS } from '#shared/roll/street-words.ts';

const number = fc.stringMatching(/^[1-9]\d{0,4}(-\d{2})?$/);
const suffix = fc.constantFrom('', '', '', 'A', 'C', '1/2', '3/4');
const direction = fc.constantFrom('', '', '', 'N', 'S', 'E', 'W', 'NE', 'SW');
const name = fc.constantFrom(
  'MAIN',
  'OHARA',
  'SAINT ANNE',
  'OLD MILL',
  '21ST',
  'LAKE VIEW',
  'LA BREA',
  'MARTIN LUTHER KING JR',
  'BROAD MEADOW',
  'FRONT',
);
/** A key and a trailer are units as well as streets. */
const TYPES = new Map([...STREET_TYPES].filter(([, short]) => short !== 'KY' && short !== 'TRLR'));
const type = fc.constantFrom(...new Set(TYPES.values()));
const unit = fc.oneof(
  fc.constant(['', ''] as const),
  fc.tuple(
    fc.constantFrom('APT', 'UNIT', 'STE', 'LOT', 'RM', 'FL', 'BLDG', 'SPC', 'TRLR', '#'),
    fc.stringMatching(/^[1-9]\d{0,2}[A-H]?$/),
  ),
  fc.constantFrom(['REAR', ''] as const, ['BSMT', ''] as const, ['UPPR', ''] as const),
);

test('an address in the post’s form is read as it was printed', () => {
  const given = fc.tuple(number, suffix, direction, name, type, direction, unit);
  fc.assert(
    fc.property(given, ([no, half, predir, street, short, postdir, [unitType, id]]) => {
      const address = {
        number: no,
        suffix: half,
        predir,
        street,
        type: short,
        postdir,
        unitType,
        unit: id,
        kind: 'street' as const,
      };
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
    { numRuns: 700 },
  );
});

test('every spelling of a type, a direction and a unit is one address and one key', () => {
  const spellings = (words: ReadonlyMap<string, string>): fc.Arbitrary<readonly [string, string]> =>
    fc.constantFrom(...words);
  // A name that ends a street, so that words which may be names are units behind it.
  fc.assert(
    fc.property(
      spellings(TYPES),
      spellings(DIRECTIONS),
      spellings(UNIT_WORDS),
      ([word, short], [toward, dir], [announced, unitType]) => {
        const line = `12 ${toward} Elm ${word}. ${announced} 4`;
        expect(parseAddress(line.toLowerCase())).toMatchObject({
          predir: dir,
          street: 'ELM',
          type: short,
          unitType,
          unit: '4',
        });
        const key = `${dir} ELM ${short}`;
        expect(normaliseStreet(`${toward} Elm ${word}`).key).toBe(key);
        expect(normaliseStreet(`${toward} Elm ${TYPES_IN_FULL.get(short) ?? short}`).key).toBe(key);
      },
    ),
    { numRuns: 700 },
  );
});

const word = fc.oneof(
  fc.constantFrom(...STREET_TYPES.keys(), ...DIRECTIONS.keys(), ...UNIT_WORDS.keys()),
  fc.constantFrom('12', '1/2', '45-17', ',', '-', 'PO BOX', 'RR', 'US', 'CR', 'MA', '02139', 'C/O'),
);
const anything = fc.oneof(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('any text is some address, and its number is the one that is kept', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const address = parseAddress(text);
      for (const part of Object.values(address)) expect(typeof part).toBe('string');
      const { number: kept } = parseAddressLine(text);
      if (address.number === '' || !/^\d+$/.test(address.number)) return;
      expect(normaliseNumber(kept).startsWith(address.number)).toBe(true);
    }),
    { numRuns: 700 },
  );
});
