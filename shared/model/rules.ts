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

/** Under which terms a voter file came: noted with its import. */
export interface Terms {
  readonly state: Region;
  /** `YYYY-MM-DD`; null: nobody has said. */
  readonly obtainedOn: string | null;
  readonly purpose: Purpose;
  /** What was signed for it, in words; may be empty. */
  readonly agreement: string;
  readonly serverIn: ServerPlace;
}
