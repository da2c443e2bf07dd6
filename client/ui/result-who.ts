import type { ResultCode } from '#shared/model/results.ts';

/**
 * Whether a result belongs to a person: `must` needs one, `may` takes one or the whole door, and
 * `door` is about the door alone.
 */
export const resultWho: Readonly<Record<ResultCode, 'door' | 'may' | 'must'>> = {
  'not-home': 'door',
  refused: 'may',
  'come-back': 'may',
  inaccessible: 'door',
  'language-barrier': 'may',
  moved: 'must',
  deceased: 'must',
  'wrong-address': 'door',
  'already-voted': 'must',
  'do-not-contact': 'may',
  hostile: 'may',
  voicemail: 'must',
  'wrong-number': 'must',
};
