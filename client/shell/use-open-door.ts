import { useEffect } from 'react';
import { keepVersion } from './keep-version.ts';

/** While the page that calls this is shown, in whatever tab, no newer version takes the app over. */
export function useOpenDoor(): void {
  useEffect(() => keepVersion(), []);
}
