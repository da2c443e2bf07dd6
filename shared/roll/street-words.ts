/**
 * Street types with the short form that the post uses (USPS Publication 28, appendix C1): each line
 * is the short form, the word in full, and the other spellings met in files. Two spellings of
 * older editions are left out, since they mostly mean something else: LA (Lane), CR (Creek).
 */
const TYPE_LINES = `
ALY ALLEY ALLEE ALLY|ANX ANNEX ANEX ANNX|ARC ARCADE|AVE AVENUE AV AVEN AVENU AVN AVNUE|BYU BAYOU BAYOO
BCH BEACH|BND BEND|BLF BLUFF BLUF|BLFS BLUFFS|BTM BOTTOM BOT BOTTM|BLVD BOULEVARD BOUL BOULV BLV BLVRD BVD
BR BRANCH BRNCH|BRG BRIDGE BRDGE|BRK BROOK|BRKS BROOKS|BG BURG|BGS BURGS|BYP BYPASS BYPA BYPAS BYPS
CP CAMP CMP|CYN CANYON CANYN CNYN|CPE CAPE|CSWY CAUSEWAY CAUSWA CAUSWAY|CTR CENTER CENTRE CEN CENT CENTR CNTER CNTR
CTRS CENTERS|CIR CIRCLE CIRC CIRCL CRCL CRCLE|CIRS CIRCLES|CLF CLIFF|CLFS CLIFFS|CLB CLUB|CMN COMMON
CMNS COMMONS|COR CORNER|CORS CORNERS|CRSE COURSE|CT COURT CRT|CTS COURTS CRTS|CV COVE|CVS COVES|CRK CREEK CK
CRES CRESCENT CRECENT CRESENT CRSCNT CRSENT CRSNT|CRST CREST|XING CROSSING CRSSING CRSSNG
XRD CROSSROAD|XRDS CROSSROADS|CURV CURVE|DL DALE|DM DAM|DV DIVIDE DIV DVD|DR DRIVE DRIV DRV|DRS DRIVES|EST ESTATE
ESTS ESTATES|EXPY EXPRESSWAY EXP EXPR EXPRESS EXPW|EXT EXTENSION EXTN EXTNSN|EXTS EXTENSIONS|FALL|FLS FALLS
FRY FERRY FRRY|FLD FIELD|FLDS FIELDS|FLT FLAT|FLTS FLATS|FRD FORD|FRDS FORDS|FRST FOREST FORESTS|FRG FORGE FORG
FRGS FORGES|FRK FORK|FRKS FORKS|FT FORT FRT|FWY FREEWAY FREEWY FRWAY FRWY|GDN GARDEN GARDN GRDEN GRDN
GDNS GARDENS GRDNS|GTWY GATEWAY GATEWY GATWAY GTWAY|GLN GLEN|GLNS GLENS|GRN GREEN|GRNS GREENS|GRV GROVE GROV
GRVS GROVES|HBR HARBOR HARB HARBR HRBOR HARBOUR|HBRS HARBORS|HVN HAVEN HAVN|HTS HEIGHTS HT HEIGHT HGTS
HWY HIGHWAY HIGHWY HIWAY HIWY HWAY|HL HILL|HLS HILLS|HOLW HOLLOW HLLW HOLLOWS HOLWS|INLT INLET|IS ISLAND ISLND
ISS ISLANDS ISLNDS|ISLE ISLES|JCT JUNCTION JCTION JCTN JUNCTN JUNCTON|JCTS JUNCTIONS JCTNS|KY KEY|KYS KEYS
KNL KNOLL KNOL|KNLS KNOLLS|LK LAKE|LKS LAKES|LAND|LNDG LANDING LNDNG|LN LANE LANES|LGT LIGHT|LGTS LIGHTS
LF LOAF|LCK LOCK|LCKS LOCKS|LDG LODGE LDGE LODG|LOOP LOOPS LP|MALL|MNR MANOR|MNRS MANORS|MDW MEADOW
MDWS MEADOWS MEDOWS|MEWS|ML MILL|MLS MILLS|MSN MISSION MISSN MSSN|MTWY MOTORWAY|MT MOUNT MNT
MTN MOUNTAIN MNTAIN MNTN MOUNTIN MTIN|MTNS MOUNTAINS MNTNS|NCK NECK|ORCH ORCHARD ORCHRD|OVAL OVL|OPAS OVERPASS
PARK PARKS PK PRK|PKWY PARKWAY PARKWY PKWAY PKY PARKWAYS PKWYS|PASS|PSGE PASSAGE|PATH PATHS|PIKE PIKES|PNE PINE
PNES PINES|PL PLACE|PLN PLAIN|PLNS PLAINS|PLZ PLAZA PLZA|PT POINT|PTS POINTS|PRT PORT|PRTS PORTS
PR PRAIRIE PRR|RADL RADIAL RAD RADIEL|RAMP|RNCH RANCH RANCHES RNCHS|RPD RAPID|RPDS RAPIDS|RST REST
RDG RIDGE RDGE|RDGS RIDGES|RIV RIVER RIVR RVR|RD ROAD|RDS ROADS|RTE ROUTE RT|ROW|RUE|RUN|SHL SHOAL
SHLS SHOALS|SHR SHORE SHOAR|SHRS SHORES SHOARS|SKWY SKYWAY|SPG SPRING SPNG SPRNG|SPGS SPRINGS SPNGS SPRNGS
SPUR SPURS|SQ SQUARE SQR SQRE SQU|SQS SQUARES SQRS|STA STATION STATN STN|STRA STRAVENUE STRAV STRAVEN STRAVN STRVN STRVNUE
STRM STREAM STREME|ST STREET STR STRT|STS STREETS|SMT SUMMIT SUMIT SUMITT|TER TERRACE TERR|TRWY THROUGHWAY
TRCE TRACE TRACES|TRAK TRACK TRACKS TRK TRKS|TRFY TRAFFICWAY|TRL TRAIL TRAILS TRLS TR|TRLR TRAILER TRLRS
TUNL TUNNEL TUNEL TUNLS TUNNELS TUNNL|TPKE TURNPIKE TRNPK TURNPK TRPK TPK|UPAS UNDERPASS|UN UNION|UNS UNIONS
VLY VALLEY VALLY VLLY|VLYS VALLEYS|VIA VIADUCT VDCT VIADCT|VW VIEW|VWS VIEWS|VLG VILLAGE VILL VILLAG VILLG VILLIAGE
VLGS VILLAGES|VL VILLE|VIS VISTA VIST VST VSTA|WALK WALKS|WALL|WAY WY|WAYS|WL WELL|WLS WELLS
`;

