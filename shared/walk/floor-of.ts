/** `FL 2`, `2ND FLOOR`, `FLR 12`, wherever it stands in a unit. */
const NUMBERED =
  /\b(?:(\d{1,3})(?:ST|ND|RD|TH)?[\s-]*(?:FLOOR|FLR|FL)|(?:FLOOR|FLR|FL)[\s-]*(\d{1,3})(?:ST|ND|RD|TH)?)\b/;
const NAMED =
  /\b(?:(TOP|GROUND|GRND|MAIN)\s+(?:FLOOR|FLR|FL)|(?:FLOOR|FLR|FL)\s+(TOP|GROUND|GRND|MAIN))\b/;
/** Words before a unit that say nothing of where it is. */
const NOISE = /^(?:APARTMENT|APT|UNIT|STE|SUITE|RM|ROOM|NO|#)[.\s#]*(?=[A-Z0-9])/;

/** A unit in capitals, without words that say nothing, what is said of its floor before the rest. */
export function floorFirst(unit: string): string {
  const text = unit.trim().toUpperCase();
  const said = NUMBERED.exec(text) ?? NAMED.exec(text);
  const rest = said === null ? text : text.replace(said[0], ' ').trim();
  const floor = said === null ? '' : (said[1] ?? said[2] ?? '');
  return `${floor} ${rest.replace(NOISE, '')}`.trim();
}

/**
 * The floor that a unit's name tells: `FL 2` and `APT 5, 2nd floor` are on 2, `3A` and `APT 3-A` on
 * 3, `1204` on 12, `304` on 3. Null for what tells nothing, such as `B`, `12`, `LOT 304` or `PH`, and
 * for a unit that has its house's number, as `12A` of 12 Elm St.
 */
export function floorOf(unit: string, houseNumber = ''): number | null {
  const text = unit.trim().toUpperCase();
  const said = NUMBERED.exec(text);
  if (said !== null) return Number(said[1] ?? said[2]);
  const name = text.replace(NOISE, '');
  const lettered = /^(\d{1,2})\s*-?\s*[A-Z]$/.exec(name);
  if (lettered !== null) return lettered[1] === houseNumber ? null : Number(lettered[1]);
  const numbered = /^([1-9]\d?)\d\d[A-Z]?$/.exec(name);
  return numbered === null || name === houseNumber ? null : Number(numbered[1]);
}

/** Runs of things on one floor, in the order they stand. */
export function groupFloors<T>(
  things: readonly T[],
  unitOf: (thing: T) => string,
  houseNumber = '',
): readonly { readonly floor: number | null; readonly things: readonly T[] }[] {
  const groups: { floor: number | null; things: T[] }[] = [];
  for (const thing of things) {
    const floor = floorOf(unitOf(thing), houseNumber);
    const last = groups.at(-1);
    if (last && last.floor === floor) last.things.push(thing);
    else groups.push({ floor, things: [thing] });
  }
  return groups;
}

/**
 * The same, each floor once and from the bottom up, what tells no floor before them; in a floor the
 * things keep their order.
 */
export function gatherFloors<T>(
  things: readonly T[],
  unitOf: (thing: T) => string,
  houseNumber = '',
): readonly { readonly floor: number | null; readonly things: readonly T[] }[] {
  const level = (thing: T): number => floorOf(unitOf(thing), houseNumber) ?? -1;
  const sorted = [...things].sort((a, b) => level(a) - level(b));
  return groupFloors(sorted, unitOf, houseNumber);
}
