import { useEffect, useRef, type RefObject } from 'react';

let pagesShown = 0;

/**
 * Names a page: sets the document's title and moves the focus to the page's heading when the
 * person came here from another page, so that a screen reader reads where they are now.
 */
export function usePage(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Homeground`;
  }, [title]);
  useEffect(() => {
    pagesShown += 1;
    if (pagesShown > 1) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
