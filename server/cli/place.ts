import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findRollFiles } from '../roll/find-roll-files.ts';
import { loadPlace } from '../roll/load-place.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const PLACE_HELP = `homeground place load DIR --chapter SHORT-NAME [--json]

  Gives a chapter its map and its list of addresses from a folder: streets.geojson (or
  street_centerlines.geojson), water, parks, rail, buildings and precincts as GeoJSON, and
  address_points (or addresses) as .csv or .geojson with units.csv. The list may have the
  columns of OpenAddresses, of NENA's E911 standard or a county's own, in degrees (WGS84).
  A basemap of vector tiles (any .pmtiles file with the layers of Protomaps) fills the layers
  for which there is no file.
  What the folder lacks is empty on the map. Load the place before the roll, so that the
  roll's people find their doors.`;

export async function placeCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${PLACE_HELP}\n`);
  const [verb, folder, ...others] = positionals;
  if (verb !== 'load' || folder === undefined || others.length > 0) {
    throw new CommandError(PLACE_HELP, EXIT.misused);
  }
  const dir = resolve(folder);
  if (!existsSync(dir)) throw new CommandError(`There is no folder ${dir}. Nothing was changed.`);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const loaded = orEnd(await loadPlace(db, findRollFiles(dir).place));
    const layers = Object.entries(loaded.layers).map(([name, count]) => `${count} ${name}`);
    openTerminal(values.json).result(
      `The map has ${layers.join(', ')}. ${loaded.addresses} addresses.`,
      loaded,
    );
  });
}
