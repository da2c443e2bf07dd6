import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ResultCode } from '#shared/model/results.ts';

/** What a result means, for the moment before it is saved. */
export const resultMeaning: Readonly<Record<ResultCode, MessageDescriptor>> = {
  'not-home': msg`Nobody opened.`,
  refused: msg`They opened and did not want to talk.`,
  'come-back': msg`They asked for another time. Write down when.`,
  inaccessible: msg`A gate, a buzzer, a dog: you could not reach the door. Write down what would help.`,
  'language-barrier': msg`You had no language in common. Write down theirs.`,
  moved: msg`They live somewhere else now.`,
  deceased: msg`Somebody told you that they died.`,
  'wrong-address': msg`There is no such door, or nobody lives behind it.`,
  'already-voted': msg`They voted already.`,
  'do-not-contact': msg`They asked not to be contacted again.`,
  hostile: msg`You felt unsafe, or were told to leave. Nobody should come here alone.`,
  voicemail: msg`Nobody picked up, and you could leave a message.`,
  'wrong-number': msg`The number is somebody else's, or nobody's.`,
};
