/** How long a phone may push without having been heard of in between, in ms (P14). */
export const GRANT_MS = 90 * 24 * 3_600_000;