const TYPE_ROWS = TYPE_LINES.trim()
  .split(/[|\n]/)
  .map((line) => line.trim().split(' '));

/** Every spelling of a street type with the post's short form. */
export const STREET_TYPES: ReadonlyMap<string, string> = new Map(
  TYPE_ROWS.flatMap((spellings) =>
    spellings.map((spelling): [string, string] => [spelling, spellings[0] ?? '']),
  ),
);

/** Short forms that are the word itself. */
const WHOLE_TYPES: ReadonlySet<string> = new Set(
  'FALL ISLE LAND LOOP MALL MEWS OVAL PARK PASS PATH PIKE RAMP ROW RUE RUN SPUR WALK WALL WAY WAYS'.split(
    ' ',
  ),
);

/** The post's short forms with the word in full, where that is another one. */
export const TYPES_IN_FULL: ReadonlyMap<string, string> = new Map(
  TYPE_ROWS.map(([short = '', full = '']): [string, string] => [short, full]).filter(
    ([short]) => !WHOLE_TYPES.has(short),
  ),
);

/**
 * Types that hardly mean anything else at the end of a street; a town's name follows one of these
 * where a line holds both without a comma. Hill, Park or Lake are as often part of a name.
 */
export const PLAIN_TYPES: ReadonlySet<string> = new Set(
  'ALY AVE BLVD CIR CT DR EXPY EXT FWY HWY LN PKWY PL RD SQ ST TER TPKE TRL WAY XING'.split(' '),
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

/** As part of a name a direction is written out: `BAY WEST DR`. */
export const DIRECTIONS_IN_FULL: ReadonlyMap<string, string> = new Map(
  [...DIRECTIONS].filter(([word]) => word.length > 2).map(([word, short]) => [short, word]),
);

/** `NO MAIN ST` and `SO MAIN ST`, as New England writes them; only before a name. */
export const SHORT_DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['NO', 'N'],
  ['SO', 'S'],
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

const TENS = 'TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY'.split(' ');

/** Ordinals of one word, as digits. */
export const ORDINALS: ReadonlyMap<string, string> = new Map([
  ...ORDINAL_WORDS.map((word, i): [string, string] => [word, ordinal(i + 1)]),
  ...TENS.slice(1).map((word, i): [string, string] => [
    word.replace(/Y$/, 'IETH'),
    ordinal(10 * (i + 3)),
  ]),
  ['HUNDREDTH', '100TH'],
]);

/** `TWENTY` and its like, with their number. */
export const TENS_WORDS: ReadonlyMap<string, number> = new Map(
  TENS.map((word, i) => [word, 10 * (i + 2)]),
);

/** Numbers that stand in words before a street: `ONE MAIN ST`. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  'ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN SEVENTEEN EIGHTEEN NINETEEN'
    .split(' ')
    .map((word, i) => [word, i + 1]),
);

/** Words that announce a unit and say nothing of it. */
export const PLAIN_UNIT_WORDS: ReadonlySet<string> = new Set(
  'APT APARTMENT APMT UNIT UNT NO NUM NUMBER'.split(' '),
);

/** Words that announce a unit and are part of its name: lot 7 is not apartment 7. */
export const NAMED_UNIT_WORDS: ReadonlyMap<string, string> = new Map([
  ['BLDG', 'BLDG'],
  ['BUILDING', 'BLDG'],
  ['BLD', 'BLDG'],
  ['BSMT', 'BSMT'],
  ['BASEMENT', 'BSMT'],
  ['FL', 'FL'],
  ['FLOOR', 'FL'],
  ['FLR', 'FL'],
  ['FRNT', 'FRNT'],
  ['FRONT', 'FRNT'],
  ['LOT', 'LOT'],
  ['LT', 'LOT'],
  ['LOWR', 'LOWER'],
  ['LWR', 'LOWER'],
  ['LOWER', 'LOWER'],
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
  ['TLR', 'TRLR'],
  ['MH', 'TRLR'],
  ['UPPR', 'UPPER'],
  ['UPR', 'UPPER'],
  ['UPPER', 'UPPER'],
]);

/**
 * Secondary units in all spellings with the post's short form (Publication 28, appendix C2), for
 * reading a line. `#` stands for a unit of which the kind is not said.
 */
export const UNIT_WORDS: ReadonlyMap<string, string> = new Map(
  `# NO NUM NUMBER|APT APARTMENT APMT APTMT APPT AP APRT|BSMT BASEMENT BASMT BSMNT|BLDG BUILDING BLD BLDNG TOWER TWR|DEPT DEPARTMENT
FL FLOOR FLR FLOR|FRNT FRONT|HNGR HANGAR HANGER|KEY|LBBY LOBBY|LOT LT|LOWR LOWER LWR DOWNSTAIRS|OFC OFFICE|PH PENTHOUSE
PIER|PMB|REAR|RM ROOM|SIDE|SITE|SLIP|SPC SPACE SP|STOP|STE SUITE SUIT|TRLR TRAILER TLR MH|UNIT UNT UNITS CONDO TOWNHOUSE VILLA|UPPR UPPER UPR UPSTAIRS`
    .split(/[|\n]/)
    .flatMap((line) => {
      const spellings = line.split(' ');
      return spellings.map((spelling): [string, string] => [spelling, spellings[0] ?? '']);
    }),
);
