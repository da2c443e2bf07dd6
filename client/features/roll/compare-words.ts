import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DiffField } from '#shared/model/diff-fields.ts';
import type { DiffKind } from '#shared/model/roll.ts';
import { FIELD_WORDS } from './field-words.ts';

/** What becomes of people when a roll takes another's place, in the order in which they are drawn. */
export const COMPARED: readonly (DiffKind | 'same')[] = ['same', 'changed', 'moved', 'new', 'gone'];

export const COMPARED_WORDS: Readonly<Record<DiffKind | 'same', MessageDescriptor>> = {
  same: msg`the same`,
  changed: msg`changed`,
  moved: msg`moved`,
  new: msg`new`,
  gone: msg`gone`,
};

/** The words for something that two rolls say differently of a person. */
export function fieldWords(field: DiffField): MessageDescriptor {
  if (field === 'address') return msg`Address`;
  if (field === 'votes') return msg`Elections voted in`;
  if (field === 'districts') return msg`Districts`;
  return FIELD_WORDS[field];
}
