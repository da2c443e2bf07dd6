import type { RollField } from '../model/roll.ts';
import { MICHIGAN_BY_PLACE, STATE_LAYOUTS } from './state-layouts.ts';

/** A header as people write it, reduced to its letters and digits in lower case. */
export function headerWord(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export interface Layout {
  readonly id: string;
  /** A file is of this layout when its header has all of these words. */
  readonly needs: readonly string[];
  /** Words of headers with their meaning; null is known and of no use to us. */
  readonly fields: Readonly<Record<string, RollField | null>>;
  /** What some of its makers put before each word. */
  readonly prefix?: string;
  /** False: its makers never wrap cells in quotation marks. */
  readonly quoted?: boolean;
  /** Statuses of registrations that were taken back; such rows are no voters. */
  readonly leftOut?: readonly string[];
  /** The names of its columns, for files that come without a header. */
  readonly columns?: readonly string[];
  /** Whether a row of a file without a header may be of this layout. */
  readonly fitsRow?: (cells: readonly string[]) => boolean;
}

/** VAN people export, in both its shapes: address parts, or one joined `vAddress`. */
const VAN: Layout['fields'] = {
  voterfilevanid: 'voter-id',
  vanid: 'voter-id',
  account: null,
  vhhid: 'household-id',
  lastname: 'last-name',
  firstname: 'first-name',
  middlename: 'middle-name',
  fullname: 'full-name',
  suffix: 'name-suffix',
  sex: 'sex',
  age: 'age',
  dob: 'birth-date',
  party: 'party',
  datereg: 'registration-date',
  registrationstatusname: 'status',
  streetno: 'house-number',
  streetnohalf: 'house-number-half',
  streetprefix: 'street-prefix',
  streetname: 'street-name',
  streettype: 'street-type',
  streetsuffix: 'street-suffix',
  apttype: 'unit-type',
  aptno: 'unit',
  vaddress: 'address-line',
  address: 'address-line',
  adress2: 'address-line-2',
  address2: 'address-line-2',
  city: 'city',
  state: 'state',
  zip: 'zip',
  zip5: 'zip',
  zip4: 'zip4',
  precinctname: 'precinct',
  cd: 'congressional-district',
  cdname: 'congressional-district',
  congressionaldistrict: 'congressional-district',
  sd: 'senate-district',
  sdname: 'senate-district',
  hd: 'house-district',
  hdname: 'house-district',
  citycouncilname: 'council-district',
  preferredlanguage: 'language',
  prefphone: 'phone',
  preferredphone: 'phone',
  phone1: 'phone',
  phone2: null,
  homephone: 'home-phone',
  cellphone: 'cell-phone',
  workphone: null,
  workphoneext: null,
  preferredemail: 'email',
  latitude: 'lat',
  longitude: 'lon',
};

/** Massachusetts city or town voter list (VOT). Its separate voting-activity files are read elsewhere. */
const MASSACHUSETTS: Layout['fields'] = {
  recordsequencenumber: null,
  voteridnumber: 'voter-id',
  lastname: 'last-name',
  firstname: 'first-name',
  middlename: 'middle-name',
  title: null,
  residentialaddressstreetnumber: 'house-number',
  residentialaddressstreetsuffix: 'house-number-half',
  residentialaddressstreetname: 'street-name',
  residentialaddressapartmentnumber: 'unit',
  residentialaddresszipcode: 'zip',
  partyaffiliation: 'party',
  dateofbirth: 'birth-date',
  dateofregistration: 'registration-date',
  wardnumber: 'ward',
  precinctnumber: 'precinct',
  congressionaldistrictnumber: 'congressional-district',
  senatorialdistrictnumber: 'senate-district',
  staterepresentativedistrict: 'house-district',
  voterstatus: 'status',
};

/** The made-up town of the demo. */
const LARKFIELD: Layout['fields'] = {
  voterid: 'voter-id',
  firstname: 'first-name',
  lastname: 'last-name',
  sex: 'sex',
  birthdate: 'birth-date',
  housenumber: 'house-number',
  street: 'street-name',
  unit: 'unit',
  city: 'city',
  zip: 'zip',
  precinct: 'precinct',
  party: 'party',
  registrationdate: 'registration-date',
  status: 'status',
  phone: 'phone',
  voted: 'vote-dates',
  addressidtruth: null,
};

export const LAYOUTS: readonly Layout[] = [
  { id: 'van-export', needs: ['voterfilevanid'], fields: VAN, quoted: false },
  { id: 'van-export', needs: ['vanid', 'lastname'], fields: VAN, quoted: false },
  {
    id: 'ma-vot',
    needs: ['voteridnumber', 'residentialaddressstreetname', 'dateofregistration'],
    fields: MASSACHUSETTS,
    quoted: false,
  },
  ...STATE_LAYOUTS,
  { id: 'larkfield', needs: ['voterid', 'housenumber', 'street', 'voted'], fields: LARKFIELD },
];

/** The layout whose words this header has, or null. */
export function recogniseLayout(header: readonly string[]): Layout | null {
  const words = new Set(header.map(headerWord));
  return LAYOUTS.find((layout) => layout.needs.every((word) => words.has(word))) ?? null;
}

/** The layout that rows without a header fit by their places, or null; one odd row in ten is let pass. */
export function recogniseRows(rows: readonly (readonly string[])[]): Layout | null {
  const fitting = ({ fitsRow }: Layout): boolean =>
    fitsRow !== undefined && rows.filter(fitsRow).length > 0.9 * rows.length;
  return rows.length === 0 ? null : (LAYOUTS.find(fitting) ?? null);
}

/** The layout of this id, as it is where there is no header; null when there is none. */
export function layoutByPlace(id: string | null, delimiter: string): Layout | null {
  if (delimiter === 'fixed') return MICHIGAN_BY_PLACE;
  return LAYOUTS.find((layout) => layout.id === id) ?? null;
}

/** What a layout takes a header for; undefined: it does not know the word. */
export function fieldOfLayout(layout: Layout, name: string): RollField | null | undefined {
  const word = headerWord(name);
  const { fields, prefix } = layout;
  if (Object.hasOwn(fields, word)) return fields[word];
  if (prefix === undefined || !word.startsWith(prefix)) return undefined;
  const rest = word.slice(prefix.length);
  return Object.hasOwn(fields, rest) ? fields[rest] : undefined;
}
