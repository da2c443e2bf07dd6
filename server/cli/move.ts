import { moveChapter } from '../chapter/move-chapter.ts';
import { PostgresRegistry } from '../store/postgres-registry.ts';
import { SqliteRegistry } from '../store/sqlite-registry.ts';
import { claimData } from './claim-data.ts';
import { withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const MOVE_HELP = `homeground chapter move SHORT-NAME --to sqlite|main|NAME [--json]

  move     carries a chapter between SQLite files (sqlite), the PostgreSQL server of DATABASE_URL
           (main) and those of DATABASE_URL_NAME. Everything is copied, compared, and the old
           database stays under another name. Servers on PostgreSQL go on meanwhile: pushes to
           this chapter wait. A server on the data folder has to be stopped`;

/** `chapter move`. */
export async function move(slug: string, to: string | undefined, json: boolean): Promise<void> {
  if (to === undefined) {
    throw new CommandError(
      'Say where to: --to sqlite, main or the name of a server.',
      EXIT.misused,
    );
  }
  await withPorts(async ({ config, registry }) => {
    if (!(registry instanceof PostgresRegistry)) {
      throw new CommandError(
        'Set DATABASE_URL to the PostgreSQL database that the chapter goes to or comes from. Nothing was changed.',
      );
    }
    const release = claimData(config.dataDir);
    const files = SqliteRegistry.open(config.dataDir);
    try {
      const terminal = openTerminal(json);
      terminal.progress('Copying the chapter');
      const means = { files, postgres: registry };
      const moved = orEnd(await moveChapter(slug, to.toLowerCase(), means));
      const { name, from, rows, tables, keptAs } = moved;
      const how =
        tables === null
          ? 'An earlier move had copied it; now it is listed there.'
          : `${rows} rows were copied and are the same on both sides.`;
      const where =
        moved.to === 'sqlite' ? ` Start the server without DATABASE_URL to serve it.` : '';
      terminal.result(
        `Moved ${name} from ${from} to ${moved.to}. ${how}${where}\nWhat was there before is ${keptAs}; delete it when you like.`,
        moved,
      );
    } finally {
      await files.close();
      release();
    }
  });
}
