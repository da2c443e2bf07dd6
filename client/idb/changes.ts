/** What was written: which database, and which of its tables. */
export interface Change {
  readonly database: string;
  readonly tables: readonly string[];
}

type Ear = (change: Change) => void;

const NAME = 'homeground-changes';

/** By whose IndexedDB it is: the browser's own, or one that was made in its place. */
const ears = new Map<IDBFactory | null, Set<Ear>>();
let wire: BroadcastChannel | null | undefined;

function hear(source: IDBFactory | null, change: Change): void {
  for (const ear of ears.get(source) ?? []) ear(change);
}

/** To this browser's other tabs; null where they cannot be told. */
function otherTabs(): BroadcastChannel | null {
  if (wire !== undefined) return wire;
  wire = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null;
  wire?.addEventListener('message', ({ data }: MessageEvent<Change>) => hear(null, data));
  return wire;
}

/** Tells whoever listens of something written: in this tab now, in others a moment later. */
export function tellChange(source: IDBFactory | null, change: Change): void {
  hear(source, change);
  if (source === null) otherTabs()?.postMessage(change);
}

/** Hears of all that is written, in any tab, until the function given back is called. */
export function onChange(source: IDBFactory | null, ear: Ear): () => void {
  if (source === null) otherTabs();
  const known = ears.get(source) ?? new Set();
  ears.set(source, known.add(ear));
  return () => {
    known.delete(ear);
    if (known.size === 0) ears.delete(source);
  };
}
