import { EVIDENCE_FIELDS, type Evidence } from '../../model/duplicate-evidence.ts';

type Words = {
  readonly [F in keyof Evidence as F extends 'votes' ? never : F]: Readonly<Record<string, string>>;
};

/** In plain English, for the command line; what nobody knows is left out. */
const WORDS: Words = {
  last: {
    same: 'same last name',
    part: 'one last name is part of the other',
    typo: 'last names differ by a slip',
    other: 'different last names',
  },
  first: {
    same: 'same first name',
    nickname: 'forms of one first name',
    typo: 'first names differ by a slip',
    middle: 'one goes by the middle name',
    initial: 'same initial of the first name',
  },
  middle: {
    same: 'same middle name',
    initial: 'same middle initial',
    other: 'different middle names',
  },
  suffix: { same: 'same suffix', one: 'only one has a suffix' },
  birth: {
    same: 'same year of birth',
    near: 'about the same age',
    typo: 'years of birth differ by a digit',
    other: 'different years of birth',
    unknown: 'a year of birth is not known',
  },
  sex: { other: 'different sex' },
  place: { door: 'same door', building: 'same building', other: 'different addresses' },
  phone: { same: 'same telephone', other: 'different telephones' },
  email: { same: 'same e-mail', other: 'different e-mail' },
};

/** Why two records may be one person’s, and what speaks against it, as one line of English. */
export function sayEvidence(evidence: Evidence): string {
  const said = EVIDENCE_FIELDS.flatMap((field) => WORDS[field][evidence[field]] ?? []);
  const { votes } = evidence;
  if (votes > 0) said.push(`both voted in ${votes} of the same elections`);
  return said.join(', ');
}
