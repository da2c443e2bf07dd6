import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { NotKnown, Purpose, Region, ServerPlace, TermName } from '#shared/model/rules.ts';

/** The terms of a voter file, in words for the desk: where they are asked for and where they stand. */
export const REGION_WORDS: Readonly<Record<Region | NotKnown, MessageDescriptor>> = {
  'US-CA': msg`California`,
  'US-FL': msg`Florida`,
  'US-NC': msg`North Carolina`,
  'US-NY': msg`New York`,
  'US-OH': msg`Ohio`,
  other: msg`Another state`,
  'not-known': msg`a state not known`,
};

export const PURPOSE_WORDS: Readonly<Record<Purpose | NotKnown, MessageDescriptor>> = {
  election: msg`an election`,
  political: msg`political work`,
  scholarly: msg`research`,
  journalistic: msg`journalism`,
  governmental: msg`government`,
  membership: msg`finding members`,
  other: msg`something else`,
  'not-known': msg`a purpose not known`,
};

export const PLACE_WORDS: Readonly<Record<ServerPlace | NotKnown, MessageDescriptor>> = {
  us: msg`in the United States`,
  elsewhere: msg`outside the United States`,
  'not-known': msg`at a place not known`,
};

export const TERM_WORDS: Readonly<Record<TermName, MessageDescriptor>> = {
  state: msg`the state`,
  purpose: msg`the purpose`,
  serverIn: msg`where the server is`,
  obtainedOn: msg`the day you got it`,
  agreement: msg`what was signed`,
};
