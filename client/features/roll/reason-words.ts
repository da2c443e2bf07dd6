import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { UnplacedReason } from '#shared/roll/match-address.ts';
import type { NoteReason, RejectReason } from '#shared/roll/roll-voter.ts';

const REASON_WORDS: Readonly<
  Record<RejectReason | NoteReason | UnplacedReason, MessageDescriptor>
> = {
  'no-id': msg`no voter id`,
  'no-name': msg`no name`,
  'no-address': msg`no street`,
  'too-many-cells': msg`more cells than the header`,
  'too-few-cells': msg`fewer cells than the header`,
  'open-quote': msg`a quotation mark left open`,
  'has-nul': msg`damaged by a NUL byte`,
  'row-too-long': msg`longer than any row about a person`,
  totals: msg`a row of totals`,
  'id-in-scientific': msg`voter id rounded by a spreadsheet`,
  withheld: msg`name and address withheld by the office`,
  'registration-ended': msg`registration removed or cancelled`,
  'place-swapped': msg`latitude and longitude swapped, put right`,
  'place-zero': msg`coordinates 0, 0 left out`,
  'place-projected': msg`coordinates in feet or metres left out`,
  'place-odd': msg`coordinates of no place left out`,
  'place-far': msg`coordinates far from the chapter left out`,
  'birth-date-odd': msg`birth date of nobody left out`,
  'mixed-letters': msg`a line in other letters`,
  'under-18': msg`under 18, in no list yet`,
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
