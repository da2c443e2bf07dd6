/** What two records of the roll say of each field, likest first. */
export const AGREEMENTS = {
  last: ['same', 'part', 'typo', 'unknown', 'other'],
  first: ['same', 'nickname', 'typo', 'middle', 'initial', 'unknown', 'other'],
  middle: ['same', 'initial', 'unknown', 'other'],
  suffix: ['same', 'none', 'one', 'other'],
  birth: ['same', 'near', 'unknown', 'typo', 'other', 'generation'],
  sex: ['same', 'unknown', 'other'],
  place: ['door', 'building', 'other'],
  phone: ['same', 'unknown', 'other'],
  email: ['same', 'unknown', 'other'],
} as const;

export type EvidenceField = keyof typeof AGREEMENTS;
export const EVIDENCE_FIELDS = Object.keys(AGREEMENTS) as EvidenceField[];

/** How two records agree, field by field. `votes`: elections in which both are said to have voted. */
export type Evidence = {
  readonly [F in EvidenceField]: (typeof AGREEMENTS)[F][number];
} & { readonly votes: number };

/** Below this a pair is not proposed to anybody. */
export const LEAST_SCORE = 0.7;
/** What a rule may merge without a person having looked at the pair. */
export const RULE_SCORE = 0.98;
/** No rule goes lower. */
export const LEAST_RULE_SCORE = 0.9;
