import { parseArgs } from 'node:util';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { Cut, CutProgress } from '#shared/turf/cut/cut.ts';
import { cutTurfs } from '#shared/turf/cut/cut-turfs.ts';
import { joinNegatives } from './join-negatives.ts';
import { DEGREES_AS_METRES, looksLikeDegrees } from './looks-like-degrees.ts';
import { idOf, readBarriers, readCutDoors } from './read-cut-doors.ts';
import { type LooseFeature, readFeatures } from './read-features.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const TURF_HELP = `homeground turf cut --doors F.geojson [--streets F.geojson] [--barriers F.geojson] --size N
                    [--tolerance 0.1] [--ms N] [--seed N] [--json]

  Cuts doors into turfs of N households each and prints GeoJSON: every feature of the doors with
  \`turf\` (null with \`uncut\` and the reason where it is in none) and \`order\`, its place in the
  walk; then each turf as a polygon with \`doors\`, \`households\`, \`metres\` (the price of crossings
  in them), \`minutes\`, \`crosses\` and \`why\`. With --json on one line. Doors are points with an id and, where known, households
  (1), people, building, street, number, unit, precinct. Without streets walks are estimated.
  Barriers are lines or areas with a kind (water, rail, road, drawn …): a walk goes over one
  only where a street does, and over a drawn one nowhere. The same files and seed give the same
  turfs; --ms says about how long to better them, 8000 when not given, counted in steps.
  More: --turfs N (so many, whatever their size), --minutes (the size is minutes),
  --whole-precincts, --whole-faces METRES, --compactness 0.3, --planar (x and y in metres).`;

const WORDS: Readonly<Record<CutProgress['step'], string>> = {
  streets: 'Reading the streets',
  walk: 'Walking past every door',
  split: 'Cutting',
  better: 'Shortening the walks',
  outlines: 'Drawing',
};

/** What the default effort is meant to take for a city, in milliseconds. */
const EFFORT_MS = 8000;

function readWords(words: readonly string[]) {
  return parseArgs({
    args: joinNegatives(words),
    allowPositionals: true,
    options: {
      doors: { type: 'string' },
      streets: { type: 'string' },
      barriers: { type: 'string' },
      size: { type: 'string' },
      turfs: { type: 'string' },
      tolerance: { type: 'string' },
      ms: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'boolean', default: false },
      'whole-precincts': { type: 'boolean', default: false },
      'whole-faces': { type: 'string' },
      compactness: { type: 'string' },
      planar: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

/** A number of the command line, from `least` to `most`; a whole one unless `parts` may be. */
function numberOf(
  word: string | undefined,
  name: string,
  least: number,
  most: number,
  parts: 'parts' | 'whole' = 'whole',
) {
  if (word === undefined) return undefined;
  const value = Number(word);
  const fits = value >= least && value <= most && (parts === 'parts' || Number.isInteger(value));
  if (word.trim() !== '' && fits) return value;
  const kind = parts === 'parts' ? 'a number' : 'a whole number';
  throw new CommandError(
    `--${name} takes ${kind} from ${least} to ${most}, not “${word}”. Nothing was cut.`,
    EXIT.misused,
  );
}

export function turfCommand(words: readonly string[]): void {
  const { values, positionals } = readWords(words);
  if (values.help) return void process.stdout.write(`${TURF_HELP}\n`);
  const [verb, ...others] = positionals;
  const sized = values.size !== undefined || values.turfs !== undefined;
  if (verb !== 'cut' || others.length > 0 || values.doors === undefined || !sized) {
    throw new CommandError(TURF_HELP, EXIT.misused);
  }
  const turfs = numberOf(values.turfs, 'turfs', 1, 100_000);
  const ms = numberOf(values.ms, 'ms', 1, 3_600_000) ?? EFFORT_MS;
  const options = {
    size: numberOf(values.size, 'size', 1, 100_000, values.minutes ? 'parts' : 'whole') ?? 1,
    ...(turfs === undefined ? {} : { turfs }),
    tolerance: numberOf(values.tolerance, 'tolerance', 0, 1, 'parts') ?? 0.1,
    seed: numberOf(values.seed, 'seed', 0, 0xffffffff) ?? 1,
    wholeFaces: numberOf(values['whole-faces'], 'whole-faces', 0, 10_000, 'parts') ?? 0,
    compactness: numberOf(values.compactness, 'compactness', 0, 100, 'parts') ?? 0.3,
    wholePrecincts: values['whole-precincts'],
    measure: values.minutes ? ('minutes' as const) : ('households' as const),
    planar: values.planar,
    effort: ms / EFFORT_MS,
  };
  const features = readFeatures(values.doors);
  const streets = values.streets === undefined ? [] : readFeatures(values.streets);
  const barriers = values.barriers === undefined ? [] : readFeatures(values.barriers);
  const terminal = openTerminal(values.json);
  const read = readStreets({ features: streets }).streets;
  if (values.streets !== undefined && read.length === 0) {
    throw new CommandError(`${values.streets} has no lines that are streets. Nothing was cut.`);
  }
  const doors = readCutDoors(features);
  if (values.planar && looksLikeDegrees(doors)) terminal.step(DEGREES_AS_METRES);
  const cut = orEnd(
    cutTurfs(doors, {
      ...options,
      streets: read,
      barriers: readBarriers(barriers),
      onProgress: ({ step, share }) => {
        terminal.progress(`${WORDS[step]}, ${Math.round(share * 100)} %`);
        return false;
      },
    }),
  );
  terminal.step(sayCut(cut));
  const found = toGeoJson(cut, features);
  const lines = found.features.map((feature) => JSON.stringify(feature)).join(',\n');
  terminal.result(`{"type":"FeatureCollection","features":[\n${lines}\n]}`, found);
}

function sayCut({ turfs, uncut, estimated }: Cut): string {
  const metres = turfs.reduce((sum, turf) => sum + turf.metres, 0);
  const households = turfs.reduce((sum, turf) => sum + turf.households, 0);
  const left = uncut.length === 0 ? '' : ` ${uncut.length} doors are in none; see why at each.`;
  const guess = estimated ? ' Without streets the walks are estimates by straight lines.' : '';
  const each = households === 0 ? '' : `, ${(metres / households).toFixed(1)} m a household`;
  return `${turfs.length} turfs, ${households} households${each}.${left}${guess}`;
}

function toGeoJson({ turfs, uncut }: Cut, features: readonly LooseFeature[]) {
  const inTurf = new Map<string, { turf: number; order: number }>();
  turfs.forEach(({ doors }, turf) => {
    doors.forEach((id, order) => inTurf.set(id, { turf: turf + 1, order: order + 1 }));
  });
  const reasons = new Map(uncut.map(({ id, reason }) => [id, reason]));
  const doors = features.map((feature, place) => {
    const id = idOf(feature, place);
    const found = inTurf.get(id) ?? { turf: null, uncut: reasons.get(id) };
    return {
      type: 'Feature',
      id,
      properties: { ...feature.properties, id, ...found },
      geometry: feature.geometry ?? null,
    };
  });
  const polygons = turfs.map(({ doors: ids, outline, ...about }, turf) => ({
    type: 'Feature',
    id: `turf ${turf + 1}`,
    properties: { turf: turf + 1, doors: ids.length, ...about },
    geometry: outline,
  }));
  return { type: 'FeatureCollection', features: [...doors, ...polygons] };
}
