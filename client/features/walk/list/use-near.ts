import { startTransition, useEffect, useRef, useState, type RefObject } from 'react';

type Tell = (near: boolean) => void;
interface Watch {
  readonly observer: IntersectionObserver;
  readonly tells: Map<Element, Tell>;
}

/** One for each element that scrolls: what a frame of scrolling costs grows with them. */
const watches = new WeakMap<Element, Watch>();

// A margin counts only against the element that scrolls.
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let up = element.parentElement; up !== null; up = up.parentElement) {
    if (getComputedStyle(up).overflowY === 'auto') return up;
  }
  return null;
}

function startWatch(root: HTMLElement | null): Watch {
  const tells = new Map<Element, Tell>();
  const observer = new IntersectionObserver(
    (entries) =>
      startTransition(() => {
        for (const entry of entries) tells.get(entry.target)?.(entry.isIntersecting);
      }),
    { root, rootMargin: '1600px 0px' },
  );
  return { observer, tells };
}

function watchNear(element: HTMLElement, tell: Tell): () => void {
  const root = scrollerOf(element);
  const name = root ?? document.documentElement;
  const watch = watches.get(name) ?? startWatch(root);
  watches.set(name, watch);
  watch.tells.set(element, tell);
  watch.observer.observe(element);
  return () => {
    watch.tells.delete(element);
    watch.observer.unobserve(element);
  };
}

/** What somebody has opened, or is at, stays as it is. */
function isInUse(element: HTMLElement): boolean {
  return (
    element.contains(document.activeElement) ||
    element.querySelector('[aria-expanded="true"], .door-row-busy') !== null
  );
}

/**
 * True while the element is within a few screens of being seen, and as long as it is in use. Where
 * it begins is told by `first`.
 */
export function useNear(first: boolean): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const element = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(first);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    return watchNear(current, (is) => {
      if (is || !isInUse(current)) setNear(is);
    });
  }, []);
  return [element, near];
}
