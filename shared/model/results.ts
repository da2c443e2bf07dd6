/** Why a knock brought no conversation. The words are those of the field; the order is the screen's. */
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
] as const;

export type ResultCode = (typeof RESULTS)[number];
