import type { BuildingId, DoorId, PersonId, ShiftId, TagId } from '#shared/kernel/ids.ts';
import type { OperationType, Payloads } from '#shared/model/operation.ts';

/** A kind of fact with what it says. */
type Said = {
  readonly [T in OperationType]: readonly [type: T, payload: Payloads[T]];
}[OperationType];

const WORDING = 'May we write to you?';
const HASH = 'ab'.repeat(32);
const id = (n: number): string => `0190a0a0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const TAG = id(0xa1) as TagId;
export const SHIFT = id(0xa3) as ShiftId;
export const PETITION = id(0xa2);

/** Where and of whom something is said, and a word that stands in each text. */
export interface Scene {
  readonly doorId: DoorId;
  readonly buildingId: BuildingId;
  readonly personId: PersonId;
  readonly word: string;
}

/** One fact of every kind that is learnt beside a plain knock, and knocks with all that they can hold. */
export function everyFact({ doorId, buildingId, personId, word }: Scene): Said[] {
  const said = { wording: WORDING, wordingHash: HASH };
  const knock = { doorId, personId, answers: [], note: null };
  const at = (result: 'language-barrier' | 'come-back', more: object) => ({
    ...knock,
    outcome: { kind: 'result' as const, result, ...more },
  });
  return [
    ['knock', at('language-barrier', { language: 'zh-Hant' })],
    ['knock', at('come-back', { comeBack: { day: '2026-11-28', part: 'evening' } })],
    ['knock', { ...knock, outcome: { kind: 'result', result: 'voicemail' }, by: 'phone' }],
    ['contact-consent', { doorId, personId, channel: 'text', given: true, ...said }],
    ['contact-consent', { doorId, personId, channel: 'mail', given: false, ...said }],
    ['correct', { doorId, personId, field: 'phone', value: '+1 617 555 0142' }],
    ['correct', { doorId, personId, field: 'firstName', value: `=${word}` }],
    ['tag', { doorId, personId, tag: TAG, on: true }],
    [
      'follow-up',
      { doorId, personId, text: `${word} wants a sign`, whoId: null, by: '2026-12-01' },
    ],
    [
      'signature',
      {
        doorId,
        personId,
        petitionId: PETITION as Payloads['signature']['petitionId'],
        strokes: [
          [10, 20, 30, 40, 55, 41],
          [60, 20, 60, 80],
        ],
        ...said,
      },
    ],
    ['note', { doorId, personId, text: `${word} likes jam` }],
    ['lit-drop', { doorId }],
    ['building', { doorId, buildingId, about: 'buzzer', text: `ring at ${word}` }],
    [
      'building',
      { doorId, buildingId, about: 'entrance', text: 'Round the back', lon: -50.1, lat: 42.1 },
    ],
    [
      'turf-report',
      { doorId, problems: ['dogs', 'too-long'], rating: 4, note: `${word} has a dog` },
    ],
    ['sign-up', { doorId, shiftId: SHIFT, coming: true }],
  ];
}
