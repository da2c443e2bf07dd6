import { Type, type Static } from 'typebox';
import type { Id } from '../kernel/ids.ts';
import type { Problem } from '../kernel/problem.ts';
import { LAYER_HOW, LAYER_KINDS, type LayerKind, type SampleGroup } from './layer-kind.ts';
import { type RollField, RollMapping } from './roll.ts';
import { NOT_KNOWN, PURPOSES, type NotKnown, type Purpose } from './rules.ts';
import { id, orNull, strict, words } from './schema.ts';

export type LayerId = Id<'layer'>;

/** A column of the file that the layer takes, under a name that people understand. */
export const LayerColumnWish = Type.Object(
  {
    column: Type.Integer({ minimum: 0, maximum: 2000 }),
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    kind: words(LAYER_KINDS),
  },
  strict,
);
export type LayerColumnWish = Static<typeof LayerColumnWish>;

/** `POST /v1/roll/layers/drafts`: find the people of a file; nothing is kept yet. */
export const StartLayer = Type.Object(
  {
    uploadId: Type.String({ maxLength: 64 }),
    /** How the file is read, and which of its columns say who somebody is. */
    mapping: RollMapping,
    how: words(LAYER_HOW),
    /** The chapter's own member list: for admin and research lead alone. */
    members: Type.Boolean(),
    /** None: only who is in the file. */
    columns: Type.Array(LayerColumnWish, { maxItems: 20 }),
  },
  strict,
);
export type StartLayer = Static<typeof StartLayer>;

/** Where a layer comes from and what it may be used for. */
export interface LayerTerms {
  /** Who gave it, in words; empty: not known. */
  readonly source: string;
  /** `YYYY-MM-DD`; null: not known. */
  readonly obtainedOn: string | null;
  readonly purpose: Purpose | NotKnown;
  /** What was agreed about it, in words; empty: not known. */
  readonly agreement: string;
}

/** `POST /v1/roll/layers/drafts/:id/keep`. */
export const KeepLayer = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    terms: Type.Object(
      {
        source: Type.String({ maxLength: 400 }),
        obtainedOn: orNull<string>({
          type: 'string',
          maxLength: 10,
          pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
        }),
        purpose: words([...PURPOSES, NOT_KNOWN]),
        agreement: Type.String({ maxLength: 4000 }),
      },
      strict,
    ),
    /** The layer whose place it takes; null: it is a new one. */
    replaces: orNull<LayerId>(id<LayerId>()),
  },
  strict,
);
export type KeepLayer = Static<typeof KeepLayer>;

/** Row by row accounted for: rows = byId + exact + tolerant + ambiguous + unmatched + rejected + repeated + erased. */
export interface LayerCounts {
  readonly rows: number;
  /** People by the id of the roll. */
  readonly byId: number;
  /** People by name and address, letter by letter or nearly so. */
  readonly exact: number;
  readonly tolerant: number;
  /** Rows that fit several people, or people whom several rows fit: nobody is guessed. */
  readonly ambiguous: number;
  readonly unmatched: number;
  /** Rows that cannot be read, or do not say who they are about. */
  readonly rejected: number;
  /** Rows that say again what an earlier one said. */
  readonly repeated: number;
  /** Rows of people whom the chapter must not keep. */
  readonly erased: number;
  readonly leftOutByReason: Readonly<Record<string, number>>;
}

/** What a column of a layer holds, over everybody who was found. */
export interface LayerColumn {
  /** Which column of its layer: stays when a newer file takes the place. 0: who is in the file. */
  readonly place: number;
  readonly name: string;
  readonly kind: LayerKind;
  /** People with a value. */
  readonly given: number;
  /** Cells that are no value of this kind: left out and listed. */
  readonly odd: number;
  /** Of numbers; null: there are none, or another kind. */
  readonly range: LayerRange | null;
  /** Of words and yes or no, most frequent first; empty for texts. */
  readonly words: readonly { readonly value: string; readonly people: number }[];
}

export interface LayerRange {
  readonly least: number;
  readonly most: number;
  /** People in parts of equal width from least to most. */
  readonly bins: readonly number[];
}

/** A row of the file beside the person whom it was taken for. */
export interface LayerSample {
  readonly line: number;
  /** Name and address, or the id, as the file has them. */
  readonly row: string;
  /** As the roll has them; null: nobody. */
  readonly person: string | null;
  readonly score: number | null;
  readonly reason: string | null;
}
export type LayerSamples = Readonly<Record<SampleGroup, readonly LayerSample[]>>;

/** What matching found, before anything is kept. */
export interface LayerPreview {
  readonly counts: LayerCounts;
  readonly columns: readonly LayerColumn[];
  readonly samples: LayerSamples;
}

/** `GET /v1/roll/layers/drafts/:id`: a file on its way to become a layer. */
export interface LayerDraft {
  readonly id: string;
  readonly state: 'matching' | 'matched' | 'keeping' | 'kept' | 'failed' | 'cancelled';
  readonly fileName: string;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly members: boolean;
  readonly preview: LayerPreview | null;
  /** Once it is kept. */
  readonly layerId: LayerId | null;
  readonly problem: Problem | null;
}

/** A layer with its provenance. Times in ms since 1970. */
export interface Layer {
  readonly id: LayerId;
  readonly name: string;
  readonly members: boolean;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Who appended it; null: the command line. */
  readonly by: string | null;
  readonly at: number;
  readonly terms: LayerTerms;
  readonly counts: LayerCounts;
  readonly columns: readonly LayerColumn[];
}

/** `GET /v1/roll/layers`. */
export interface LayerList {
  readonly layers: readonly Layer[];
  /** A file on its way, or one that was looked through and waits to be kept. */
  readonly current: LayerDraft | null;
  /** Meanings of columns that the law of the chapter's state does not let in. */
  readonly refuses: readonly RollField[];
}

/** A row that is in no column of its layer, and why. */
export interface LeftOutRow {
  readonly line: number;
  readonly kind: 'ambiguous' | 'unmatched' | 'rejected' | 'noted';
  readonly reason: string;
  readonly cells: readonly string[];
}

/** `GET /v1/roll/layers/:id/left-out`: a page of them. */
export interface LeftOutPage {
  readonly header: readonly string[];
  readonly rows: readonly LeftOutRow[];
  /** What to ask with for the next page; null at the end. */
  readonly after: number | null;
}

/** A column of a layer that a universe may ask for. */
export interface LayerFacet {
  readonly layer: LayerId;
  readonly layerName: string;
  readonly members: boolean;
  readonly column: number;
  readonly name: string;
  readonly kind: LayerKind;
  readonly given: number;
  readonly range: LayerRange | null;
  readonly words: readonly { readonly value: string; readonly people: number }[];
}

/** Of a universe: people whose value lies between, or is one of the words; `not`: everybody else. */
export const LayerFilter = Type.Object(
  {
    layer: id<LayerId>(),
    column: Type.Integer({ minimum: 0, maximum: 1000 }),
    not: Type.Boolean(),
    min: orNull<number>({ type: 'number' }),
    max: orNull<number>({ type: 'number' }),
    /** Empty: any value. */
    words: Type.Array(Type.String({ maxLength: 400 }), { maxItems: 200 }),
  },
  strict,
);
export type LayerFilter = Static<typeof LayerFilter>;
