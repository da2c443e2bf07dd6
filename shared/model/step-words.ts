/** How a step of a universe changes the people so far. */
export const STEP_HOW = ['only', 'also', 'without'] as const;
export type StepHow = (typeof STEP_HOW)[number];

/** Steps of one universe, and those of all that it asks for together. */
export const MOST_STEPS = 20;
export const MOST_STEPS_IN_ALL = 60;

/** What the roll has as one word for each person. */
export const ROLL_WORDS = ['party', 'precinct', 'sex', 'status', 'language'] as const;
export type RollWord = (typeof ROLL_WORDS)[number];
