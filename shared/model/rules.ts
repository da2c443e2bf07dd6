/** What a voter file may be used for, as states name it. */
export const PURPOSES = [
  'election',
  'political',
  'scholarly',
  'journalistic',
  'governmental',
  'membership',
  'other',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Where the server stands, as the chapter says. */
export const SERVER_PLACES = ['us', 'elsewhere'] as const;
export type ServerPlace = (typeof SERVER_PLACES)[number];

/** States whose rules we have written down; `other` stands for all the rest: ask counsel. */
export const REGIONS = ['US-CA', 'US-FL', 'US-NC', 'US-NY', 'US-OH', 'other'] as const;
export type Region = (typeof REGIONS)[number];

/** What a chapter has decided about what it keeps. */
export interface ChapterRules {
  readonly serverIn: ServerPlace | null;
  /** Months after which notes go. */
  readonly notesMonths: number;
  /** Months after which answers go. */
  readonly answersMonths: number;
  /** The day on which the campaign's election was certified, `YYYY-MM-DD`; null: none is set. */
  readonly certifiedOn: string | null;
  /** Days after its last contact for which a phone's key may still send. */
  readonly keyDays: number;
}

/** The most that a chapter may set, and what holds where it has set nothing. */
export const MOST_KEPT = { notesMonths: 12, answersMonths: 24, keyDays: 90 } as const;
/** Days after a certified election after which its answers go, whatever their age. */
export const AFTER_CERTIFIED_DAYS = 60;

export const NO_RULES: ChapterRules = {
  serverIn: null,
  certifiedOn: null,
  ...MOST_KEPT,
};

/** The answer of somebody who was asked and does not know: kept as such, and shown until it is known. */
export const NOT_KNOWN = 'not-known';
export type NotKnown = typeof NOT_KNOWN;

/** Under which terms a voter file came: noted with its import. */
export interface Terms {
  readonly state: Region | NotKnown;
  /** `YYYY-MM-DD`; null: not known. */
  readonly obtainedOn: string | null;
  readonly purpose: Purpose | NotKnown;
  /** What was signed for it, in words; empty: not known. */
  readonly agreement: string;
  readonly serverIn: ServerPlace | NotKnown;
}

/** What is asked of every file, in the order in which it is asked. */
export const TERMS = ['state', 'purpose', 'serverIn', 'obtainedOn', 'agreement'] as const;
export type TermName = (typeof TERMS)[number];

/** What the demo chapter's file comes under: its people are made up. */
export const DEMO_TERMS: Terms = {
  state: 'US-OH',
  obtainedOn: '2026-01-02',
  purpose: 'political',
  agreement: 'None: everybody in it is made up.',
  serverIn: 'us',
};
