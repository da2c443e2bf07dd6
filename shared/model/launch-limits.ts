/** The longest that a phone may hold a turf from now on, in ms: after it other tools let lists lapse. */
export const LONGEST_HOLD = 30 * 24 * 3_600_000;
