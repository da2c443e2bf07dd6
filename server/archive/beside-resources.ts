import type { OperationType } from '#shared/model/operation.ts';
import { drawingOf, rowsOf, type Say } from './fact-rows.ts';
import { type ArchiveResource, type Field, field, type Value } from './resource.ts';
import { ITS_KEYS, WHO_WHERE_WHEN } from './who-where-when.ts';

const STANDS = field('stands', 'boolean', 'False: replaced or taken back.');
const WORDING = [
  field('wording', 'string', 'The words that were read to them.'),
  field('wording_hash', 'string', 'SHA-256 of the words, hex.'),
] as const;

/** A table of the facts of one kind: who, where and when, what they say, whether they stand. */
function tableOf<T extends OperationType>(
  name: string,
  type: T,
  description: string,
  fields: readonly Field[],
  say: Say<T>,
): ArchiveResource {
  return {
    name,
    description,
    fields: [...WHO_WHERE_WHEN, ...fields, STANDS],
    primaryKey: ['id'],
    foreignKeys: ITS_KEYS,
    rows: rowsOf(type, say),
  };
}

const flag = (value: boolean | undefined): Value => (value === undefined ? null : value ? 1 : 0);

/** What was learnt, signed, promised and put right beside knocks: a table a kind. */
export const BESIDE_RESOURCES: readonly ArchiveResource[] = [
  tableOf(
    'notes',
    'note',
    'Notes that were left without a knock.',
    [field('text', 'string', 'The note.')],
    ({ text }) => [text],
  ),
  tableOf(
    'contact_consents',
    'contact-consent',
    'By which way people said that we may, or may not, get in touch again, with the words that were read to them. The newest that stands counts.',
    [
      field('channel', 'string', 'call, text, email, mail or door.'),
      field('given', 'boolean', 'True: allowed.'),
      ...WORDING,
    ],
    ({ channel, given, wording, wordingHash }) => [channel, flag(given), wording, wordingHash],
  ),
  tableOf(
    'corrections',
    'correct',
    'Telephone numbers, addresses and spellings as they were said at the door. They lie over the roll, which never changes; the newest that stands counts.',
    [
      field('field', 'string', 'firstName, lastName, phone or email.'),
      field('value', 'string', 'What it is instead; empty: there is none.'),
    ],
    ({ field: what, value }) => [what, value],
  ),
  tableOf(
    'taggings',
    'tag',
    'Lasting marks on people, put on and taken off. The newest that stands counts.',
    [
      field('tag_id', 'string', 'The mark.'),
      field('put_on', 'boolean', 'True: put on; false: taken off.'),
    ],
    ({ tag, on }) => [tag, flag(on)],
  ),
  tableOf(
    'promises',
    'follow-up',
    'What was promised at doors, and on which promises a phone said that they were kept.',
    [
      field('text', 'string', 'What was promised.'),
      field('by', 'string', 'By which day (YYYY-MM-DD); empty: nobody said.'),
      field('who_id', 'string', 'The member who keeps it; empty: the chapter decides.'),
      field('keeps', 'string', 'The promise that this one says was kept.'),
    ],
    ({ text, by, whoId, keeps }) => [text, by, whoId, keeps],
  ),
  tableOf(
    'signatures',
    'signature',
    'Names that were signed under a petition or a pledge. What was drawn is in the folder signatures, as SVG.',
    [
      field('petition_id', 'string', 'What was signed.'),
      ...WORDING,
      field('language', 'string', 'What the words are in, if said.'),
      field('file', 'string', 'The drawing, in this archive.'),
    ],
    ({ petitionId, wording, wordingHash, language, strokes }, id) => [
      petitionId,
      wording,
      wordingHash,
      language,
      strokes === undefined ? null : drawingOf(id),
    ],
  ),
  tableOf(
    'building_memory',
    'building',
    'What is known of buildings over campaigns: how to get in, where the entrance is, when people are home.',
    [
      field('building_id', 'string', 'The building.'),
      field('about', 'string', 'buzzer, access, entrance, best-time or warning.'),
      field('text', 'string', 'What was said; empty: taken back.'),
      field('lon', 'number', 'Longitude of the entrance in degrees (WGS 84).'),
      field('lat', 'number', 'Latitude of the entrance in degrees (WGS 84).'),
    ],
    ({ buildingId, about, text, lon, lat }) => [buildingId, about, text, lon, lat],
  ),
  tableOf(
    'found_doors',
    'door',
    'Dwellings that were on no list and were found at the door.',
    [
      field('building_id', 'string', 'Its building.'),
      field('unit', 'string', 'Apartment or unit, as it was found.'),
      field('floor', 'string', 'Its floor, if said.'),
    ],
    ({ buildingId, unit, floor }) => [buildingId, unit, floor],
  ),
  tableOf(
    'turf_reports',
    'turf-report',
    'How turfs were to walk, said at the end.',
    [
      field('rating', 'integer', '1 (bad) to 5 (good), if said.'),
      field('problems', 'string', 'What was wrong, with spaces between.'),
      field('note', 'string', 'What the canvasser wrote.'),
    ],
    ({ rating, problems, note }) => [rating, problems?.join(' '), note],
  ),
  tableOf(
    'sign_ups',
    'sign-up',
    'Who will come to a shift, said on a phone. The newest that stands counts.',
    [
      field('shift_id', 'string', 'The shift.'),
      field('coming', 'boolean', 'True: they will come.'),
    ],
    ({ shiftId, coming }) => [shiftId, flag(coming)],
  ),
];
