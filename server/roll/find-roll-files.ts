import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { headerWord, recogniseLayout } from '#shared/roll/layouts.ts';
import { detectDelimiter } from '#shared/roll/detect-delimiter.ts';
import { isHistoryHeader } from './read-history.ts';

/** What a folder holds for a chapter: a map, a list of addresses, and a voter file. */
export interface PlaceFiles {
  readonly streets: string | null;
  readonly water: string | null;
  readonly parks: string | null;
  readonly rail: string | null;
  readonly buildings: string | null;
  readonly precincts: string | null;
  /** Vector tiles that fill the layers for which there is no file. */
  readonly basemap: string | null;
  readonly addressPoints: string | null;
  readonly units: string | null;
}

export interface RollFiles {
  readonly place: PlaceFiles;
  /** Null when no file of the folder is a voter file. */
  readonly voters: string | null;
  /** Voting-activity files that belong to it. */
  readonly history: readonly string[];
}

/**
 * Finds the files of a place by their usual names and its voter file by the header. A VAN export
 * goes before other layouts, since a folder may hold the same people twice.
 */
export function findRollFiles(dir: string): RollFiles {
  const names = readdirSync(dir).sort();
  const first = (form: RegExp): string | null => {
    const name = names.find((candidate) => form.test(candidate));
    return name === undefined ? null : join(dir, name);
  };
  const place: PlaceFiles = {
    streets: first(/^streets?(_centerlines)?\.geojson$/),
    water: first(/^water\.geojson$/),
    parks: first(/^parks\.geojson$/),
    rail: first(/^rail\.geojson$/),
    buildings: first(/^buildings\.geojson$/),
    precincts: first(/^precincts(_\d{4})?\.geojson$/),
    basemap: first(/\.pmtiles$/i),
    addressPoints: first(/^(address_points|addresses|openaddresses)\.(csv|geojson)$/i),
    units: first(/^units\.csv$/),
  };
  const texts = names
    .filter((name) => /\.(csv|txt|tab|tsv)$/i.test(name))
    .map((name) => ({ path: join(dir, name), header: readHeader(join(dir, name)) }));
  const rolls = texts.filter(({ header }) => recogniseLayout(header) !== null);
  const van = rolls.find(({ header }) => header.map(headerWord).includes('voterfilevanid'));
  return {
    place,
    voters: (van ?? rolls[0])?.path ?? null,
    history: texts.filter(({ header }) => isHistoryHeader(header)).map(({ path }) => path),
  };
}

function readHeader(path: string): string[] {
  if (!existsSync(path)) return [];
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(8192);
    const count = readSync(file, buffer, 0, buffer.length, 0);
    const text = buffer.toString('latin1', 0, count);
    const line = text.split(/\r?\n/)[0] ?? '';
    return line.split(detectDelimiter(line)).map((name) => name.replace(/^"|"$/g, ''));
  } finally {
    closeSync(file);
  }
}
