import { makeStatusBoard } from './status.ts';

/** How this phone stands with the server: one for the page, written by the core, read by screens. */
export const board = makeStatusBoard();
