import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconCircleCheck,
  IconCircleMinus,
  IconDeviceMobile,
  IconEye,
  type Icon,
} from '@tabler/icons-react';
import type { Place } from './place-of.ts';

/** Where a fact is, in full. */
export const placeWords: Readonly<Record<Place, MessageDescriptor>> = {
  phone: msg`on this phone`,
  held: msg`your chapter looks at this one`,
  aside: msg`your chapter does not count this one`,
  chapter: msg`received`,
};

/** The same where there is little room. */
export const placeShort: Readonly<Record<Place, MessageDescriptor>> = {
  ...placeWords,
  held: msg`held`,
  aside: msg`not counted`,
};

export const placeIcons: Readonly<Record<Place, Icon>> = {
  phone: IconDeviceMobile,
  held: IconEye,
  aside: IconCircleMinus,
  chapter: IconCircleCheck,
};
