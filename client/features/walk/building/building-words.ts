import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconAlertTriangle,
  IconBell,
  IconClock,
  IconDoor,
  IconKey,
  type Icon,
} from '@tabler/icons-react';
import type { BuildingMemory } from '#shared/model/field-words.ts';

/** What to write under each, as an example. */
export const memoryHints: Readonly<Record<BuildingMemory, MessageDescriptor>> = {
  buzzer: msg`For example: top row, no names; press the number of the unit.`,
  access: msg`For example: gate code, or open until six.`,
  entrance: msg`Press the map where one goes in. Words may help: round the back.`,
  'best-time': msg`For example: weekdays after six.`,
  warning: msg`For example: loose dog in the yard, broken stair.`,
};

export const memoryIcons: Readonly<Record<BuildingMemory, Icon>> = {
  buzzer: IconBell,
  access: IconKey,
  entrance: IconDoor,
  'best-time': IconClock,
  warning: IconAlertTriangle,
};
