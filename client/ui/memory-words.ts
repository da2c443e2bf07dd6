import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { BuildingMemory } from '#shared/model/field-words.ts';

/** Headings under which a building is remembered, on the phone and at the desk. */
export const memoryWords: Readonly<Record<BuildingMemory, MessageDescriptor>> = {
  buzzer: msg`Buzzer`,
  access: msg`Way in`,
  entrance: msg`Entrance`,
  'best-time': msg`Best time`,
  warning: msg`Warning`,
};
