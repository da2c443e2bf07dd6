import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { QuestionKind } from '#shared/model/script.ts';

export const KINDS = [
  'support',
  'one',
  'many',
  'number',
  'date',
  'text',
] as const satisfies readonly QuestionKind[];

export const KIND_WORDS: Readonly<Record<QuestionKind, MessageDescriptor>> = {
  support: msg`Support, 1 to 5`,
  one: msg`One choice`,
  many: msg`Several choices`,
  number: msg`A number`,
  date: msg`A day`,
  text: msg`Their own words`,
};
