import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChapterId } from '#shared/kernel/ids.ts';

const FOLDER = 'archives';
const NAME = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.zip$/;

/** An archive that waits to be fetched. */
export interface KeptArchive {
  readonly chapterId: ChapterId;
  readonly id: string;
}

/** The archives that wait in a data folder, as open as the chapters that lie beside them. */
export class KeptArchives {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, FOLDER);
  }

  pathOf({ chapterId, id }: KeptArchive): string {
    return join(this.#folder, `${chapterId}.${id}.zip`);
  }

  has(one: KeptArchive): boolean {
    return existsSync(this.pathOf(one));
  }

  /** Takes over a file of the same disk. */
  keep(one: KeptArchive, from: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    renameSync(from, this.pathOf(one));
  }

  drop(one: KeptArchive): void {
    rmSync(this.pathOf(one), { force: true });
  }

  list(): KeptArchive[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((name) => {
      const [, chapterId, id] = NAME.exec(name) ?? [];
      return chapterId === undefined || id === undefined
        ? []
        : [{ chapterId: chapterId as ChapterId, id }];
    });
  }
}
