import { readDay } from './dates.ts';
import { findWord } from './find-word.ts';

/** An election as the roll knows it: `name` is its key, `label` is for people. */
export interface Election {
  readonly name: string;
  readonly label: string;
  /** Sorts by time: `YYYY-MM-DD` or `YYYY-MM` of the usual month of its kind. */
  readonly sortKey: string;
}

const KINDS: Readonly<Record<string, readonly [label: string, month: string]>> = {
  general: ['General', '11'],
  primary: ['Primary', '08'],
  municipal: ['Municipal', '11'],
  local: ['Local', '11'],
  ppp: ['Presidential Primary', '03'],
  presprimary: ['Presidential Primary', '03'],
  presidentialprimary: ['Presidential Primary', '03'],
  special: ['Special', '06'],
  specialgeneral: ['Special General', '06'],
  specialprimary: ['Special Primary', '05'],
  runoff: ['Runoff', '12'],
  schoolboard: ['School Board', '04'],
  localormunicipal: ['Municipal', '11'],
  anyelection: ['Election', '11'],
  otherelection: ['Election', '06'],
  ge: ['General', '11'],
  gen: ['General', '11'],
  pe: ['Primary', '08'],
  pri: ['Primary', '08'],
  pp: ['Presidential Primary', '03'],
  run: ['Runoff', '12'],
  sp: ['Special', '06'],
};

const COLUMN =
  /^(general|primary|municipal|local(?:[\s_]*or[\s_]*municipal)?|anyelection|otherelection|ppp|pres(?:idential)?\s*primary|special\s*(?:general|primary)?|runoff|school\s*board)[\s_-]*((?:19|20)?\d\d)\s*$/i;

/** A column that tells its day: `GENERAL-11/08/2016`, `Local_or_Municipal_2017_11_07`. */
const DATED = /^([a-z][a-z _-]*?)[\s_-]+(\d{1,2}\/\d{1,2}\/\d{4}|\d{4}[_-]\d\d[_-]\d\d)$/i;

/** The election that a column such as `General18` or `SpecialPrimary16` stands for, or null. */
export function electionOfColumn(header: string): Election | null {
  const dated = DATED.exec(header.trim());
  const day = dated === null ? null : readDay((dated[2] ?? '').replaceAll('_', '-'));
  if (dated !== null && day !== null) {
    const type = (dated[1] ?? '').toLowerCase().replace(/[^a-z]/g, '');
    return findWord(KINDS, type) === undefined ? null : electionOfDate(day, type);
  }
  const found = COLUMN.exec(header.trim());
  if (found === null) return null;
  const kind = findWord(KINDS, (found[1] ?? '').toLowerCase().replace(/[\s_]/g, ''));
  if (kind === undefined) return null;
  const digits = found[2] ?? '';
  // Two digits: 00 to 69 lie in this century, as no roll reaches beyond and few start before 1970.
  const year = digits.length === 4 ? digits : `${Number(digits) < 70 ? '20' : '19'}${digits}`;
  const name = `${kind[0]} ${year}`;
  return { name, label: name, sortKey: `${year}-${kind[1]}` };
}

/** The election held on a day (`YYYY-MM-DD`); `type` is what the file calls it, where it does. */
export function electionOfDate(day: string, type = ''): Election {
  const kind = findWord(KINDS, type.toLowerCase().replace(/[^a-z]/g, ''));
  const year = Number(day.slice(0, 4));
  const november = day.slice(5, 7) === '11' && Number(day.slice(8, 10)) <= 8;
  if (kind !== undefined) return { name: day, label: `${kind[0]} ${day}`, sortKey: day };
  if (!november) return { name: day, label: day, sortKey: day };
  return { name: day, label: `${year % 2 === 0 ? 'General' : 'Municipal'} ${year}`, sortKey: day };
}

/** The election that a mapping's `election` text names: a day, a known kind and year, or just a name. */
export function electionOfName(name: string): Election {
  if (/^\d{4}-\d\d-\d\d$/.test(name)) return electionOfDate(name);
  const known = electionOfColumn(name);
  const year = /\b(?:19|20)\d\d\b/.exec(name)?.[0] ?? '0000';
  return { name, label: name, sortKey: known?.sortKey ?? year };
}
