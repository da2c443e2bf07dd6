import { useSearch } from 'wouter';
import type { Turf } from '#shared/model/turf.ts';

/**
 * Where a turf of the board opens, with the way back as the board is now. `code` opens its code at
 * once. A draft opens where it is cut.
 */
export function useOpens(): (turf: Turf, wish?: { readonly code: boolean }) => string {
  // Which phone the next one replaces was chosen before the turf.
  const search = useSearch();
  return (turf, wish = { code: false }) => {
    if (turf.state === 'draft') return `/desk/turf?universe=${turf.universeId}`;
    const said = new URLSearchParams(search);
    said.set('turf', turf.id);
    if (wish.code) said.set('code', '1');
    return `/desk/launch?${said.toString()}`;
  };
}
