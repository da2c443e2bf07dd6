import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DoorStanding } from '#shared/model/turf.ts';

/** What a door's standing is called. */
export const standingWords: Readonly<Record<DoorStanding, MessageDescriptor>> = {
  'to-do': msg`To do`,
  'not-home': msg`Not home`,
  contact: msg`Contact`,
  done: msg`Done`,
  'do-not-contact': msg`Do not contact`,
};
