import { Type, type Static } from 'typebox';
import { ROLL_FIELDS } from './roll.ts';
import { strict, words } from './schema.ts';

/** What a column of this name is taken for; its place counts where it has no name. */
export const SavedColumn = Type.Object(
  {
    name: Type.String({ maxLength: 400 }),
    column: Type.Integer({ minimum: 0, maximum: 2000 }),
    field: words(ROLL_FIELDS),
    election: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
);
export type SavedColumn = Static<typeof SavedColumn>;

/** How a chapter read files of one kind; as a file it can be handed to other chapters. */
export interface SavedMapping {
  readonly fingerprint: string;
  /** The name of the file that it was made for. */
  readonly name: string;
  readonly columns: readonly SavedColumn[];
}
