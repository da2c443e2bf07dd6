import { headerWord } from '#shared/roll/layouts.ts';

/** One row of a list of addresses: its cells by the words of their headers. */
export type PointRow = ReadonlyMap<string, string>;

/** The same names in small letters without signs, as lists of addresses have them. */
const NAMES = {
  // Our own lists, Vermont's, OpenAddresses, NENA's standard for E911, and what counties call it.
  id: 'addressid siteid hash siteaddid sitenguid nguid esiteid addid addrid id objectid fid',
  number: 'number addnumber housenumber addrnum addnum stnumber stnum housenum addrno hno',
  numberPrefix: 'addnumpre numberprefix numpre',
  numberSuffix: 'suffix addnumsuf numbersuffix numsuf addrnsuffix half',
  street: 'street fullstreet stfullname fullstname streetfull fullname streetnamefull stname',
  line: 'fulladdress address fulladdr addrfull siteaddress',
  unit: 'unit unitnum unitnumber unitid subaddress apt',
  unitType: 'unittype unitpre',
  city: 'city postcomm postcity postalcity postcommname town incmuni municipality muni community msagcomm placename',
  zip: 'zip postcode postalcode zipcode zip5 postcode5',
  lon: 'lon longitude long lng x xcoord',
  lat: 'lat latitude y ycoord',
} as const;

/** A street in parts, in the order in which it is written. */
const PARTS = [
  'stpremod',
  'predir stpredir prdir predirection',
  'pretype stpretyp prtype',
  'stpresep',
  'streetname stname name',
  'streettype stpostyp posttype sttype suftype streetsuffix',
  'sufdir stposdir postdir sufdirection',
  'stposmod',
].map((names) => names.split(' '));

export type PointColumn = keyof typeof NAMES;

const WANTED = new Map(
  Object.entries(NAMES).map(([column, names]) => [column, names.split(' ')] as const),
);

/** Which of a list's columns mean what. */
export class PointColumns {
  readonly #named = new Map<string, string>();
  readonly #parts: readonly string[];

  constructor(header: readonly string[]) {
    const words = new Set(header.map(headerWord));
    const first = (names: readonly string[]): string | undefined =>
      names.find((name) => words.has(name));
    for (const [column, names] of WANTED) {
      const word = first(names);
      if (word !== undefined) this.#named.set(column, word);
    }
    // Where a name comes in parts, `StName` is one of them and not the whole.
    this.#parts = PARTS.map(first).filter((word) => word !== undefined);
    const whole = this.#named.get('street');
    if (whole === 'stname' && this.#parts.length > 1) this.#named.delete('street');
  }

  has(column: PointColumn): boolean {
    return this.#named.has(column);
  }

  /** True when addresses can be read out of these columns. */
  get enough(): boolean {
    const street = this.has('street') || this.#parts.length > 0;
    return (this.has('number') && street) || this.has('line');
  }

  cell(row: PointRow, column: PointColumn): string {
    const word = this.#named.get(column);
    return word === undefined ? '' : (row.get(word) ?? '');
  }

  street(row: PointRow): string {
    if (this.has('street')) return this.cell(row, 'street');
    const parts = this.#parts.map((word) => row.get(word) ?? '');
    return parts.filter((part) => part !== '').join(' ');
  }
}
