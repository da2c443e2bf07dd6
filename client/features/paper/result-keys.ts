import type { ResultCode } from '#shared/model/results.ts';

/** What a line of paper says happened: a conversation, or why there was none. Nobody calls from paper. */
type OnPaper = Exclude<ResultCode, 'voicemail' | 'wrong-number'> | 'contact';
export type Happened = OnPaper;

/**
 * The letter for each, shown beside its word. Letters and not numbers: numbers are the levels of
 * support, as they are circled on paper.
 */
export const HAPPENED_KEYS: Readonly<Record<OnPaper, string>> = {
  contact: 't',
  'not-home': 'n',
  refused: 'r',
  'come-back': 'c',
  inaccessible: 'i',
  'language-barrier': 'l',
  moved: 'm',
  deceased: 'd',
  'wrong-address': 'w',
  'already-voted': 'v',
  'do-not-contact': 'x',
  hostile: 'h',
};

export const HAPPENED = Object.keys(HAPPENED_KEYS) as readonly Happened[];

/** What a key stands for; null for every other key. */
export function happenedOf(key: string): Happened | null {
  return HAPPENED.find((one) => HAPPENED_KEYS[one] === key.toLowerCase()) ?? null;
}
