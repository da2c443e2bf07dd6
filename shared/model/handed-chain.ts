/** So many first contacts one request brings before its own. */
export const MOST_BEFORE = 5;

/** So many a phone carries at most before it reaches the chapter: its own, and those of its givers. */
export const MOST_CLAIMS = 32;
