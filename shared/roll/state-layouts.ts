import type { RollField } from '../model/roll.ts';
import type { Layout } from './layouts.ts';

type Fields = Layout['fields'];

/** Fields by their words, written `word field` one a line; `-` is known and of no use to us. */
function fields(table: string): Fields {
  return Object.fromEntries(
    table
      .trim()
      .split('\n')
      .map((line) => {
        const [word = '', field = '-'] = line.trim().split(' ');
        return [word, field === '-' ? null : (field as RollField)];
      }),
  );
}

/** North Carolina, ncvoter: headers changed over the years, and both spellings are in use. */
const NORTH_CAROLINA = fields(`
  ncid voter-id
  voterregnum -
  countydesc -
  statuscd status
  lastname last-name
  firstname first-name
  midlname middle-name
  middlename middle-name
  namesufxcd name-suffix
  namesuffixlbl name-suffix
  resstreetaddress address-line
  rescitydesc city
  statecd state
  zipcode zip
  fullphonenumber phone
  partycd party
  gendercode sex
  birthage age
  birthyear birth-year
  registrdt registration-date
  precinctabbrv precinct
  wardabbrv ward
  congdistabbrv congressional-district
  ncsenateabbrv senate-district
  nchouseabbrv house-district
  countycommissabbrv county-district
  schooldistabbrv school-district
`);

const OHIO = fields(`
  sosvoterid voter-id
  lastname last-name
  firstname first-name
  middlename middle-name
  suffix name-suffix
  dateofbirth birth-date
  registrationdate registration-date
  voterstatus status
  partyaffiliation party
  residentialaddress1 address-line
  residentialsecondaryaddr address-line-2
  residentialcity city
  residentialstate state
  residentialzip zip
  residentialzipplus4 zip4
  congressionaldistrict congressional-district
  cityschooldistrict school-district
  precinctname -
  precinctcode precinct
  staterepresentativedistrict house-district
  statesenatedistrict senate-district
  ward ward
`);

const WASHINGTON = fields(`
  statevoterid voter-id
  fname first-name
  mname middle-name
  lname last-name
  namesuffix name-suffix
  birthdate birth-date
  birthyear birth-year
  gender sex
  regstnum house-number
  regstfrac house-number-half
  regstname street-name
  regsttype street-type
  regunittype unit-type
  regstpredirection street-prefix
  regstpostdirection street-suffix
  regunitnum unit
  regcity city
  regstate state
  regzipcode zip
  precinctcode precinct
  legislativedistrict house-district
  congressionaldistrict congressional-district
  registrationdate registration-date
  statuscode status
`);

const MICHIGAN = fields(`
  voteridentificationnumber voter-id
  lastname last-name
  firstname first-name
  middlename middle-name
  namesuffix name-suffix
  yearofbirth birth-year
  gender sex
  registrationdate registration-date
  streetnumber house-number
  streetnumbersuffix house-number-half
  directionprefix street-prefix
  streetname street-name
  streettype street-type
  directionsuffix street-suffix
  extension unit
  city city
  state state
  zipcode zip
  precinct precinct
  ward ward
  statehousedistrictcode house-district
  statesenatedistrictcode senate-district
  uscongressdistrictcode congressional-district
  countycommissionerdistrictcode county-district
  schooldistrictcode school-district
  voterstatustypecode status
`);

/** Michigan, the older file of fixed width, under the words of its own description. */
const MICHIGAN_FIXED = fields(`
  lastname last-name
  firstname first-name
  middlename middle-name
  namesuffix name-suffix
  birthyear birth-year
  gender sex
  dateofregistration registration-date
  residencestreetnumber house-number
  housesuffix house-number-half
  predirection street-prefix
  streetname street-name
  streettype street-type
  suffixdirection street-suffix
  residenceextension unit
  city city
  state state
  zip zip
  statevoterref voter-id
  wardprecinct precinct
  schoolcode school-district
  lowerhousedist house-district
  upperhousedist senate-district
  congressionaldist congressional-district
  countyboarddist county-district
  registrationstatus status
`);

const L2 = fields(`
  lalvoterid voter-id
  firstname first-name
  middlename middle-name
  lastname last-name
  namesuffix name-suffix
  residenceaddressesaddressline address-line
  residenceaddressesextraaddressline address-line-2
  residenceaddressescity city
  residenceaddressesstate state
  residenceaddresseszip zip
  residenceaddresseszipplus4 zip4
  residenceaddresseshousenumber house-number
  residenceaddressesprefixdirection street-prefix
  residenceaddressesstreetname street-name
  residenceaddressesdesignator street-type
  residenceaddressessuffixdirection street-suffix
  residenceaddressesapartmentnum unit
  residenceaddressesapartmenttype unit-type
  residenceaddresseslatitude lat
  residenceaddresseslongitude lon
  residencefamiliesfamilyid household-id
  votertelephonesfullphone phone
  votertelephoneslandlineformatted home-phone
  votertelephonescellphoneformatted cell-phone
  gender sex
  age age
  birthdate birth-date
  partiesdescription party
  votersofficialregdate registration-date
  officialregdate registration-date
  precinct precinct
  uscongressionaldistrict congressional-district
  statesenatedistrict senate-district
  statehousedistrict house-district
  languagedescription language
`);

