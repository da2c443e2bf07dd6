import { openEarly } from './features/walk/open-early.ts';
import { firstWords } from './ui/first-words.ts';

/**
 * What the first picture shows is asked for before what draws it is looked at: this is the first import
 * of the app that does anything. Resolves when the first picture can be drawn whole.
 */
export const early: Promise<unknown> = Promise.allSettled([firstWords, openEarly()]);
