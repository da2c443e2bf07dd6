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
