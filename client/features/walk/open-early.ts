import { packets, walk } from '../../store/phone-store.ts';
import { startHold } from '../../sync/phone.ts';
import { witness } from '../../sync/witness.ts';

/** By then the walk's own screens listen, in ms. */
const LONG = 10_000;
/** So long at most the first picture waits for the list, in ms. */
const PATIENCE = 300;

/** Resolves when the list can be drawn, or when that takes too long. */
function openWalk(): Promise<void> {
  // Whether the list may still be shown is known before the list is.
  startHold();
  return new Promise((resolve) => {
    const look = (): void => {
      if (walk.read() !== 'loading') resolve();
    };
    const stop = walk.subscribe(look);
    setTimeout(resolve, PATIENCE);
    setTimeout(stop, LONG);
  });
}

/** The icon of an installed app opens `/`: a phone with a turf goes on with its walk. */
async function openFromIcon(): Promise<void> {
  const opened = openWalk();
  if ((await packets.readHold()) === null) return;
  history.replaceState(history.state, '', '/walk');
  await opened;
}

/**
 * Begins to read the walk out of this phone's databases at once, while the app's words are still being
 * read and before what draws has been looked at. Resolves when the first picture can be the list itself.
 * Nothing on other pages: they open no list.
 */
export async function openEarly(): Promise<void> {
  const { pathname } = window.location;
  if (pathname.startsWith('/walk')) await openWalk();
  else if (pathname === '/' && witness.read() !== null) await openFromIcon();
}
