import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import { type Draft, useDraft } from '../talk/use-draft.ts';

const isText = (kept: unknown): kept is string => typeof kept === 'string';

/**
 * The note of a result that is not saved yet: kept like a conversation, and one for all results of a
 * door, since whoever chose the wrong one goes back and chooses another. `about` has one of their own.
 * `onSavedElsewhere` is called when another tab has saved a result with it.
 */
export function useResultNote(
  doorId: DoorId,
  about: PersonId | undefined,
  onSavedElsewhere: () => void,
): Draft<string> {
  const part = about === undefined ? 'result' : `result ${about}`;
  return useDraft(doorId, part, '', isText, onSavedElsewhere);
}
