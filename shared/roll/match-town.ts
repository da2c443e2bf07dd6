import { PENALTIES } from './match-penalties.ts';
import { normaliseZip } from './normalise-address.ts';
import { remember } from './remember.ts';

/** A town and a zip, each empty where nobody says it. */
export interface Town {
  readonly city: string;
  readonly zip: string;
}

/** A town's name in one form: `Town of St. Albans`, `SAINT ALBANS TOWN` and `St Albans` are one. */
export const normaliseCity = remember((city: string): string =>
  city
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()
    .replace(/^(CITY|TOWN|VILLAGE|TOWNSHIP|BOROUGH) OF (?=.)/, '')
    .replace(/(?<=.) (CITY|TOWN|VILLAGE|TOWNSHIP|TWP|BOROUGH|BORO)$/, '')
    .replace(/\bSAINT\b/g, 'ST')
    .replace(/\bMOUNT\b/g, 'MT')
    .replace(/\bFORT\b/g, 'FT'),
);

/**
 * What it costs that a point's town is written otherwise than the address's; null when the two
 * contradict each other. The zip goes before the town's name, since the post's names of places are
 * not the towns' own. `oneTown`: the list names no towns and holds the zip asked for, so that it is
 * of one town with several zips.
 */
export function compareTowns(asked: Town, point: Town, oneTown: boolean): number | null {
  const zip = normaliseZip(asked.zip);
  const other = normaliseZip(point.zip);
  const named = asked.city !== '' && point.city !== '';
  const sameCity = named && normaliseCity(asked.city) === normaliseCity(point.city);
  if (zip !== '' && other !== '') {
    if (zip === other) return named && !sameCity ? PENALTIES.otherCity : 0;
    return sameCity || (oneTown && point.city === '') ? PENALTIES.otherZip : null;
  }
  return named && !sameCity ? null : 0;
}
