import { startTransition, useEffect, useRef, useState, type RefObject } from 'react';

// A margin counts only against the element that scrolls.
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let up = element.parentElement; up !== null; up = up.parentElement) {
    if (getComputedStyle(up).overflowY === 'auto') return up;
  }
  return null;
}

/** True from the moment the element comes within a few screens of being seen, and ever after. */
export function useNear(atOnce: boolean): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const element = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(atOnce);
  useEffect(() => {
    if (near || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) startTransition(() => setNear(true));
      },
      { root: scrollerOf(element.current), rootMargin: '1600px 0px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [near]);
  return [element, near];
}
