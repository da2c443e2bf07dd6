import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const SUPPORT_LEVELS = [1, 2, 3, 4, 5] as const;
export type SupportLevel = (typeof SUPPORT_LEVELS)[number];

/** What each level of support is called; 0 is not a level. */
export const supportWords: Readonly<Record<SupportLevel, MessageDescriptor>> = {
  1: msg`Strong support`,
  2: msg`Leans our way`,
  3: msg`Undecided`,
  4: msg`Leans against`,
  5: msg`Strongly against`,
};
