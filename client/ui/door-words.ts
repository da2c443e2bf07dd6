import { addDoorWords } from './locale.ts';

/*
 * Whatever a phone shows after its first screen imports this: a part of the app stands ready only
 * when its words do. tests/rooms/door-words.test.ts keeps it so.
 */
await addDoorWords();