/** The columns of Florida’s extract, which has no header. */
const FLORIDA_COLUMNS: readonly (readonly [name: string, field: RollField | null])[] = [
  ['County Code', null],
  ['Voter ID', 'voter-id'],
  ['Name Last', 'last-name'],
  ['Name Suffix', 'name-suffix'],
  ['Name First', 'first-name'],
  ['Name Middle', 'middle-name'],
  ['Requested public records exemption', null],
  ['Residence Address Line 1', 'address-line'],
  ['Residence Address Line 2', 'address-line-2'],
  ['Residence City (USPS)', 'city'],
  ['Residence State', 'state'],
  ['Residence Zipcode', 'zip'],
  ['Mailing Address Line 1', null],
  ['Mailing Address Line 2', null],
  ['Mailing Address Line 3', null],
  ['Mailing City', null],
  ['Mailing State', null],
  ['Mailing Zipcode', null],
  ['Mailing Country', null],
  ['Gender', 'sex'],
  ['Race', null],
  ['Birth Date', 'birth-date'],
  ['Registration Date', 'registration-date'],
  ['Party Affiliation', 'party'],
  ['Precinct', 'precinct'],
  ['Precinct Group', null],
  ['Precinct Split', null],
  ['Precinct Suffix', null],
  ['Voter Status', 'status'],
  ['Congressional District', 'congressional-district'],
  ['House District', 'house-district'],
  ['Senate District', 'senate-district'],
  ['County Commission District', 'county-district'],
  ['School Board District', 'school-district'],
  ['Daytime Area Code', 'phone-area'],
  ['Daytime Phone Number', 'phone'],
  ['Daytime Phone Extension', null],
  ['Email address', 'email'],
];

/** The columns of New York’s export, which has no header. */
const NEW_YORK_COLUMNS: readonly (readonly [name: string, field: RollField | null])[] = [
  ['LASTNAME', 'last-name'],
  ['FIRSTNAME', 'first-name'],
  ['MIDDLENAME', 'middle-name'],
  ['NAMESUFFIX', 'name-suffix'],
  ['RADDNUMBER', 'house-number'],
  ['RHALFCODE', 'house-number-half'],
  ['RAPARTMENT', 'unit'],
  ['RPREDIRECTION', 'street-prefix'],
  ['RSTREETNAME', 'street-name'],
  ['RPOSTDIRECTION', 'street-suffix'],
  ['RCITY', 'city'],
  ['RZIP5', 'zip'],
  ['RZIP4', 'zip4'],
  ['MAILADD1', null],
  ['MAILADD2', null],
  ['MAILADD3', null],
  ['MAILADD4', null],
  ['DOB', 'birth-date'],
  ['GENDER', 'sex'],
  ['ENROLLMENT', 'party'],
  ['OTHERPARTY', null],
  ['COUNTYCODE', null],
  ['ED', 'precinct'],
  ['LD', null],
  ['TOWNCITY', null],
  ['WARD', 'ward'],
  ['CD', 'congressional-district'],
  ['SD', 'senate-district'],
  ['AD', 'house-district'],
  ['LASTVOTEDDATE', null],
  ['PREVYEARVOTED', null],
  ['PREVCOUNTY', null],
  ['PREVADDRESS', null],
  ['PREVNAME', null],
  ['COUNTYVRNUMBER', null],
  ['REGDATE', 'registration-date'],
  ['VRSOURCE', null],
  ['IDREQUIRED', null],
  ['IDMET', null],
  ['STATUS', 'status'],
  ['REASONCODE', null],
  ['INACT_DATE', null],
  ['PURGE_DATE', null],
  ['SBOEID', 'voter-id'],
  ['VoterHistory', 'vote-dates'],
];

const word = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const byPlace = (columns: typeof FLORIDA_COLUMNS): Pick<Layout, 'columns' | 'fields'> => ({
  columns: columns.map(([name]) => name),
  fields: Object.fromEntries(columns.map(([name, field]) => [word(name), field])),
});

