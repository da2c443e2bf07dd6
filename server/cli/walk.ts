import { parseArgs } from 'node:util';
import type { Position } from '#shared/model/geojson.ts';
import { buildNetwork } from '#shared/streets/build-network.ts';
import { FLAT, planeAround } from '#shared/streets/plane.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { StreetNetwork } from '#shared/streets/street-network.ts';
import { groupStops } from '#shared/walk/group-stops.ts';
import { orderWalk, type Walk } from '#shared/walk/order-walk.ts';
import { solveTour } from '#shared/walk/solve-tour.ts';
import { TOUR_MODES, type TourMode } from '#shared/walk/tour-mode.ts';
import { joinNegatives } from './join-negatives.ts';
import { DEGREES_AS_METRES, looksLikeDegrees } from './looks-like-degrees.ts';
import { type FileDoor, isPlace, readDoorsFile, readFeatures } from './read-doors-file.ts';
import { MOST_STOPS, readMatrixFile } from './read-matrix-file.ts';
import { CommandError, EXIT, openTerminal, type Terminal } from './terminal.ts';

export const WALK_HELP = `homeground walk order --doors F.geojson [--streets F.geojson] [--start LON,LAT] [--return]
                      [--one-side] [--planar] [--mode open|closed|start|ends] [--ms N] [--seed N] [--json]
homeground walk order --matrix F.json [--mode closed|open|start|ends] [--ms N] [--seed N] [--json]

  The short way past all doors of a file: points with an id, and with building, street, number and
  unit where they are known. With streets it is measured along them, both sides apart, and crossing
  has its price; without, ways are guessed. --planar: x and y are metres, ways are straight.
  --start begins there, --return comes back to where it began, --one-side crosses at corners only.
  --matrix takes distances: {"n":3,"d":[[…]]} or {"n":3,"lower_triangle":[…]}; start is stop 0,
  ends are the first and the last. Prints the order by ids (of a matrix by indexes), its length and
  what no order is shorter than, in metres, and the milliseconds it took. The same input gives the
  same order everywhere; with --ms it is searched for as long, and the machine matters.
  Ends with 0 when there is an order, 1 when the input gives none, 2 when the words are not these.`;

const OPTIONS = {
  doors: { type: 'string' },
  streets: { type: 'string' },
  matrix: { type: 'string' },
  start: { type: 'string' },
  return: { type: 'boolean', default: false },
  planar: { type: 'boolean', default: false },
  'one-side': { type: 'boolean', default: false },
  mode: { type: 'string' },
  ms: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseWords>['values'];

const parseWords = (words: readonly string[]) =>
  parseArgs({ args: joinNegatives(words), allowPositionals: true, options: OPTIONS });

export function walkCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseWords(words);
  const terminal = openTerminal(values.json);
  if (values.help) process.stdout.write(`${WALK_HELP}\n`);
  else {
    const [verb, ...others] = positionals;
    const sources = Number(values.doors !== undefined) + Number(values.matrix !== undefined);
    if (verb !== 'order' || others.length > 0 || sources !== 1) {
      throw new CommandError(WALK_HELP, EXIT.misused);
    }
    if (values.matrix === undefined) orderDoorsFile(values.doors ?? '', values, terminal);
    else orderMatrixFile(values.matrix, values, terminal);
  }
  return Promise.resolve();
}

/** How hard to search: by the clock when it was asked for, else the same everywhere. */
function effort(values: Values) {
  const ms = readWhole(values.ms, '--ms', 1, 3_600_000);
  const seed = readWhole(values.seed, '--seed', 0, 2 ** 32 - 1);
  const began = performance.now();
  return {
    began,
    ...(seed === undefined ? {} : { seed }),
    ...(ms === undefined
      ? {}
      : { kicks: Number.MAX_SAFE_INTEGER, spent: () => (performance.now() - began) / ms }),
  };
}

function readWhole(
  word: string | undefined,
  name: string,
  low: number,
  high: number,
): number | undefined {
  if (word === undefined) return undefined;
  const value = /^\d{1,10}$/.test(word) ? Number(word) : NaN;
  if (value >= low && value <= high) return value;
  throw new CommandError(`${name} takes a whole number from ${low} to ${high}.`, EXIT.misused);
}

function readMode(word: string | undefined): TourMode | undefined {
  const mode = TOUR_MODES.find((one) => one === word);
  if (word === undefined || mode !== undefined) return mode;
  throw new CommandError(`--mode is one of ${TOUR_MODES.join(', ')}.`, EXIT.misused);
}

