import type { ArchiveResource } from './resource.ts';
import type { PackageOf } from './data-package.ts';

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length > 78 && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}

const HEAD = (chapter: string, at: number, version: string): string => `ARCHIVE OF ${chapter}
written by Homeground ${version} on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC

Everything that the chapter has is in this directory, in forms that common
programs read: SQLite, CSV, JSON, GeoJSON, plain text. Nothing of it needs
Homeground or its makers.

IT IS AS SENSITIVE AS THE ROLL ITSELF. It names people and where they live, and
what they said at their doors. The terms under which the chapter was given its
voter files hold for this directory too (imports.csv, column terms), and so
does every wish not to be contacted (opt_outs.csv, door_opt_outs.csv, column
do_not_contact of people.csv). Keep it encrypted, know who has it, and delete
it when it is no longer needed.

THE WHOLE CHAPTER
  chapter.db        the chapter's database, SQLite 3, as it was at one moment.
                    Besides everything below it holds the chapter's keys and
                    what people sign in with as hashes: whoever has it can
                    start a server as this chapter. Homeground puts it back:
                    homeground chapter restore DIRECTORY

THE SAME AS TABLES (CSV, UTF-8, RFC 4180; datapackage.json is their dictionary:
columns, types, keys, as a Tabular Data Package of frictionlessdata.io)
`;

const TAIL = `
THE REST
  log.jsonl         every fact as a phone wrote it (body), one a line, in the
                    order of arrival; sha256 is the hash of body
  held.jsonl        what arrived and was not applied, whole
  ledger.jsonl      what left for the chapter's own use and what was given away
  audit.jsonl       the audit chain in the letters that are hashed. The hash of
                    an entry is SHA-256 of: the hash before it (64 zeroes before
                    the first), a line feed, and
                    {"actor":A,"at":T,"details":D,"kind":"K","seq":N,"subject":"S"}
                    with actor and details as they stand here
  turfs.geojson     outlines of turfs (RFC 7946)
  map/              layers of the chapter's own map
  scripts/          scripts as JSON: each draft, each published version
  signatures/       what was drawn under petitions and pledges, as SVG
  handover.txt      one page for the next officers
  SHA256SUMS        check with: sha256sum -c SHA256SUMS

HOW TO READ THE TABLES
  Times are UTC in whole seconds; chapter.db has milliseconds. An empty cell is
  an absent value. A text that a spreadsheet would run as a formula (it begins
  with = + - @, a tab or a line end) has a ' in front; chapter.db has it
  without. Ids are the same in every file and stay the same after each import.
  Not in the tables: the chapter's keys, hashes of tokens and codes, passkeys,
  invites. The last line of exports.csv is this archive itself, without numbers:
  it was being written then.
`;

/** What is what, for whoever opens the directory in ten years. */
export function readmeText(
  { name, at, version }: PackageOf,
  tables: readonly { readonly resource: ArchiveResource; readonly rows: number }[],
): string {
  const lines = tables.map(({ resource, rows }) => {
    const head = `  ${`${resource.name}.csv`.padEnd(22)} ${rows} rows`;
    return `${head}\n${wrap(resource.description, '      ')}`;
  });
  return HEAD(name, at, version) + lines.join('\n') + '\n' + TAIL;
}
