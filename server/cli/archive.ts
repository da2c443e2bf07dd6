import { resolve } from 'node:path';
import { writeArchive } from '../archive/write-archive.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { findMember } from '../chapter/staff-links.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const ARCHIVE_HELP = `homeground chapter archive SHORT-NAME DIRECTORY [--json]

  archive  writes everything of the chapter into one directory that anybody can read without
           Homeground: the database, CSV files with a data dictionary (a Tabular Data Package),
           scripts, turfs as GeoJSON, ledger, audit chain, a page for the next officers. It is as
           sensitive as the roll. "chapter restore DIRECTORY" makes an equal chapter from it, on
           another server and on the other engine too, and so it does from the ZIP of the desk`;

/** `chapter archive`. */
export async function archive(
  slug: string,
  folder: string | undefined,
  json: boolean,
): Promise<void> {
  if (folder === undefined) throw new CommandError(ARCHIVE_HELP, EXIT.misused);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, slug);
    const memberId = await findMember(db, 'admin');
    if (memberId === null)
      throw new CommandError('The chapter has no admin to list the archive under.');
    const terminal = openTerminal(json);
    const onProgress = (file: string): void => terminal.progress(`Writing ${file}`);
    const taker = { db, memberId, actor: BY_OPERATOR };
    const written = orEnd(await writeArchive(taker, resolve(folder), { ...ports, onProgress }));
    terminal.result(
      `Wrote ${written.files} files with ${written.rows} rows to ${written.folder}, ${written.bytes} bytes. It is as sensitive as the roll: README.txt says what is what.\nSHA-256 of SHA256SUMS ${written.sha256}`,
      written,
    );
  });
}
