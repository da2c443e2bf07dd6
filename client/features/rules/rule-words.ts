import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { SweepReport } from '#shared/model/privacy.ts';
import type { Region } from '#shared/model/rules.ts';

/** What each state asks for, in plain words; what decides is in shared/privacy/rules. */
export const REGION_RULES: Readonly<Record<Region, readonly MessageDescriptor[]>> = {
  'US-CA': [
    msg`Only for elections, research, journalism, politics and government. Never to sell anything, and never to harass anybody.`,
    msg`It may not be kept or sent outside the United States, so no file comes in until somebody has said that the server is there.`,
    msg`Only who needs it may see it, on devices that lock after 15 minutes at most and keep it encrypted.`,
    msg`Whoever passes it on answers for whoever gets it.`,
    msg`If it gets out, the Secretary of State has to be told.`,
  ],
  'US-FL': [
    msg`Everything about people of 16 and 17 who are registered early is confidential: nobody under 18 is ever listed.`,
    msg`Licence and social security numbers, where somebody registered, and felonies are confidential.`,
  ],
  'US-NC': [
    msg`Birth dates, e-mail addresses, social security and licence numbers are confidential: those columns are not read. Ages come from the age or birth-year column.`,
    msg`Totals may be published when nobody can be recognized in them.`,
  ],
  'US-NY': [msg`Only for elections.`],
  'US-OH': [
    msg`Registration is open to the public, and the section that says so sets no purpose. We note yours all the same.`,
  ],
  other: [
    msg`We have not looked at this state’s law. Ask counsel before the first file comes in: some states give files to candidates and parties only, others want an affidavit for each use.`,
    msg`Until then birth dates and e-mail addresses are not read.`,
  ],
};

/** What a sweep deletes; people who turned 18 are no loss, and unknown terms stay. */
export type Swept = Exclude<keyof SweepReport, 'adults' | 'unknownTerms'>;

export const SWEEP_WORDS: Readonly<Record<Swept, MessageDescriptor>> = {
  notes: msg`notes`,
  answers: msg`conversations’ answers`,
  uploads: msg`uploaded files`,
  faults: msg`rows of older files`,
  keys: msg`keys of silent phones`,
  sessions: msg`sessions, links and invites that ran out`,
};
export const SWEPT: readonly Swept[] = [
  'notes',
  'answers',
  'uploads',
  'faults',
  'keys',
  'sessions',
];
