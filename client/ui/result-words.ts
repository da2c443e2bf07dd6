import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ResultCode } from '#shared/model/results.ts';

/** What a result is called on a button and in a history, on the phone and at the desk. */
export const resultWords: Readonly<Record<ResultCode, MessageDescriptor>> = {
  'not-home': msg`Not home`,
  refused: msg`Refused`,
  'come-back': msg`Come back`,
  inaccessible: msg`Inaccessible`,
  'language-barrier': msg`Language barrier`,
  moved: msg`Moved`,
  deceased: msg`Deceased`,
  'wrong-address': msg`Wrong address`,
  'already-voted': msg`Already voted`,
  'do-not-contact': msg`Do not contact`,
  hostile: msg`Hostile`,
  voicemail: msg`Voicemail`,
  'wrong-number': msg`Wrong number`,
};
