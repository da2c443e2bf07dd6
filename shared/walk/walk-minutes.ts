/** What a walk's time is told from. */
export interface Pace {
  /** Minutes at a door, conversations and doors where nobody opens taken together. */
  readonly minutesADoor: number;
  /** Metres a minute between doors, with a clipboard and an eye on numbers. */
  readonly metresAMinute: number;
}

/**
 * Judgement, not measurement: 4.5 km/h, and at one door in five a conversation of some six minutes.
 * It makes 40 to 60 doors of two to three hours, as those say who plan shifts.
 */
export const USUAL_PACE: Pace = { minutesADoor: 2.5, metresAMinute: 75 };

/** How many minutes a walk of so many metres with so many doors takes. */
export function walkMinutes(metres: number, doors: number, pace: Pace = USUAL_PACE): number {
  return metres / pace.metresAMinute + doors * pace.minutesADoor;
}
