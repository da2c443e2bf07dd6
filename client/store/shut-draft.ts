import type { DoorId } from '#shared/kernel/ids.ts';
import type { Bytes, TurfKey } from '../lock/turf-key.ts';

/** What somebody types at a door, as it lies on the disk. */
export type StoredDraft =
  | { readonly doorId: DoorId; readonly draft: unknown }
  /** Here `doorId` is a name that says nothing without its key. */
  | { readonly doorId: string; readonly box: Bytes };

/** Puts a draft and the door that it is of behind a key. */
export async function shutDraft(
  key: TurfKey,
  doorId: DoorId,
  draft: unknown,
): Promise<StoredDraft> {
  const [name, box] = await Promise.all([key.nameOf(doorId), key.shut(JSON.stringify(draft))]);
  return { doorId: name, box };
}

/** What becomes of all drafts when a packet comes or is covered. */
export interface SortedDrafts {
  /** Names of the drafts that may stay, as they lie there from then on. */
  readonly stay: ReadonlySet<string>;
  /** Those that lay open, covered. */
  readonly shut: readonly StoredDraft[];
  /** Names of those that lay open. */
  readonly open: readonly string[];
}

/** Sorts drafts by whether their door is one of these, and covers open ones with the first key. */
export async function sortDrafts(
  keys: readonly TurfKey[],
  drafts: readonly StoredDraft[],
  doors: readonly { readonly id: DoorId }[],
): Promise<SortedDrafts | null> {
  if (drafts.length === 0) return null;
  const ids = new Set<string>(doors.map((door) => door.id));
  const [key] = keys;
  if (key === undefined) return { stay: ids, shut: [], open: [] };
  const names = await Promise.all(keys.flatMap((one) => [...ids].map((id) => one.nameOf(id))));
  const open = drafts.filter((draft) => 'draft' in draft);
  const here = open.filter(({ doorId }) => ids.has(doorId));
  const shut = await Promise.all(here.map(({ doorId, draft }) => shutDraft(key, doorId, draft)));
  return { stay: new Set(names), shut, open: open.map(({ doorId }) => doorId) };
}
