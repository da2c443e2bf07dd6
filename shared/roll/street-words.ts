/**
 * Street types with the short form that the post uses (USPS Publication 28, appendix C1): each line
 * is the short form followed by the other spellings met in voter files.
 */
const TYPE_LINES = `
ALY ALLEY ALLY|ARC ARCADE|AVE AVENUE AV AVEN AVN|BCH BEACH|BLF BLUFF|BLVD BOULEVARD BOUL BLV BLVRD
BND BEND|BR BRANCH|BRG BRIDGE|BRK BROOK|BYP BYPASS|CIR CIRCLE CIRC CRCL|CLB CLUB|CMN COMMON
CMNS COMMONS|COR CORNER|CORS CORNERS|CRES CRESCENT CRESENT|CRK CREEK|CRSE COURSE|CRST CREST
CSWY CAUSEWAY|CT COURT CRT|CTR CENTER CENTRE CNTR|CTS COURTS|CURV CURVE|CV COVE|DL DALE|DR DRIVE DRV
DRS DRIVES|EST ESTATE|ESTS ESTATES|EXPY EXPRESSWAY|EXT EXTENSION EXTN|FLD FIELD|FLDS FIELDS|FLS FALLS
FRD FORD|FRST FOREST|FRY FERRY|FWY FREEWAY|GDN GARDEN|GDNS GARDENS|GLN GLEN|GRN GREEN|GRV GROVE
GTWY GATEWAY|HBR HARBOR|HL HILL|HLS HILLS|HOLW HOLLOW|HTS HEIGHTS|HVN HAVEN|HWY HIGHWAY HIWAY
IS ISLAND|JCT JUNCTION|KNL KNOLL|KNLS KNOLLS|LK LAKE|LKS LAKES|LN LANE|LNDG LANDING|LOOP LOOPS|MALL
MDW MEADOW|MDWS MEADOWS|ML MILL|MLS MILLS|MNR MANOR|MTN MOUNTAIN|OVAL|PARK PK|PASS|PATH PATHS
PIKE PIKES|PKWY PARKWAY PKY PARKWY|PL PLACE|PLN PLAIN|PLZ PLAZA|PNE PINE|PNES PINES|PT POINT
RD ROAD|RDG RIDGE|RDS ROADS|RIV RIVER|ROW|RTE ROUTE RT|RUN|SHR SHORE|SHRS SHORES|SMT SUMMIT
SPG SPRING|SPGS SPRINGS|SQ SQUARE SQR|ST STREET STR STRT|STA STATION|STRM STREAM|TER TERRACE TERR
TPKE TURNPIKE TRNPK|TRAK TRACK|TRCE TRACE|TRL TRAIL|TUNL TUNNEL|UN UNION|VIA VIADUCT|VIS VISTA
VLG VILLAGE|VLY VALLEY|VW VIEW|WALK|WAY WY|WLS WELLS|XING CROSSING|XRD CROSSROAD
`;

export const STREET_TYPES: ReadonlyMap<string, string> = new Map(
  TYPE_LINES.trim()
    .split(/[|\n]/)
    .flatMap((line) => {
      const spellings = line.trim().split(' ');
      const short = spellings[0] ?? '';
      return spellings.map((spelling): [string, string] => [spelling, short]);
    }),
);

export const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['N', 'N'],
  ['NORTH', 'N'],
  ['S', 'S'],
  ['SOUTH', 'S'],
  ['E', 'E'],
  ['EAST', 'E'],
  ['W', 'W'],
  ['WEST', 'W'],
  ['NE', 'NE'],
  ['NORTHEAST', 'NE'],
  ['NW', 'NW'],
  ['NORTHWEST', 'NW'],
  ['SE', 'SE'],
  ['SOUTHEAST', 'SE'],
  ['SW', 'SW'],
  ['SOUTHWEST', 'SW'],
]);

const ORDINAL_WORDS =
  'FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH FOURTEENTH FIFTEENTH SIXTEENTH SEVENTEENTH EIGHTEENTH NINETEENTH TWENTIETH'.split(
    ' ',
  );

/** `7TH` for 7, as signs have it. */
export function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const end = teen ? 'TH' : (['TH', 'ST', 'ND', 'RD'][n % 10] ?? 'TH');
  return `${n}${end}`;
}

export const ORDINALS: ReadonlyMap<string, string> = new Map(
  ORDINAL_WORDS.map((word, i) => [word, ordinal(i + 1)]),
);

/** Words that announce a unit and say nothing of it. */
export const PLAIN_UNIT_WORDS: ReadonlySet<string> = new Set(
  'APT APARTMENT APMT UNIT UNT NO NUM NUMBER'.split(' '),
);

/** Words that announce a unit and are part of its name: lot 7 is not apartment 7. */
export const NAMED_UNIT_WORDS: ReadonlyMap<string, string> = new Map([
  ['BLDG', 'BLDG'],
  ['BUILDING', 'BLDG'],
  ['BSMT', 'BSMT'],
  ['BASEMENT', 'BSMT'],
  ['FL', 'FL'],
  ['FLOOR', 'FL'],
  ['FLR', 'FL'],
  ['FRNT', 'FRNT'],
  ['FRONT', 'FRNT'],
  ['LOT', 'LOT'],
  ['PH', 'PH'],
  ['PENTHOUSE', 'PH'],
  ['REAR', 'REAR'],
  ['RM', 'RM'],
  ['ROOM', 'RM'],
  ['SPC', 'SPC'],
  ['SPACE', 'SPC'],
  ['STE', 'STE'],
  ['SUITE', 'STE'],
  ['TRLR', 'TRLR'],
  ['TRAILER', 'TRLR'],
]);