/** MMDDYYYY, M/D/YYYY, YYYY-MM-DD or YYYYMMDD; a withheld one is a star. */
const DAY = /^(?:\d{8}|\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d\d-\d\d|\*)?$/;
const fits = (cells: readonly string[], at: number, form: RegExp): boolean =>
  form.test((cells[at] ?? '').trim());

/** Layouts of states and of the large vendors. Most have a header; some go by place. */
export const STATE_LAYOUTS: readonly Layout[] = [
  {
    id: 'nc-ncvoter',
    needs: ['ncid', 'resstreetaddress'],
    fields: NORTH_CAROLINA,
    leftOut: ['R', 'D'],
  },
  { id: 'oh-swvf', needs: ['sosvoterid', 'residentialaddress1'], fields: OHIO },
  { id: 'wa-vrdb', needs: ['statevoterid', 'regstname'], fields: WASHINGTON, quoted: false },
  {
    id: 'mi-qvf',
    needs: ['voteridentificationnumber', 'lastname', 'streetname'],
    fields: MICHIGAN,
    leftOut: ['C', 'R'],
  },
  { id: 'l2-vm2', needs: ['lalvoterid'], prefix: 'voters', fields: L2, quoted: false },
  {
    id: 'ny-nysvoter',
    needs: ['sboeid', 'lastname', 'rstreetname'],
    ...byPlace(NEW_YORK_COLUMNS),
    leftOut: ['P', 'PURGED'],
    fitsRow: (cells) =>
      (cells.length === 45 || cells.length === 46 || cells.length === 47) &&
      fits(cells, 17, DAY) &&
      fits(cells, 35, DAY) &&
      fits(cells, 43, /^[A-Z]{2,3}\w{5,}$/) &&
      fits(cells, 11, /^\d{0,5}$/),
  },
  {
    id: 'fl-extract',
    needs: ['voterid', 'requestedpublicrecordsexemption'],
    ...byPlace(FLORIDA_COLUMNS),
    quoted: false,
    fitsRow: (cells) =>
      (cells.length === 38 || cells.length === 39) &&
      fits(cells, 0, /^[A-Z]{3}$/) &&
      fits(cells, 1, /^\w{5,}$/) &&
      fits(cells, 21, DAY) &&
      fits(cells, 28, /^(?:ACT|INA|PRE)$/),
  },
];

/** Where each cell of Michigan’s older file begins, from 0; the last is where the line ends. */
export const MICHIGAN_STARTS: readonly number[] = [
  0, 35, 55, 75, 78, 82, 83, 91, 92, 99, 103, 105, 135, 141, 143, 156, 191, 193, 198, 248, 298, 348,
  398, 448, 461, 463, 468, 474, 479, 484, 489, 494, 499, 504, 510, 516, 517, 519, 520,
];

export const MICHIGAN_BY_PLACE: Layout = {
  id: 'mi-qvf',
  needs: ['statevoterref', 'residencestreetnumber'],
  fields: MICHIGAN_FIXED,
  quoted: false,
  leftOut: ['C', 'R'],
  columns: [
    'LAST_NAME',
    'FIRST_NAME',
    'MIDDLE_NAME',
    'NAME_SUFFIX',
    'BIRTH_YEAR',
    'GENDER',
    'DATE_OF_REGISTRATION',
    'HOUSE_NUM_CHARACTER',
    'RESIDENCE_STREET_NUMBER',
    'HOUSE_SUFFIX',
    'PRE_DIRECTION',
    'STREET_NAME',
    'STREET_TYPE',
    'SUFFIX_DIRECTION',
    'RESIDENCE_EXTENSION',
    'CITY',
    'STATE',
    'ZIP',
    'MAIL_ADDR_1',
    'MAIL_ADDR_2',
    'MAIL_ADDR_3',
    'MAIL_ADDR_4',
    'MAIL_ADDR_5',
    'STATE_VOTER_REF',
    'COUNTYCODE',
    'JURISDICTION',
    'WARD_PRECINCT',
    'SCHOOL_CODE',
    'LOWER_HOUSE_DIST',
    'UPPER_HOUSE_DIST',
    'CONGRESSIONAL_DIST',
    'COUNTY_BOARD_DIST',
    'VILLAGE_CODE',
    'VILLAGE_PRECINCT',
    'SCHOOL_PRECINCT',
    'PERMANENT_ABSENTEE_IND',
    'REGISTRATION_STATUS',
    'UOCAVA_STATUS',
  ],
};

/** Whether a line looks like one of Michigan’s older file: a year, a sex, a day and a state in place. */
export function isMichiganLine(line: string): boolean {
  return (
    line.length >= 461 &&
    /^(?:\d{4}| {4})[MFUX12 ](?:\d{8}| {8})/.test(line.slice(78, 91)) &&
    /^[A-Z]{2}\d{5}/.test(line.slice(191, 198))
  );
}
