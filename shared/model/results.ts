/** Why a knock or a call brought no conversation. The words are those of the field; the order is the screen's. */
export const RESULTS = [
  'not-home',
  'refused',
  'come-back',
  'inaccessible',
  'language-barrier',
  'moved',
  'deceased',
  'wrong-address',
  'already-voted',
  'do-not-contact',
  'hostile',
  'voicemail',
  'wrong-number',
] as const;

export type ResultCode = (typeof RESULTS)[number];

/** Those that only a call can bring. */
const OF_CALLS: ReadonlySet<ResultCode> = new Set(['voicemail', 'wrong-number']);

/** Those of a door, in the screen's order. */
export const DOOR_RESULTS: readonly ResultCode[] = RESULTS.filter((one) => !OF_CALLS.has(one));
