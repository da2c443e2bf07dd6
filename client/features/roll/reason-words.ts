import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { UnplacedReason } from '#shared/roll/match-address.ts';
import type { RejectReason } from '#shared/roll/roll-voter.ts';

const REASON_WORDS: Readonly<Record<RejectReason | UnplacedReason, MessageDescriptor>> = {
  'no-id': msg`no voter id`,
  'no-name': msg`no name`,
  'no-address': msg`no street`,
  'too-many-cells': msg`more cells than the header`,
  'too-few-cells': msg`fewer cells than the header`,
  'open-quote': msg`a quotation mark left open`,
  'no-map': msg`the chapter has no map yet`,
  'po-box': msg`a post office box is no door`,
  'no-number': msg`no house number`,
  'street-unknown': msg`no such street on the map`,
  'number-unknown': msg`no such number on that street`,
  'no-coordinates': msg`on the list of addresses, but without a place`,
  'other-town': msg`only in another town or zip`,
  'several-places': msg`fits several places equally well`,
};

/** The words for a reason; one that this version does not know shows as it came. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useLingui();
  const words: Readonly<Record<string, MessageDescriptor>> = REASON_WORDS;
  return (reason) => {
    const known = words[reason];
    return known ? t(known) : reason.replaceAll('-', ' ');
  };
}
