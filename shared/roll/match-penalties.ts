/**
 * What each difference between an address as written and one of the chapter's list takes from the
 * score, which begins at 1. The figures were chosen so that on Cambridge's and Vermont's lists, with
 * mistakes put in, nothing wrong scores as much as LEAST_SCORE does (`npm run bench -- geocode`).
 */
export const PENALTIES = {
  /** Each letter wrong in a name of eight letters or more; shorter names allow one, which costs more. */
  letter: 0.1,
  letterOfShort: 0.16,
  /** The first letter is rarely the one that is wrong: another one mostly is another street. */
  firstLetter: 0.08,
  /** The name as written is a street elsewhere in the list, so it is hardly a slip. */
  nameElsewhere: 0.1,
  /** Words run together or apart: `Springhill`, `Spring Hill`. */
  spacing: 0.03,
  /** `N St` for North Street. */
  directionAsName: 0.05,
  /** `Route 15` for `VT Route 15`. */
  highwayWord: 0.08,
  missingType: 0.1,
  otherType: 0.2,
  missingDirection: 0.1,
  /** `Main St N` for `N Main St`. */
  turnedDirection: 0.08,
  /** `289` for `289R`, or `289R` for `289`. */
  missingLetter: 0.12,
  /** `289A` for `289R`: the same house number, another door of it. */
  otherLetter: 0.2,
  /** `3712` for `37-12`. */
  hyphen: 0.05,
  /** Another zip in the same town. */
  otherZip: 0.1,
  /** The zip is right, and the town has another name: the post's beside the town's own. */
  otherCity: 0.02,
} as const;

/** Below this an address has no place rather than a doubtful one. */
export const LEAST_SCORE = 0.7;
/** Two that are nearer to each other than this in score cannot be told apart. */
export const MARGIN = 0.07;
