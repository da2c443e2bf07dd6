import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every way by which a text becomes markup, code, or the address of a script. */
const SINKS = [
  /\b(inner|outer)HTML\b/,
  /\bdangerouslySetInnerHTML\b/,
  /\binsertAdjacentHTML\b/,
  /\bcreateContextualFragment\b/,
  /\bparseFromString\b/,
  /\bsetHTML(Unsafe)?\b/,
  /\bsrcdoc\b/i,
  /\bdocument\.write/,
  /\beval\(/,
  /\bnew Function\b/,
  /\bset(Timeout|Interval)\(\s*['"`]/,
  /['"`]javascript:/i,
  // Leaflet takes a text for markup in all of these; a map of ours draws its words itself.
  /\.(bindPopup|bindTooltip|openPopup|openTooltip|setContent|setPopupContent|setTooltipContent)\(/,
  /\bL\.(popup|tooltip|divIcon|control)\b/,
  /\b(zoomControl|attributionControl): true/,
];

/** Every way by which a server would ask another one, or start a program. */
const OUTWARD = [
  /\bfetch\(/,
  /from 'node:(https|http2|dgram|dns|dns\/promises|tls|child_process|vm)'/,
  /\bimport \{[^}]*\b(request|get|connect|createConnection|Socket)\b[^}]*\} from 'node:(http|net)'/,
  /\b(axios|undici|nodemailer|node-fetch)\b/,
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

const bare = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');

function findIn(folders: readonly string[], patterns: readonly RegExp[]): string[] {
  return folders.flatMap(sources).flatMap((file) => {
    const text = bare(readFileSync(join(root, file), 'utf8'));
    return patterns
      .filter((pattern) => pattern.test(text))
      .map((pattern) => `${file} ${String(pattern)}`);
  });
}

test('no text of ours ever becomes markup or code in a page', () => {
  expect(findIn(['client', 'shared'], SINKS)).toEqual([]);
});

test('the search for markup finds each of its ways', () => {
  const ways = [
    'x.innerHTML = note',
    '<p dangerouslySetInnerHTML={{ __html: note }} />',
    "marker.bindPopup('<b>' + note)",
    'layer.bindTooltip(name)',
    'popup.setContent(note)',
    'L.divIcon({ html: note })',
    "setTimeout('alert(1)')",
  ];
  for (const way of ways) expect([way, SINKS.some((sink) => sink.test(way))]).toEqual([way, true]);
});

test('the server asks no other host and starts no program: nothing in it can', () => {
  expect(findIn(['server', 'shared', 'fixtures'], OUTWARD)).toEqual([]);
});
