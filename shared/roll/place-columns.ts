import { PRESENCE } from '../model/layer-kind.ts';
import type { LayerColumn } from '../model/layer.ts';

type Named = Pick<LayerColumn, 'place' | 'name' | 'kind'>;

/**
 * The places that the columns of a newer file take in a layer: that of the column of the same name
 * and kind, so that saved questions go on meaning what they meant, else one that was never had.
 */
export function placeColumns(columns: readonly Named[], before: readonly Named[]): number[] {
  const word = (name: string): string => name.trim().toLowerCase();
  const known = new Map(
    before
      .filter(({ place }) => place !== PRESENCE)
      .map(({ place, name, kind }) => [`${word(name)}|${kind}`, place]),
  );
  let next = Math.max(0, ...before.map(({ place }) => place));
  return columns.map(({ place, name, kind }) => {
    if (place === PRESENCE) return PRESENCE;
    const key = `${word(name)}|${kind}`;
    const found = known.get(key);
    known.delete(key);
    return found ?? ++next;
  });
}
