import { type DoorId, makeId, type Id, type PersonId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { OperationType, Payloads } from '#shared/model/operation.ts';
import { START, type TownDoor } from './town-template.ts';

/** A kind of fact with what it says. */
export type Said = {
  readonly [T in OperationType]: readonly [type: T, payload: Payloads[T]];
}[OperationType];

/** Where, of whom and by whom something is said besides how a knock went. */
export interface Beside {
  readonly door: TownDoor;
  readonly personId: PersonId | null;
  /** The phone. */
  readonly name: string;
  readonly random: RandomBytes;
}

const id = <K extends string>(n: number): Id<K> =>
  `019a0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as Id<K>;
const ASKED = { wording: 'May we write to you, who was here?', wordingHash: 'ab'.repeat(32) };

type Make = (beside: Beside & { readonly who: PersonId; readonly doorId: TownDoor['id'] }) => Said;

const note: Make = ({ doorId, personId, name }) => [
  'note',
  { doorId, personId, text: `${name} was here — “hello” ✊` },
];
const leaflet: Make = ({ doorId }) => ['lit-drop', { doorId }];
const resident: Make = ({ doorId, random }) => [
  'resident',
  { personId: makeId<PersonId>(START, random), doorId, firstName: 'Io', lastName: 'Ray' },
];
const found: Make = ({ door, random }) => [
  'door',
  { doorId: makeId<DoorId>(START, random), buildingId: door.building, unit: 'Loft', floor: '4' },
];
const promise = { text: 'We bring what was here', whoId: null, by: '2026-10-09' } as const;

/** What is learnt, signed or promised at a door and leaves the door as it stands. */
const ASIDE = {
  'contact-consent': ({ doorId, who }) => [
    'contact-consent',
    { doorId, personId: who, channel: 'text', given: true, ...ASKED },
  ],
  correct: ({ doorId, who }) => [
    'correct',
    { doorId, personId: who, field: 'phone', value: 'was here' },
  ],
  tag: ({ doorId, who }) => ['tag', { doorId, personId: who, tag: id<'tag'>(1), on: true }],
  'follow-up': ({ doorId, personId }) => ['follow-up', { doorId, personId, ...promise }],
  signature: ({ doorId, who }) => [
    'signature',
    {
      doorId,
      personId: who,
      petitionId: id<'petition'>(2),
      strokes: [
        [10, 20, 30, 40, 55, 41],
        [60, 20],
      ],
      ...ASKED,
    },
  ],
  building: ({ doorId, door }) => [
    'building',
    { doorId, buildingId: door.building, about: 'buzzer', text: 'Ring 2: I was here' },
  ],
  'turf-report': ({ doorId }) => [
    'turf-report',
    { doorId, problems: ['dogs'], rating: 2, note: 'A dog was here' },
  ],
  'sign-up': ({ doorId }) => ['sign-up', { doorId, shiftId: id<'shift'>(3), coming: true }],
} as const satisfies Readonly<Record<string, Make>>;
export type AsideKind = keyof typeof ASIDE;

export const isAside = (kind: string): kind is AsideKind => kind in ASIDE;

/** Everything that a walk brings besides knocks, each as often as it is here. */
const MAKERS: readonly Make[] = [
  note,
  note,
  note,
  note,
  ASIDE['contact-consent'],
  ({ doorId, who }) => [
    'contact-consent',
    { doorId, personId: who, channel: 'call', given: false, ...ASKED },
  ],
  ASIDE.correct,
  ({ doorId, who }) => ['correct', { doorId, personId: who, field: 'lastName', value: 'Wasser' }],
  ASIDE.tag,
  ({ doorId, who }) => ['tag', { doorId, personId: who, tag: id<'tag'>(1), on: false }],
  ASIDE['follow-up'],
  ASIDE.signature,
  leaflet,
  leaflet,
  ASIDE.building,
  ({ doorId, door }) => [
    'building',
    { doorId, buildingId: door.building, about: 'entrance', text: null, lon: -50, lat: 42 },
  ],
  ASIDE['turf-report'],
  ASIDE['sign-up'],
  resident,
  resident,
  resident,
  found,
  found,
];

function whole(beside: Beside): Parameters<Make>[0] {
  const who = beside.personId ?? beside.door.people[0] ?? makeId<PersonId>(START, beside.random);
  return { ...beside, doorId: beside.door.id, who };
}

/** One of those that leave the door as it stands. */
export const sayAside = (kind: AsideKind, beside: Beside): Said => ASIDE[kind](whole(beside));

/** What is said at `place`, from 0 up to and without 1: the same place is the same kind. */
export function saidBeside(place: number, beside: Beside): Said {
  return (MAKERS[Math.floor(place * MAKERS.length)] ?? note)(whole(beside));
}
