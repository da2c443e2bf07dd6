import type { MemberId, UniverseId } from '../kernel/ids.ts';
import type { ConsentRecipients } from './consent.ts';

/** What the recipient is by law. */
export const LEGAL_KINDS = [
  'candidate',
  'party',
  'coalition',
  'charity-501c3',
  'welfare-501c4',
  'union',
  'vendor',
  'researcher',
  'press',
  'other',
] as const;
export type LegalKind = (typeof LEGAL_KINDS)[number];

/** On what ground the recipient gets it. */
export const BASES = ['sold', 'exchanged', 'committee', 'service', 'other'] as const;
export type BasisKind = (typeof BASES)[number];

/** Why it may be given; `what` says what it is exchanged for, or the ground in words. */
export interface ShareBasis {
  readonly kind: BasisKind;
  readonly what: string;
}

export const SHARE_WARNINGS = [
  'in-kind',
  'coordination',
  'ask-counsel',
  'no-endorsement',
  'only-for-us',
  'agreement-first',
  'roll-terms',
] as const;
export type ShareWarning = (typeof SHARE_WARNINGS)[number];

interface KindRule {
  /** Which consent the people in the file must have given; null: none is needed. */
  readonly consent: ConsentRecipients | null;
  readonly warnings: readonly ShareWarning[];
  /** Bases that fit the kind. */
  readonly bases: readonly BasisKind[];
  /** False: it never gets a file without a written agreement. */
  readonly withoutAgreement: boolean;
}

/**
 * What is known of each kind, as data. Sources: FEC AO 2024-01 (canvass data given to a federal
 * candidate or party below fair market value is an in-kind contribution), 11 CFR 100.52(d) and
 * 114.2 (corporations), 26 USC 501(c)(3) (no campaign intervention). No legal advice.
 */
export const KIND_RULES: Readonly<Record<LegalKind, KindRule>> = {
  candidate: {
    consent: 'campaigns',
    warnings: ['in-kind', 'coordination', 'roll-terms'],
    bases: ['sold', 'exchanged', 'committee', 'other'],
    withoutAgreement: true,
  },
  party: {
    consent: 'campaigns',
    warnings: ['in-kind', 'coordination', 'roll-terms'],
    bases: ['sold', 'exchanged', 'committee', 'other'],
    withoutAgreement: true,
  },
  coalition: {
    consent: 'partners',
    warnings: ['ask-counsel', 'roll-terms'],
    bases: ['sold', 'exchanged', 'committee', 'other'],
    withoutAgreement: true,
  },
  'charity-501c3': {
    consent: 'partners',
    warnings: ['no-endorsement', 'ask-counsel', 'roll-terms'],
    bases: ['sold', 'exchanged', 'other'],
    withoutAgreement: true,
  },
  'welfare-501c4': {
    consent: 'partners',
    warnings: ['ask-counsel', 'roll-terms'],
    bases: ['sold', 'exchanged', 'committee', 'other'],
    withoutAgreement: true,
  },
  union: {
    consent: 'partners',
    warnings: ['ask-counsel', 'roll-terms'],
    bases: ['sold', 'exchanged', 'committee', 'other'],
    withoutAgreement: true,
  },
  vendor: {
    consent: null,
    warnings: ['only-for-us', 'agreement-first', 'roll-terms'],
    bases: ['service'],
    withoutAgreement: false,
  },
  researcher: {
    consent: 'research',
    warnings: ['agreement-first', 'roll-terms'],
    bases: ['sold', 'exchanged', 'other'],
    withoutAgreement: false,
  },
  press: {
    consent: 'others',
    warnings: ['ask-counsel', 'roll-terms'],
    bases: ['sold', 'exchanged', 'other'],
    withoutAgreement: true,
  },
  other: {
    consent: 'others',
    warnings: ['ask-counsel', 'roll-terms'],
    bases: ['sold', 'exchanged', 'committee', 'other'],
    withoutAgreement: true,
  },
};

/** What marks a field: how to reach somebody, what they said, whom they support, what they allowed. */
export type FieldMark = 'contact' | 'answers' | 'support' | 'consent';

/**
 * What a file for somebody outside can hold, in the order of its columns. Ids of ours, of phones and
 * of facts are not among them; `voter_id` is the roll's own.
 */
export const SHARE_FIELDS = [
  { name: 'voter_id', mark: null },
  { name: 'first_name', mark: null },
  { name: 'last_name', mark: null },
  { name: 'address', mark: 'contact' },
  { name: 'unit', mark: 'contact' },
  { name: 'city', mark: 'contact' },
  { name: 'zip', mark: 'contact' },
  { name: 'precinct', mark: null },
  { name: 'phone', mark: 'contact' },
  { name: 'party', mark: null },
  { name: 'age_band', mark: null },
  { name: 'last_result', mark: 'answers' },
  { name: 'last_knocked_on', mark: 'answers' },
  { name: 'answers', mark: 'answers' },
  { name: 'support', mark: 'support' },
  { name: 'consent_given_on', mark: 'consent' },
] as const satisfies readonly { readonly name: string; readonly mark: FieldMark | null }[];
export type ShareField = (typeof SHARE_FIELDS)[number]['name'];
export const SHARE_FIELD_NAMES: readonly ShareField[] = SHARE_FIELDS.map(({ name }) => name);

export const SHARE_STATES = ['asked', 'approved', 'refused', 'taken'] as const;
export type ShareState = (typeof SHARE_STATES)[number];

/** `GET /v1/shares`: what was asked for and what became of it. Times in ms since 1970. */
export interface Share {
  readonly id: string;
  readonly recipient: string;
  readonly legalKind: LegalKind;
  readonly purpose: string;
  /** The agreement's text, or '': there is none. */
  readonly agreement: string;
  readonly basis: ShareBasis;
  /** The price; null where none is paid. */
  readonly cents: number | null;
  readonly fields: readonly ShareField[];
  readonly universe: { readonly id: UniverseId; readonly name: string } | null;
  /** Null: no consent is needed. */
  readonly consent: ConsentRecipients | null;
  readonly state: ShareState;
  readonly askedBy: { readonly id: MemberId; readonly name: string };
  readonly askedAt: number;
  readonly decidedBy: { readonly id: MemberId; readonly name: string } | null;
  readonly decidedAt: number | null;
  /** Why it was refused. */
  readonly why: string | null;
  readonly takenAt: number | null;
  /** Null after it was taken: the server ended meanwhile, and part of it may have left. */
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** The download broke off: the numbers are what left at most. */
  readonly broken: boolean;
}

/** `POST /v1/shares/count`: how many people a share would hold, and why others are not in it. */
export interface ShareCount {
  readonly people: number;
  readonly optedOut: number;
  readonly withoutConsent: number;
}

/** `POST /v1/shares/trace`: to whom the rows of a file that turned up were given. */
export interface ShareTrace {
  /** Marks that were read. */
  readonly marks: number;
  readonly found: readonly {
    readonly share: Share;
    /** How many of the marks are this share's. */
    readonly rows: number;
  }[];
}
