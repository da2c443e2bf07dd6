import {
  NOT_KNOWN,
  type NotKnown,
  type Purpose,
  type Region,
  type ServerPlace,
  type TermName,
  type Terms,
  TERMS,
} from '#shared/model/rules.ts';

/** What somebody is saying of a file. Empty: not answered yet, and no import starts. */
export interface TermsDraft {
  readonly state: Region | NotKnown | '';
  readonly purpose: Purpose | NotKnown | '';
  readonly serverIn: ServerPlace | NotKnown | '';
  readonly obtainedOn: string;
  readonly agreement: string;
}

const EMPTY: TermsDraft = { state: '', purpose: '', serverIn: '', obtainedOn: '', agreement: '' };

/**
 * What a form begins with: nothing, or the terms of the file before, but for its date; with `same`
 * the terms of this very file.
 */
export function draftOf(terms: Terms | null, same: boolean): TermsDraft {
  if (terms === null) return EMPTY;
  return {
    ...terms,
    obtainedOn: same ? (terms.obtainedOn ?? NOT_KNOWN) : '',
    agreement: terms.agreement === '' ? NOT_KNOWN : terms.agreement,
  };
}

/** What nobody has answered yet. */
export const stillToSay = (draft: TermsDraft): readonly TermName[] =>
  TERMS.filter((name) => draft[name].trim() === '');

/** The terms that a draft says; null while something is not answered. */
export function termsOf({
  state,
  purpose,
  serverIn,
  obtainedOn,
  agreement,
}: TermsDraft): Terms | null {
  const said = agreement.trim();
  if (state === '' || purpose === '' || serverIn === '' || obtainedOn === '' || said === '') {
    return null;
  }
  return {
    state,
    purpose,
    serverIn,
    obtainedOn: obtainedOn === NOT_KNOWN ? null : obtainedOn,
    agreement: said === NOT_KNOWN ? '' : said,
  };
}
