import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A town of its own among the copies: another name and zip, streets of which half have other names. */
interface Copy {
  readonly place: number;
  readonly city: string;
  readonly zip: number;
  /** What some streets' names end in here. */
  readonly ending: string;
}

const ENDINGS =
  'wood brook ridge field crest dale view ford gate hurst land mere side ton well worth'.split(' ');
/** Degrees between two towns. */
const APART = 0.3;

/** Streets whose names are not their own here: every other one. */
function renames(word: string): boolean {
  let sum = 0;
  for (let i = 0; i < word.length; i++) sum += word.charCodeAt(i);
  return sum % 2 === 1;
}

const NUMBERED = /\d/;
const DIRECTIONS = /^(?:north|south|east|west|old|upper|lower|little|[nsew])$/i;

function rename(street: string, { ending }: Copy): string {
  const words = street.split(' ');
  const at = words.findIndex((word) => !DIRECTIONS.test(word));
  const stem = words[at];
  if (stem === undefined || NUMBERED.test(stem) || !renames(stem.toLowerCase())) return street;
  words[at] = `${stem}${stem === stem.toUpperCase() ? ending.toUpperCase() : ending}`;
  return words.join(' ');
}

/** Lines of a file but its header and what is empty. */
function linesOf(path: string): { head: string; lines: string[] } {
  const [head = '', ...lines] = readFileSync(path, 'utf8').split(/\r?\n/);
  return { head, lines: lines.filter((line) => line !== '') };
}

function cellsOf(line: string): string[] {
  return line.split(',');
}

/**
 * Writes a county into a folder: `copies` of a town that lies in another one, each with a name, a zip,
 * ids and streets of its own, until the roll has `rows`. Voters are spread over all the towns. Text is
 * written town by town, so that it takes the memory of one. Gives how many points there are.
 */
export function writeCounty(
  townDir: string,
  targetDir: string,
  { copies, rows }: { readonly copies: number; readonly rows: number },
): number {
  mkdirSync(targetDir, { recursive: true });
  const points = linesOf(join(townDir, 'address_points.csv'));
  const units = linesOf(join(townDir, 'units.csv'));
  const voters = linesOf(join(townDir, 'voters-van.csv'));
  const streets = linesOf(join(townDir, 'streets.geojson'));
  const openFile = (name: string): number => openSync(join(targetDir, name), 'w');
  const files = {
    points: openFile('address_points.csv'),
    units: openFile('units.csv'),
    voters: openFile('voters-van.csv'),
    streets: openFile('streets.geojson'),
  };
  writeSync(files.points, `${points.head}\n`);
  writeSync(files.units, `${units.head}\n`);
  writeSync(files.voters, `${voters.head}\n`);
  writeSync(files.streets, '{"type":"FeatureCollection","features":[\n');
  const width = cellsOf(voters.head).length;
  const head = cellsOf(voters.head);
  const at = (name: string): number => head.findIndex((one) => one.trim() === name);
  const [idAt, streetAt, cityAt, zipAt] = ['Voter File VANID', 'StreetName', 'City', 'Zip5'].map(
    at,
  );
  let count = 0;
  for (let place = 0; place < copies; place++) {
    const ending = ENDINGS[place % ENDINGS.length] ?? '';
    const copy: Copy = { place, city: `Lark${ending}`, zip: 100 + place, ending };
    const shown = String(copy.zip).padStart(5, '0');
    const text = points.lines.map((line) => {
      const cells = cellsOf(line);
      const [id, number, suffix, street = '', , , lon, lat, kind] = cells;
      const to = (Number(lon) + place * APART).toFixed(6);
      const row = [
        `${id}${place}`,
        number,
        suffix,
        rename(street, copy),
        copy.city,
        shown,
        to,
        lat,
      ];
      return `${row.join(',')},${kind}\n`;
    });
    writeSync(files.points, text.join(''));
    const unitText = units.lines.map((line) => line.replace(',', `${place},`));
    writeSync(files.units, `${unitText.join('\n')}\n`);
    const share = Math.floor(((place + 1) * rows) / copies) - Math.floor((place * rows) / copies);
    const own: string[] = [];
    for (let i = 0; own.length < share; i++) {
      const line = voters.lines[Math.floor((i * voters.lines.length) / share)];
      if (line === undefined)
        throw new RangeError('The town has fewer voters than its copies need.');
      const cells = cellsOf(line);
      if (cells.length === width) {
        cells[idAt ?? 0] = `${cells[idAt ?? 0]}${place}`;
        cells[streetAt ?? 0] = rename(cells[streetAt ?? 0] ?? '', copy);
        cells[cityAt ?? 0] = copy.city;
        cells[zipAt ?? 0] = String(copy.zip);
      }
      own.push(cells.join(','));
    }
    writeSync(files.voters, `${own.join('\n')}\n`);
    count += own.length;
    const bodies = streets.lines.flatMap((line) => {
      const body = line.replace(/,$/, '');
      if (!body.startsWith('{"type":"Feature"')) return [];
      const feature = JSON.parse(body) as {
        properties: { street: string; zip_l?: string; zip_r?: string };
        geometry: { coordinates: [number, number][] };
      };
      const { properties, geometry } = feature;
      properties.street = rename(properties.street, copy);
      properties.zip_l = properties.zip_r = shown;
      geometry.coordinates = geometry.coordinates.map(([lon, lat]) => [
        Math.round((lon + place * APART) * 1e6) / 1e6,
        lat,
      ]);
      return [JSON.stringify(feature)];
    });
    writeSync(files.streets, `${place > 0 ? ',\n' : ''}${bodies.join(',\n')}`);
  }
  writeSync(files.streets, '\n]}\n');
  for (const file of Object.values(files)) closeSync(file);
  return points.lines.length * copies;
}
