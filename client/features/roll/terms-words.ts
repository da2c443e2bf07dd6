import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Purpose, Region } from '#shared/model/rules.ts';

export const STATE_WORDS: Readonly<Record<Region, MessageDescriptor>> = {
  'US-CA': msg`California`,
  'US-FL': msg`Florida`,
  'US-NC': msg`North Carolina`,
  'US-NY': msg`New York`,
  'US-OH': msg`Ohio`,
  other: msg`Another state`,
};

export const FOR_WORDS: Readonly<Record<Purpose, MessageDescriptor>> = {
  election: msg`an election`,
  political: msg`political work`,
  scholarly: msg`research`,
  journalistic: msg`journalism`,
  governmental: msg`government`,
  membership: msg`finding members`,
  other: msg`something else`,
};
