import { outbox, packets, vault, walk } from '../../store/phone-store.ts';
import { startHold } from '../../sync/phone.ts';
import { witness } from '../../sync/witness.ts';
import { decideRules } from './talk/use-ask-rules.ts';
import { noteMe } from './use-me.ts';

/** By then the walk's own screens listen, in ms. */
const LONG = 10_000;
/** So long at most the first picture waits for the list, in ms. */
const PATIENCE = 300;

/** Resolves when what the list shows has been read. */
function readWalk(): Promise<void> {
  // Whether the list may still be shown is known before the list is.
  startHold();
  // The lock beside what it opens, not after it.
  void vault.ready().catch(() => {});
  return new Promise((resolve) => {
    const look = (): void => {
      if (walk.read() !== 'loading') resolve();
    };
    const stop = walk.subscribe(look);
    setTimeout(stop, LONG);
  });
}

/** Resolves when it is known who walks, and whether the rules come first; the address says that it is a walk. */
async function readWalker(): Promise<void> {
  const reading = outbox.readIdentity();
  reading.then(noteMe, () => {});
  await decideRules(reading);
}

/** Resolves when all of it has, or when that takes too long. */
async function inTime(parts: readonly Promise<void>[]): Promise<void> {
  await Promise.race([
    Promise.allSettled(parts),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
}

/** The icon of an installed app opens `/`: a phone with a turf goes on with its walk. */
async function openFromIcon(): Promise<void> {
  const opened = readWalk();
  if ((await packets.readHold()) === null) return;
  history.replaceState(history.state, '', '/walk');
  await inTime([opened, readWalker()]);
}

/**
 * Begins to read the walk out of this phone's databases at once, while the app's words are still being
 * read and before what draws has been looked at. Resolves when the first picture can be the list itself.
 * Nothing on other pages: they open no list.
 */
export async function openEarly(): Promise<void> {
  const { pathname } = window.location;
  if (pathname.startsWith('/walk')) await inTime([readWalk(), readWalker()]);
  else if (pathname === '/' && witness.read() !== null) await openFromIcon();
}
