import { Type, type Static } from 'typebox';
import type { QuestionId, ScriptId, ScriptVersionId } from '../kernel/ids.ts';
import { id, languageTag, strict, words } from './schema.ts';

export const QUESTION_KINDS = ['support', 'one', 'many', 'number', 'date', 'text'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

const Option = Type.Object(
  { id: Type.String({ minLength: 1, maxLength: 40 }), label: Type.String({ maxLength: 200 }) },
  strict,
);

/** One question. `options` is empty unless the kind is `one` or `many`. */
export const Question = Type.Object(
  {
    id: id<QuestionId>(),
    kind: words(QUESTION_KINDS),
    prompt: Type.String({ maxLength: 1000 }),
    options: Type.Array(Option, { maxItems: 30 }),
    /** Asked only after one of these answers to an earlier question; left out: always. */
    askIf: Type.Optional(
      Type.Object(
        {
          questionId: id<QuestionId>(),
          /** As shared/canvass/said-token writes them. */
          said: Type.Array(Type.String({ maxLength: 44 }), { maxItems: 40 }),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type Question = Static<typeof Question>;

/**
 * The words of a script in one more language. The ids are those of the source, so that an answer
 * is the same answer in every language; what is empty or left out is said in the source's words.
 */
export const Translation = Type.Object(
  {
    language: languageTag,
    opening: Type.String({ maxLength: 4000 }),
    questions: Type.Array(
      Type.Object(
        {
          id: id<QuestionId>(),
          prompt: Type.String({ maxLength: 1000 }),
          options: Type.Array(Option, { maxItems: 30 }),
        },
        strict,
      ),
      { maxItems: 60 },
    ),
    closing: Type.String({ maxLength: 4000 }),
  },
  strict,
);
export type Translation = Static<typeof Translation>;

/** The words of a script, in order: what to say first, what to ask, what to say last. */
export const ScriptBody = Type.Object(
  {
    opening: Type.String({ maxLength: 4000 }),
    questions: Type.Array(Question, { maxItems: 60 }),
    closing: Type.String({ maxLength: 4000 }),
    /** What the words above are written in; left out: nobody said so. */
    language: Type.Optional(languageTag),
    /** Left out: in no other language. */
    translations: Type.Optional(Type.Array(Translation, { maxItems: 20 })),
  },
  strict,
);
export type ScriptBody = Static<typeof ScriptBody>;

/** A published version: never changes again; every answer names it. */
export interface ScriptVersion {
  readonly id: ScriptVersionId;
  readonly scriptId: ScriptId;
  /** 1, 2, 3 … within its script. */
  readonly number: number;
  readonly name: string;
  readonly body: ScriptBody;
  readonly publishedAt: number;
}

/** `GET /v1/scripts`: the draft with its published versions, newest first. */
export interface Script {
  readonly id: ScriptId;
  readonly name: string;
  readonly draft: ScriptBody;
  /** Grows with every saved draft; sent back as If-Match. */
  readonly version: number;
  readonly published: readonly ScriptVersion[];
}

/** `POST /v1/scripts` and `PUT /v1/scripts/:id`. */
export const SaveScript = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 120 }), draft: ScriptBody },
  strict,
);
export type SaveScript = Static<typeof SaveScript>;
