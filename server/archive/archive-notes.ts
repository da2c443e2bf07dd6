import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ArchiveState } from '#shared/model/archive.ts';
import type { BackupFault } from '#shared/model/backup.ts';
import type { Registry } from '../store/registry.ts';

export type MakingArchive = NonNullable<ArchiveState['making']>;
export type ReadyArchive = Omit<NonNullable<ArchiveState['ready']>, 'here'>;

/** How a chapter's archive stands, as every process of the server sees it and the next start finds it. */
export type ArchiveNote = { readonly id: string } & (
  | {
      readonly kind: 'making';
      readonly now: MakingArchive;
      /** When whoever makes it was last at it, in ms since 1970. */
      readonly beat: number;
    }
  | { readonly kind: 'ready'; readonly ready: ReadyArchive }
  | { readonly kind: 'failed'; readonly fault: BackupFault }
);

type Notes = Pick<Registry, 'noteArchive' | 'notedArchive'>;

export async function readArchiveNote(
  registry: Notes,
  chapterId: ChapterId,
): Promise<ArchiveNote | null> {
  const note = await registry.notedArchive(chapterId);
  return note === null ? null : (JSON.parse(note) as ArchiveNote);
}

export async function writeArchiveNote(
  registry: Notes,
  chapterId: ChapterId,
  note: ArchiveNote | null,
): Promise<void> {
  await registry.noteArchive(chapterId, note === null ? null : JSON.stringify(note));
}
