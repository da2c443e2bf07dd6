const STATE_LINES = `
AL ALABAMA|AK ALASKA|AZ ARIZONA|AR ARKANSAS|CA CALIFORNIA|CO COLORADO|CT CONNECTICUT|DE DELAWARE|DC DISTRICT OF COLUMBIA
FL FLORIDA|GA GEORGIA|HI HAWAII|ID IDAHO|IL ILLINOIS|IN INDIANA|IA IOWA|KS KANSAS|KY KENTUCKY|LA LOUISIANA|ME MAINE
MD MARYLAND|MA MASSACHUSETTS|MI MICHIGAN|MN MINNESOTA|MS MISSISSIPPI|MO MISSOURI|MT MONTANA|NE NEBRASKA|NV NEVADA
NH NEW HAMPSHIRE|NJ NEW JERSEY|NM NEW MEXICO|NY NEW YORK|NC NORTH CAROLINA|ND NORTH DAKOTA|OH OHIO|OK OKLAHOMA|OR OREGON
PA PENNSYLVANIA|PR PUERTO RICO|RI RHODE ISLAND|SC SOUTH CAROLINA|SD SOUTH DAKOTA|TN TENNESSEE|TX TEXAS|UT UTAH|VT VERMONT
VA VIRGINIA|VI VIRGIN ISLANDS|WA WASHINGTON|WV WEST VIRGINIA|WI WISCONSIN|WY WYOMING|GU GUAM|AE|AP|AA
`;

const STATES: ReadonlyMap<string, string> = new Map(
  STATE_LINES.trim()
    .split(/[|\n]/)
    .flatMap((line) => {
      const short = line.slice(0, 2);
      return [short, line.slice(3)]
        .filter((word) => word !== '')
        .map((word): [string, string] => [word, short]);
    }),
);

/** The post's two letters for a state's name or its letters, in capitals. */
export function shortState(word: string): string | undefined {
  return STATES.get(word);
}

/** First words of every state's name and the letters of each. */
export const STATE_STARTS: readonly string[] = [...STATES.keys()].map(
  (name) => name.split(' ')[0] ?? '',
);
