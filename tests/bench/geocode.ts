import { type Dice, seededDice } from '#shared/kernel/random.ts';
import { makePrecinctFinder } from '#shared/roll/find-precinct.ts';
import { AddressIndex, type AskedAddress, type NamedRange } from '#shared/roll/match-address.ts';
import { parseAddressLine } from '#shared/roll/parse-address.ts';
import { readRanges } from '../../server/roll/open-place.ts';
import type { StoredPoint } from '../../server/store/roll-place.ts';
import { hasPlaces, readAreas, readCsv, readPlaces, readStreets } from './geocode-data.ts';
import { MISTAKES } from './geocode-mistakes.ts';
import { Grades } from './geocode-grades.ts';
import { type BenchOptions, round } from './line.ts';

const CAMBRIDGE = 'cambridge-ma';
const VERMONT = 'vermont-rural';
/** A share of the points is hidden and looked for, another is asked for with a mistake. */
const SHARE = 0.1;

function ask({ number, street, city, zip }: StoredPoint): AskedAddress {
  const unknown = { half: '', unit: '', unitType: '', lon: null, lat: null };
  return { number, street, city, zip, ...unknown };
}

/** Points with a place and a number, which a door can have. */
function isDoor({ number, lon }: StoredPoint): boolean {
  return lon !== null && /^[1-9]/.test(number);
}

/** Other city layers' own addresses and positions, found on the list without what they are. */
async function checkPublished(index: AddressIndex): Promise<Grades> {
  const grades = new Grades();
  for (const row of await readCsv(`${CAMBRIDGE}/geocode_check.csv`)) {
    const { number, street, unit } = parseAddressLine(row.get('addresstext') ?? '');
    const none = { half: '', unitType: '', city: '', zip: '', lon: null, lat: null };
    const match = index.match({ number, street, unit, ...none });
    grades.add(
      match,
      [Number(row.get('lon')), Number(row.get('lat'))],
      row.get('addressidifexact') || null,
    );
  }
  return grades;
}

/** Each point's precinct by its place, beside the city's own. */
async function checkPrecincts(points: readonly StoredPoint[]): Promise<[right: number, n: number]> {
  const precinctAt = makePrecinctFinder(readAreas(`${CAMBRIDGE}/precincts_2022.geojson`));
  const truth = new Map<string, string>();
  for (const row of await readCsv(`${CAMBRIDGE}/address_area_truth.csv.gz`)) {
    truth.set(row.get('addressid') ?? '', row.get('wp2022') ?? '');
  }
  let [right, n] = [0, 0];
  for (const { sourceId, lon, lat } of points) {
    const wanted = truth.get(sourceId) ?? '';
    if (lon === null || lat === null || wanted === '') continue;
    n++;
    if (precinctAt(lon, lat) === wanted) right++;
  }
  return [right, n];
}

/** Hides a tenth of the points and looks for them among the rest. */
function checkHidden(
  points: readonly StoredPoint[],
  ranges: readonly NamedRange[],
  dice: Dice,
): Grades {
  const hidden = new Set(points.filter((point) => isDoor(point) && dice.chance(SHARE)));
  const index = new AddressIndex(
    points.filter((point) => !hidden.has(point)),
    ranges,
  );
  const grades = new Grades();
  for (const point of hidden)
    grades.add(index.match(ask(point)), [point.lon ?? 0, point.lat ?? 0], null);
  return grades;
}

/** Puts one mistake each into a tenth of the addresses and looks for them. */
function checkMistakes(index: AddressIndex, points: readonly StoredPoint[], dice: Dice): Grades {
  const grades = new Grades();
  const mistakes = Object.entries(MISTAKES);
  for (const point of points) {
    if (!isDoor(point) || !dice.chance(SHARE)) continue;
    const [name, make] = dice.pick(mistakes);
    const asked = make(ask(point), dice);
    if (asked === null) continue;
    grades.add(index.match(asked), [point.lon ?? 0, point.lat ?? 0], point.sourceId, name);
  }
  return grades;
}

/** Matches a second of CPU time, each address once. */
function measureRate(index: AddressIndex, points: readonly StoredPoint[]): number {
  const began = process.cpuUsage();
  for (const point of points) index.match(ask(point));
  const { user, system } = process.cpuUsage(began);
  return points.length / ((user + system) / 1e6);
}

/**
 * `npm run bench -- geocode`: how many addresses find their place, how far from it, and how often it
 * is a wrong one, by grade: against addresses and points published by others, with points hidden,
 * and with mistakes put in. Says so and prints nothing where the real places are absent.
 */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  if (!hasPlaces()) {
    process.stderr.write('bench geocode: the real places are not here, see HOMEGROUND_DATA\n');
    return;
  }
  const say = (
    about: string,
    figure: string,
    value: number,
    unit: string,
    against: string,
    goal: number,
    n: number,
  ): void =>
    print({
      bench: 'geocode',
      case: about,
      figure,
      value: round(value),
      unit,
      against,
      againstValue: goal,
      ratio: round(unit === 'm' ? goal / value : value / goal),
      n,
    });
  const tell = (about: string, grades: Grades): void =>
    grades.tell((...line) => say(about, ...line));

  const cambridge = await readPlaces(CAMBRIDGE);
  const ranges = [
    ...readRanges(readStreets(`${CAMBRIDGE}/street_centerlines.geojson.gz`).features),
  ];
  const index = new AddressIndex(cambridge, ranges);
  tell('Cambridge, published addresses', await checkPublished(index));
  const [right, n] = await checkPrecincts(cambridge);
  say('Cambridge, points', 'precinct_right', right / n, 'share', 'all', 1, n);
  tell('Cambridge, 10 % hidden', checkHidden(cambridge, ranges, seededDice(1)));
  tell('Cambridge, 10 % hidden, no ranges', checkHidden(cambridge, [], seededDice(1)));
  tell('Cambridge, 10 % with a mistake', checkMistakes(index, cambridge, seededDice(2)));
  if (quick) return;

  const vermont = await readPlaces(VERMONT);
  const began = process.cpuUsage();
  const wide = new AddressIndex(vermont, []);
  const { user, system } = process.cpuUsage(began);
  const { points, bytes } = wide.size;
  say('Vermont', 'index_made', (user + system) / 1e6, 's', 'goal for 400,000 points', 5, 1);
  say('Vermont', 'index_bytes_a_point', bytes / points, 'B', 'goal', 50, points);
  say(
    'Vermont',
    'matches_per_s',
    measureRate(wide, vermont),
    '1/s',
    'goal',
    100_000,
    vermont.length,
  );
  tell('Vermont, 10 % hidden', checkHidden(vermont, [], seededDice(3)));
  tell('Vermont, 10 % with a mistake', checkMistakes(wide, vermont, seededDice(4)));
}
