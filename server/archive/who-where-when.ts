import { field, refers } from './resource.ts';

/** The columns that every table of facts begins with. */
export const WHO_WHERE_WHEN = [
  field('id', 'string', 'The fact; it never changes.'),
  field('door_id', 'string', 'The door.'),
  field('person_id', 'string', 'The person; empty: nobody in particular.'),
  field('device_id', 'string', 'The phone that recorded it.'),
  field('member_id', 'string', 'Whose phone it was.'),
  field('at', 'datetime', 'When, by what the phone knew of the server’s clock (UTC).'),
  field('received_at', 'datetime', 'When it arrived (UTC).'),
] as const;

/** What they name. */
export const ITS_KEYS = [
  refers('id', 'facts'),
  refers('door_id', 'doors'),
  refers('person_id', 'people'),
  refers('device_id', 'devices'),
  refers('member_id', 'members'),
];
