import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Evidence, EvidenceField } from '#shared/model/duplicate-evidence.ts';

/** What two records agree and differ in, in the order in which it is read. */
const FIELDS: readonly EvidenceField[] = [
  'first',
  'last',
  'middle',
  'suffix',
  'birth',
  'sex',
  'place',
  'phone',
  'email',
];

type Words = {
  readonly [F in EvidenceField]: { readonly [A in Evidence[F]]?: MessageDescriptor };
};

const WORDS: Words = {
  first: {
    same: msg`same first name`,
    nickname: msg`forms of one first name`,
    typo: msg`first names differ by a slip`,
    middle: msg`one goes by the middle name`,
    initial: msg`same initial of the first name`,
  },
  last: {
    same: msg`same last name`,
    part: msg`one last name is part of the other`,
    typo: msg`last names differ by a slip`,
    other: msg`different last names`,
  },
  middle: {
    same: msg`same middle name`,
    initial: msg`same middle initial`,
    other: msg`different middle names`,
  },
  suffix: { same: msg`same suffix`, one: msg`only one has a suffix` },
  birth: {
    same: msg`same year of birth`,
    near: msg`about the same age`,
    typo: msg`years of birth differ by a digit`,
    other: msg`different years of birth`,
    unknown: msg`a year of birth is not known`,
  },
  sex: { other: msg`different sex` },
  place: {
    door: msg`same door`,
    building: msg`same building`,
    other: msg`different addresses`,
  },
  phone: { same: msg`same phone`, other: msg`different phones` },
  email: { same: msg`same e-mail`, other: msg`different e-mail` },
};

/** Agrees, or speaks against it. */
const FOR: ReadonlySet<string> = new Set(['same', 'nickname', 'near', 'door', 'part', 'initial']);

/** Why two records may be one person’s, and what speaks against it, each as words. */
export function useEvidenceWords(): (evidence: Evidence) => {
  readonly agree: readonly string[];
  readonly differ: readonly string[];
} {
  const { t } = useLingui();
  return (evidence) => {
    const [agree, differ]: [string[], string[]] = [[], []];
    for (const field of FIELDS) {
      const words: Readonly<Record<string, MessageDescriptor | undefined>> = WORDS[field];
      const said = words[evidence[field]];
      if (said !== undefined) (FOR.has(evidence[field]) ? agree : differ).push(t(said));
    }
    if (evidence.votes > 0) {
      differ.push(
        t`both voted in ${plural(evidence.votes, { one: '# same election', other: '# same elections' })}`,
      );
    }
    return { agree, differ };
  };
}
