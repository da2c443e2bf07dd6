import { useLayoutEffect } from 'react';

/**
 * Tells the pieces which shell they are in, portals included: `walk` and `table` have 48 px
 * targets, `desk` has 36 px ones where the pointer is a mouse.
 */
export function useShell(shell: 'walk' | 'desk' | 'table'): void {
  useLayoutEffect(() => {
    document.documentElement.dataset.shell = shell;
    return () => {
      delete document.documentElement.dataset.shell;
    };
  }, [shell]);
}

const shown = { sheet: 0, tabs: 0, foot: 0 };

/** Tells the style sheet, portals included, that there is one: `:root[data-sheet]` and so on. */
export function useShown(what: keyof typeof shown): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    shown[what] += 1;
    root.toggleAttribute(`data-${what}`, true);
    return () => {
      shown[what] -= 1;
      root.toggleAttribute(`data-${what}`, shown[what] > 0);
    };
  }, [what]);
}