function orderMatrixFile(path: string, values: Values, terminal: Terminal): void {
  const mode = readMode(values.mode) ?? (values.return ? 'closed' : 'open');
  const { count, metres } = readMatrixFile(path);
  const { began, ...how } = effort(values);
  const { order, length, lowerBound } = solveTour({ count, metres, mode, ...how });
  sayWalk(terminal, order, length, lowerBound, began);
}

function orderDoorsFile(path: string, values: Values, terminal: Terminal): void {
  const mode = readMode(values.mode);
  const start = readStart(values.start, values.planar);
  const doors = readDoorsFile(path, values.planar);
  if (values.planar && looksLikeDegrees(doors)) terminal.step(DEGREES_AS_METRES);
  const network = values.streets === undefined ? null : readNetwork(values.streets, doors, values);
  const { stops } = groupStops(doors);
  if (doors.length > 0 && stops.length === 0) {
    throw new CommandError(`No door of ${path} has coordinates. Nothing was computed.`);
  }
  if (stops.length > MOST_STOPS) {
    throw new CommandError(
      `${path} has ${stops.length} stops; nobody walks more than ${MOST_STOPS}. Cut turfs first: homeground turf cut.`,
    );
  }
  const { began, ...how } = effort(values);
  const pinned = mode === 'start' || mode === 'ends';
  const [first, last] = [doors[0]?.id, doors.at(-1)?.id];
  const walk = orderWalk(doors, {
    ...how,
    ...(network === null ? {} : { network }),
    ...(start === undefined ? {} : { start }),
    ...(pinned && first !== undefined ? { firstDoor: first } : {}),
    ...(mode === 'ends' && last !== undefined ? { lastDoor: last } : {}),
    planar: values.planar,
    oneSide: values['one-side'],
    comeBack: values.return || mode === 'closed',
  });
  warn(walk, values, network, terminal);
  const given = new Map(doors.map(({ id, givenId }) => [id, givenId]));
  sayWalk(
    terminal,
    walk.order.map((id) => given.get(id) ?? id),
    walk.length,
    walk.lowerBound,
    began,
  );
}

function readStart(word: string | undefined, planar: boolean): Position | undefined {
  if (word === undefined) return undefined;
  const [lon = NaN, lat = NaN, ...more] = word
    .split(',')
    .map((one) => (one.trim() ? Number(one) : NaN));
  if (isPlace(lon, lat, planar) && more.length === 0) return [lon, lat];
  throw new CommandError('--start takes longitude,latitude: --start -71.1,42.37', EXIT.misused);
}

function readNetwork(path: string, doors: readonly FileDoor[], { planar }: Values): StreetNetwork {
  const { streets } = readStreets({ features: readFeatures(path) });
  const [lon, lat] = middleOf(doors) ?? streets[0]?.line[0] ?? [0, 0];
  return buildNetwork(streets, { plane: planar ? FLAT : planeAround(lon, lat) });
}

function middleOf(doors: readonly FileDoor[]): Position | undefined {
  const { stops } = groupStops(doors);
  const stop = stops[Math.floor(stops.length / 2)];
  return stop && [stop.lon, stop.lat];
}

/** Says on the way what a reader of the order must know. */
function warn(
  walk: Walk,
  { planar }: Values,
  network: StreetNetwork | null,
  terminal: Terminal,
): void {
  const { unplaced, offStreets, cutOff, length } = walk;
  if (network === null && !planar) {
    terminal.step('No streets were given: ways are guessed, straight lines times 1.4.');
  } else if (network?.segments.count === 0) {
    terminal.step(
      'The streets hold none that one can walk: ways are guessed, straight lines times 1.4.',
    );
  }
  if (unplaced.length > 0) {
    terminal.step(
      `${unplaced.length} doors have no coordinates and come last: ${unplaced.slice(0, 5).join(', ')}.`,
    );
  }
  if (offStreets > 0) {
    terminal.step(
      `${offStreets} stops have no street within 500 m: straight lines times 1.4 lead there.`,
    );
  }
  if (cutOff > 0) {
    terminal.step(
      `${cutOff} stops are on streets that no street connects with the rest: straight lines times 1.4 lead there.`,
    );
  }
  if (length > 100_000) {
    terminal.step(
      `This walk is ${Math.round(length / 1000)} km long: are these doors of one town?`,
    );
  }
}

function sayWalk(
  terminal: Terminal,
  order: readonly (string | number)[],
  length: number,
  lowerBound: number,
  began: number,
): void {
  const ms = Math.round((performance.now() - began) * 10) / 10;
  const above = lowerBound > 0 ? (100 * (length - lowerBound)) / lowerBound : 0;
  const text = [
    ...order.map(String),
    `${Math.round(length)} m, at most ${above.toFixed(1)} % above the shortest walk there is; ${ms} ms`,
  ].join('\n');
  terminal.result(text, { order, length, lowerBound, ms });
}
