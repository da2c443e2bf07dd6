/** People in a day's lists of one member beyond which somebody should ask why: more than anybody visits. */
export const HANDED_BUDGET = 1_500;
