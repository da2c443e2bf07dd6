import type { Packet } from '#shared/model/packet.ts';
import type { Person } from '#shared/model/person.ts';

/**
 * What a canvasser's phone may read of a person (S-8): enough to know who opens the door. No birth
 * date, no e-mail, no history of votes, no place in any list but the turf's own.
 */
const PERSON = [
  'id',
  'kind',
  'doorId',
  'firstName',
  'lastName',
  'age',
  'party',
  'sex',
  'phone',
  'target',
  'doNotContact',
] as const satisfies readonly (keyof Person)[];

const CHAPTER = ['chapter.id', 'chapter.slug', 'chapter.name', 'chapter.timeZone'];
const CAMPAIGN = ['campaign.id', 'campaign.name'];

/** Every other top-level part of a packet is whole: none of them says anything of a person. */
const PACKET_PARTS = [
  'turf',
  'script',
  'tags',
  'buildings',
  'doors',
  'history',
  'merged',
  'elsewhere',
  'memory',
  'units',
  'shifts',
  'shiftsMark',
  'cursor',
  'incarnation',
  'serverNow',
  'heldUntil',
  'petitions',
  'asked',
  'staff',
  'promises',
  'chapterKey',
  'draftKey',
  'map',
] as const satisfies readonly (keyof Packet)[];

/** `GET /v1/packet` for a canvasser. */
export const PACKET_FIELDS = [
  ...CHAPTER,
  ...CAMPAIGN,
  ...PACKET_PARTS,
  ...PERSON.map((field) => `people.${field}`),
];

/** `POST /v1/turfs/:id/hand`: a packet for a phone, whoever of the desk shows it. */
export const HANDED_FIELDS = ['note', ...PACKET_FIELDS.map((field) => `packet.${field}`)];

/** `GET /v1/pull` for a canvasser. */
export const PULL_FIELDS = [
  'proto',
  'incarnation',
  'serverNow',
  'cursor',
  'more',
  'standing',
  ...['seq', 'opId', 'body', 'eff'].map((field) => `changes.${field}`),
  ...['id', 'version', 'state', 'until', 'shared', 'digest.count', 'digest.sum'].map(
    (field) => `scopes.${field}`,
  ),
  'news.mark',
  'news.shifts',
];

/** `GET /v1/shift` for a canvasser: numbers, and which of its doors are one. */
export const SHIFT_FIELDS = ['totals', 'held', 'twins.id', 'twins.own', 'since', 'serverNow'];

/** `GET /v1/me` for a canvasser. */
export const ME_FIELDS = [
  ...CHAPTER,
  ...CAMPAIGN,
  'member.id',
  'member.name',
  'member.role',
  'deviceId',
  'demo',
];
