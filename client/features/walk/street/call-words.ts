import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ResultCode } from '#shared/model/results.ts';
import { resultWords } from '../../../ui/result-words.ts';
import type { CallStanding } from './call-rows.ts';

/** What a telephone says otherwise than a door. */
const OF_CALLS: Partial<Readonly<Record<ResultCode, MessageDescriptor>>> = {
  'not-home': msg`No answer`,
  'come-back': msg`Call back`,
  'do-not-contact': msg`Do not contact`,
};

/** A result in the words of a call. */
export function callWord(result: ResultCode): MessageDescriptor {
  return OF_CALLS[result] ?? resultWords[result];
}

/** What a result means on the telephone, where that is other than at a door. */
export const callMeaning: Partial<Readonly<Record<ResultCode, MessageDescriptor>>> = {
  refused: msg`They picked up and did not want to talk.`,
  'come-back': msg`They asked for another time. Write down when.`,
  hostile: msg`They insulted or threatened you.`,
};

export const callStandingWords: Readonly<Record<CallStanding, MessageDescriptor>> = {
  'to-do': msg`To call`,
  again: msg`Try again`,
  contact: msg`Talked`,
  done: msg`Done`,
  refuses: msg`Asked not to be called`,
  'do-not-contact': msg`Do not contact`,
};

/** What a call can bring without a conversation, in the order of how often it does. */
export const CALL_RESULTS: readonly ResultCode[] = [
  'not-home',
  'voicemail',
  'wrong-number',
  'refused',
  'come-back',
  'language-barrier',
  'moved',
  'deceased',
  'already-voted',
  'hostile',
  'do-not-contact',
];
