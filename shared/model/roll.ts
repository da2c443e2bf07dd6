import { Type, type Static } from 'typebox';
import { GivenTerms } from './privacy.ts';
import type { Terms } from './rules.ts';
import { strict, words } from './schema.ts';
import type { ImportId } from '../kernel/ids.ts';
import type { Problem } from '../kernel/problem.ts';

/** What a column of a voter file can mean to us. */
export const ROLL_FIELDS = [
  'voter-id',
  'household-id',
  'full-name',
  'first-name',
  'middle-name',
  'last-name',
  'name-suffix',
  'sex',
  'age',
  'birth-date',
  'birth-year',
  'party',
  'registration-date',
  'status',
  'house-number',
  'house-number-half',
  'street-prefix',
  'street-name',
  'street-type',
  'street-suffix',
  'unit-type',
  'unit',
  'address-line',
  'address-line-2',
  'city',
  'state',
  'zip',
  'zip4',
  'precinct',
  'ward',
  'congressional-district',
  'senate-district',
  'house-district',
  'county-district',
  'council-district',
  'school-district',
  'language',
  'phone',
  'phone-area',
  'cell-phone',
  'home-phone',
  'email',
  'lat',
  'lon',
  'voted',
  'vote-dates',
] as const;
export type RollField = (typeof ROLL_FIELDS)[number];

/**
 * What one column is taken for. `voted` names its election in `election` (e.g. `2024-11-05` or
 * `General 2024`); `vote-dates` holds several elections in one cell. Null is not used.
 */
export const ColumnUse = Type.Object(
  {
    column: Type.Integer({ minimum: 0, maximum: 2000 }),
    field: words(ROLL_FIELDS),
    election: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
);
export type ColumnUse = Static<typeof ColumnUse>;

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
/** `fixed`: no sign, each cell has its place in the line, as the layout says. */
export const DELIMITERS = [',', '\t', '|', ';', 'fixed'] as const;

/** How a file is read and what its columns mean. */
export const RollMapping = Type.Object(
  {
    encoding: words(ENCODINGS),
    delimiter: words(DELIMITERS),
    layout: Type.Unsafe<string | null>({ type: 'string', nullable: true, maxLength: 60 }),
    /** Whether quotation marks wrap cells; left out: in all files but those with `|`. */
    quoted: Type.Optional(Type.Boolean()),
    /** The line on which the header begins, from 1; 0: there is none. Left out: the first row. */
    headerLine: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
    columns: Type.Array(ColumnUse, { maxItems: 500 }),
  },
  strict,
);
export type RollMapping = Static<typeof RollMapping>;

/** One column as the file has it, with what we took it for and why. */
export interface InspectedColumn {
  readonly column: number;
  /** As written, trailing blanks kept: they are shown to the person. */
  readonly name: string;
  readonly use: ColumnUse | null;
  /** What the guess rests on, or why there is none: `forbidden` is never read. Null: no idea. */
  readonly because: 'layout' | 'header' | 'values' | 'forbidden' | null;
  readonly samples: readonly string[];
}

/** What a look at the beginning of a file tells, before anything is imported. */
export interface RollInspection {
  readonly fileName: string;
  readonly bytes: number;
  readonly encoding: (typeof ENCODINGS)[number];
  readonly delimiter: (typeof DELIMITERS)[number];
  readonly quoted: boolean;
  /** The line on which the header begins, from 1; 0: there is none, columns go by their place. */
  readonly headerLine: number;
  readonly layout: string | null;
  readonly columns: readonly InspectedColumn[];
  /** The first rows as cells. */
  readonly preview: readonly (readonly string[])[];
  /** What to tell the person before they start, such as two columns of one name. */
  readonly notices: readonly Problem[];
}

/** `POST /v1/roll/imports`. */
export const StartImport = Type.Object(
  {
    uploadId: Type.String({ maxLength: 64 }),
    mapping: RollMapping,
    terms: Type.Optional(GivenTerms),
  },
  strict,
);
export type StartImport = Static<typeof StartImport>;

/** What an import did, row by row accounted for: rows = people + repeated + rejected. */
export interface ImportReport {
  readonly rows: number;
  readonly people: number;
  /** Rows that say again what an earlier row of the file said (the same id). */
  readonly repeated: number;
  readonly rejected: number;
  readonly doors: number;
  readonly buildings: number;
  /** People by how their door was placed. The sum is `people`. */
  readonly placed: {
    readonly exact: number;
    readonly tolerant: number;
    readonly interpolated: number;
    readonly given: number;
    /** Where somebody of the chapter had put it before; not in older reports. */
    readonly settled?: number;
  };
  readonly unplaced: number;
  /** Known as people who asked not to be contacted, whatever their number is now; not in older reports. */
  readonly suppressed?: number;
  /** Under 18 on the day of the import, and not listed until they are; not in older reports. */
  readonly minors?: number;
  /** Against the roll before: people who were not in it, changed, or stayed the same; and who left. */
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly gone: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  readonly unplacedByReason: Readonly<Record<string, number>>;
  /** Taken, with something left out or put right; not in older reports. */
  readonly notedByReason?: Readonly<Record<string, number>>;
}

export type ImportState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** `GET /v1/roll/imports/:id` and, while it runs, every half second. */
export interface RollImport {
  readonly id: ImportId;
  readonly fileName: string;
  readonly state: ImportState;
  readonly step: 'reading' | 'placing' | 'publishing' | null;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly bytes: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly report: ImportReport | null;
  /** Under which terms the file came; null: nobody has said. */
  readonly terms: Terms | null;
  /** When it failed: the sentence to show. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}

/** `GET /v1/roll`: the roll that stands now, and earlier imports, newest first. */
export interface RollSummary {
  readonly people: number;
  readonly doors: number;
  readonly placedDoors: number;
  readonly imports: readonly RollImport[];
}
