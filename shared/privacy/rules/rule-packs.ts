import type { RollField } from '../../model/roll.ts';
import { type Purpose, type Region, REGIONS } from '../../model/rules.ts';

/**
 * What is known of one state's law on voter files, as data: it guides what the software does and is
 * no legal advice. The sentences for people are on the page; here is what decides.
 */
export interface RulePack {
  readonly region: Region;
  /** Changes with each change of what is said here. */
  readonly version: string;
  /** Statutes and rules that this rests on. */
  readonly sources: readonly string[];
  readonly purposes: readonly Purpose[];
  /** Where it may be kept; null: nothing is said of it. */
  readonly keptIn: 'us' | null;
  /** Columns that are not read unless the law changes. */
  readonly refuses: readonly RollField[];
  /** A phone with its data locks after so many minutes at the latest. */
  readonly lockMinutes: number;
  /** Whom the law wants told of a breach first; null: ask counsel. */
  readonly breachTo: 'secretary-of-state' | null;
  /** False: nobody has looked at this state's law for us. */
  readonly known: boolean;
}

/** The most that we allow ourselves anywhere. */
const OWN_LOCK = 15;

const KNOWN: Readonly<Record<Exclude<Region, 'other'>, RulePack>> = {
  'US-CA': {
    region: 'US-CA',
    version: '2026-11',
    sources: ['2 CCR 19003', '2 CCR 19004', '2 CCR 19005', '2 CCR 19012', 'Elec. Code 2188.3'],
    purposes: ['election', 'scholarly', 'journalistic', 'political', 'governmental'],
    keptIn: 'us',
    refuses: [],
    lockMinutes: 15,
    breachTo: 'secretary-of-state',
    known: true,
  },
  'US-FL': {
    region: 'US-FL',
    version: '2026-11',
    sources: ['Fla. Stat. 97.0585'],
    purposes: ['election', 'political', 'scholarly', 'journalistic', 'governmental', 'other'],
    keptIn: null,
    refuses: [],
    lockMinutes: OWN_LOCK,
    breachTo: null,
    known: true,
  },
  'US-NC': {
    region: 'US-NC',
    version: '2026-11',
    sources: ['G.S. 163-82.10'],
    purposes: [
      'election',
      'political',
      'scholarly',
      'journalistic',
      'governmental',
      'membership',
      'other',
    ],
    keptIn: null,
    refuses: ['birth-date', 'email'],
    lockMinutes: OWN_LOCK,
    breachTo: null,
    known: true,
  },
  'US-NY': {
    region: 'US-NY',
    version: '2026-11',
    sources: ['Election Law 3-103(5)'],
    purposes: ['election'],
    keptIn: null,
    refuses: [],
    lockMinutes: OWN_LOCK,
    breachTo: null,
    known: true,
  },
  'US-OH': {
    region: 'US-OH',
    version: '2026-11',
    sources: ['ORC 3503.13'],
    purposes: [
      'election',
      'political',
      'scholarly',
      'journalistic',
      'governmental',
      'membership',
      'other',
    ],
    keptIn: null,
    refuses: [],
    lockMinutes: OWN_LOCK,
    breachTo: null,
    known: true,
  },
};

/** Of a state that we know nothing of, whatever any state refuses is refused. */
const UNKNOWN: RulePack = {
  region: 'other',
  version: '2026-11',
  sources: [],
  purposes: ['election', 'political'],
  keptIn: null,
  refuses: [...new Set(Object.values(KNOWN).flatMap(({ refuses }) => refuses))],
  lockMinutes: OWN_LOCK,
  breachTo: null,
  known: false,
};

/** True for a state that has rules here, and for `other`. */
export const isRegion = (text: unknown): text is Region => REGIONS.some((one) => one === text);

/** The rules of a state; of one that we know nothing of, and of none, those of `other`. */
export function rulesOf(region: string | null): RulePack {
  return isRegion(region) && region !== 'other' ? KNOWN[region] : UNKNOWN;
}
