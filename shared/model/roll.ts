import { Type, type Static } from 'typebox';
import { GivenTerms } from './privacy.ts';
import type { Terms } from './rules.ts';
import { strict, words } from './schema.ts';
import type { ImportId, PersonId } from '../kernel/ids.ts';
import type { Problem } from '../kernel/problem.ts';
import type { DiffField } from './diff-fields.ts';

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
  'floor',
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
export const DELIMITERS = [',', '\t', '|', ';', '^', '~', 'fixed'] as const;

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

/** A mapping as an import goes by it: without the columns that the terms of the file withhold. */
export interface AppliedMapping extends RollMapping {
  readonly withheld?: readonly ColumnUse[];
}

/** One column as the file has it, with what we took it for and why. */
export interface InspectedColumn {
  readonly column: number;
  /** As written, trailing blanks kept: they are shown to the person. */
  readonly name: string;
  readonly use: ColumnUse | null;
  /**
   * What the guess rests on, or why there is none: `mapping` is somebody's word, `forbidden` is never
   * read. Null: no idea.
   */
  readonly because: 'layout' | 'header' | 'values' | 'mapping' | 'forbidden' | null;
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
    /** Take the place of the roll that stands without waiting for somebody's word. */
    apply: Type.Optional(Type.Boolean()),
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
  /**
   * Against the roll before: people who were not in it, changed at the same door, are at another, or
   * stayed the same, whose sum is `people`; and who left. Reports of before have no `moved`: it is in `changed`.
   */
  readonly added: number;
  readonly changed: number;
  readonly moved?: number;
  readonly same: number;
  readonly gone: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  readonly unplacedByReason: Readonly<Record<string, number>>;
  /** Taken, with something left out or put right; not in older reports. */
  readonly notedByReason?: Readonly<Record<string, number>>;
}

/** `ready`: read whole and compared, waits beside the roll that stands to be applied or thrown away. */
export type ImportState = 'waiting' | 'running' | 'ready' | 'done' | 'failed' | 'cancelled';

/** The way of a roll into its place, or out of it. */
export type RollFlip = 'apply' | 'undo';

/** `GET /v1/roll/imports/:id` and, while it runs, every half second. */
export interface RollImport {
  readonly id: ImportId;
  readonly fileName: string;
  readonly state: ImportState;
  readonly step: 'reading' | 'placing' | 'publishing' | 'undoing' | null;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly bytes: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly report: ImportReport | null;
  /** True while the roll before this one is kept and can be brought back. */
  readonly canUndo: boolean;
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

/** What becomes of a person when a roll takes another's place; whoever stays as they were has no kind. */
export const DIFF_KINDS = ['new', 'changed', 'moved', 'gone'] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

/** One person in whom two rolls differ. */
export interface DiffPerson {
  readonly id: PersonId;
  /** The roll's own id. */
  readonly sourceId: string | null;
  readonly name: string;
  /** The address in the roll before; null: not in it. */
  readonly from: string | null;
  /** The address in the roll after; null: not in it. */
  readonly to: string | null;
  /** What is said differently of them, in the order of the roll's columns; null: not said. */
  readonly fields: readonly {
    readonly field: DiffField;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** A page of those of one kind; people under 18 are counted, and in no page. */
export interface DiffPage {
  readonly people: readonly DiffPerson[];
  /** What to ask with for the next page; null at the end. */
  readonly after: number | null;
}

/** `GET /v1/roll/imports/:id/diff`: how a roll differs from the one before it. */
export interface RollDiff {
  readonly importId: ImportId;
  /** False when the roll before is not kept any more: then there are counts, and nobody by name. */
  readonly kept: boolean;
  /** People of both rolls: new + changed + moved + same are those of the roll after. */
  readonly counts: Readonly<Record<DiffKind | 'same', number>>;
  /** Of those who changed or moved, in how many each field is another. */
  readonly fields: Readonly<Partial<Record<DiffField, number>>>;
  /** The first of each kind. */
  readonly samples: Readonly<Record<DiffKind, readonly DiffPerson[]>>;
}
