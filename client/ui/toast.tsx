import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';

export interface ToastWords {
  /** What happened, as one short sentence. */
  readonly text: ReactNode;
  /** The verb of the one thing that can be done about it, mostly Undo. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
  /** Milliseconds; 0 stays until closed. With an action there is more time to reach it. */
  readonly timeout?: number;
}

/** Where toasts are drawn, once it is there. */
export interface ToastStage {
  readonly show: (id: string, words: ToastWords) => void;
  readonly close: (id: string) => void;
}

// The stage is no part of the first screen: it is fetched with the first toast, or ahead of it.
const load = () => import('./toast-stage.tsx');
const Stage = lazy(load);

/** A frame goes out to the screen in less, in ms. */
const DRAWN = 20;

let shown = 0;
let stage: ToastStage | null = null;
let waiting: { readonly id: string; readonly words: ToastWords } | null = null;
/** The one that was given to the stage last. */
let given = '';
const listeners = new Set<() => void>();

/**
 * Shows a toast from anywhere, in the place of the one before: an old one that came back after a
 * newer had gone would offer to undo the wrong thing. Gives its id for `closeToast`.
 */
export function showToast(words: ToastWords): string {
  shown += 1;
  const id = `toast-${shown}`;
  waiting = { id, words };
  // What it tells of is drawn first: on a slow phone drawing a toast takes as long again.
  if (stage !== null) requestAnimationFrame(() => setTimeout(showWaiting, DRAWN));
  for (const listener of listeners) listener();
  return id;
}

function showWaiting(): void {
  if (stage === null || waiting === null) return;
  given = waiting.id;
  stage.show(given, waiting.words);
  waiting = null;
}

export function closeToast(id: string): void {
  if (waiting?.id !== id) return stage?.close(id);
  waiting = null;
  // It would have taken this one's place.
  stage?.close(given);
}

/** Takes away the toast that shows: what it names is for nobody who cannot see the page below. */
export function closeToasts(): void {
  closeToast(`toast-${shown}`);
}

/** Fetches what draws toasts, so that the first one shows at once. */
export function preloadToasts(): void {
  load().catch(() => undefined);
}

/** Called by the stage when it can show; it gets what had to wait. */
export function enterStage(entered: ToastStage): () => void {
  stage = entered;
  showWaiting();
  return () => {
    stage = null;
  };
}

/** The place where toasts show. Once, around the app. */
export function Toasts({ children }: { readonly children?: ReactNode }) {
  const wanted = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown > 0,
  );
  return (
    <>
      {children}
      {wanted && (
        <Suspense fallback={null}>
          <Stage />
        </Suspense>
      )}
    </>
  );
}
