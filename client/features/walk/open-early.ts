import { walk } from '../../store/phone-store.ts';

/** By then the walk's own screens listen, in ms. */
const LONG = 10_000;

/**
 * Begins to read the walk out of this phone's databases at once, while the app's words are still being
 * read and nothing is drawn yet. Nothing on other pages: they open no list.
 */
export function openEarly(): void {
  if (!window.location.pathname.startsWith('/walk')) return;
  setTimeout(
    walk.subscribe(() => {}),
    LONG,
  );
}
