/**
 * The floor that a unit's name tells: `3A` and `3-A` are on 3, `1204` on 12, `304` on 3. Null for
 * what tells nothing, such as `B`, `12` or `PH`.
 */
export function floorOf(unit: string): number | null {
  const lettered = /^(\d{1,2})\s*-?\s*[A-Z]$/i.exec(unit);
  if (lettered) return Number(lettered[1]);
  const numbered = /^(\d{1,2})\d\d[A-Z]?$/i.exec(unit);
  return numbered ? Number(numbered[1]) : null;
}

/** Runs of things on one floor, in the order they stand. */
export function groupFloors<T>(
  things: readonly T[],
  unitOf: (thing: T) => string,
): readonly { readonly floor: number | null; readonly things: readonly T[] }[] {
  const groups: { floor: number | null; things: T[] }[] = [];
  for (const thing of things) {
    const floor = floorOf(unitOf(thing));
    const last = groups.at(-1);
    if (last && last.floor === floor) last.things.push(thing);
    else groups.push({ floor, things: [thing] });
  }
  return groups;
}
