import { Type, type Static } from 'typebox';
import { CHANNELS, CONSENT_RECIPIENTS } from './consent.ts';
import { strict, words } from './schema.ts';

/** What a person is asked to allow: to whom we may tell, by which way we may get in touch. */
export const ASKED = [...CONSENT_RECIPIENTS, ...CHANNELS] as const;
export type Asked = (typeof ASKED)[number];

/** The chapter's own words for one question in one language. */
export interface AskedWords {
  readonly about: Asked;
  /** A language tag, such as `es`. */
  readonly language: string;
  readonly wording: string;
}

/** `PUT /v1/asked-words`: an empty wording goes back to the words of the app. */
export const SaveAskedWords = Type.Object(
  {
    about: words(ASKED),
    language: Type.String({
      pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$',
      maxLength: 35,
    }),
    wording: Type.String({ maxLength: 1000 }),
  },
  strict,
);
export type SaveAskedWords = Static<typeof SaveAskedWords>;
