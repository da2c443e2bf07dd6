/** What a column of a layer holds: any number, one of few words, yes or no, or free text. */
export const LAYER_KINDS = ['number', 'word', 'yes-no', 'text'] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

/** How people are found: by the roll's id, by name and address, or by the id and else by name. */
export const LAYER_HOW = ['id', 'name', 'both'] as const;
export type LayerHow = (typeof LAYER_HOW)[number];

/** The column of a layer that says who is in the file at all. */
export const PRESENCE = 0;
/** More different words than this are a text. */
export const MOST_WORDS = 200;

/** Rows that a preview shows, by what became of them. */
export const SAMPLE_GROUPS = ['id', 'name', 'ambiguous', 'unmatched'] as const;
export type SampleGroup = (typeof SAMPLE_GROUPS)[number];
