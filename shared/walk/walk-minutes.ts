/** What a walk's time is guessed from; to be learnt from real walks. */
export interface Pace {
  /** Metres a minute between doors, with a clipboard and an eye on numbers. */
  readonly metresAMinute: number;
  /** Minutes at a door where nobody opens: knock, wait, note, leave something. */
  readonly minutesNotHome: number;
  /** Minutes of a conversation, notes included. */
  readonly minutesContact: number;
  /** The share of doors at which somebody opens. */
  readonly contactShare: number;
}

/**
 * Judgement, not measurement: 4 km/h, and 40 to 60 doors in two to three hours, as those say who
 * plan shifts.
 */
export const USUAL_PACE: Pace = {
  metresAMinute: 67,
  minutesNotHome: 1.5,
  minutesContact: 6,
  contactShare: 0.25,
};

/** How many minutes a walk of so many metres with so many doors takes. */
export function walkMinutes(metres: number, doors: number, pace: Pace = USUAL_PACE): number {
  const { metresAMinute, minutesNotHome, minutesContact, contactShare } = pace;
  const aDoor = contactShare * minutesContact + (1 - contactShare) * minutesNotHome;
  return metres / metresAMinute + doors * aDoor;
}
