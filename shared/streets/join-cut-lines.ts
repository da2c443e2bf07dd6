import type { Feature, LineString, Position } from '../model/geojson.ts';

/** Ends so near each other, in degrees (half a metre), are the same cut. */
const SAME = 5e-6;

interface End {
  readonly line: number;
  readonly at: Position;
  /** The line's first position, or its last. */
  readonly first: boolean;
}

const cellOf = (value: number): number => Math.floor(value / SAME / 2);
const near = (a: Position, b: Position): boolean =>
  Math.abs(a[0] - b[0]) <= SAME && Math.abs(a[1] - b[1]) <= SAME;

/** Ends by the cell in which they lie. */
class Ends {
  readonly #cells = new Map<string, End[]>();

  add(end: End): void {
    const cell = `${cellOf(end.at[0])} ${cellOf(end.at[1])}`;
    const others = this.#cells.get(cell);
    if (others === undefined) this.#cells.set(cell, [end]);
    else others.push(end);
  }

  near(at: Position): End[] {
    const found: End[] = [];
    for (let x = cellOf(at[0]) - 1; x <= cellOf(at[0]) + 1; x++) {
      for (let y = cellOf(at[1]) - 1; y <= cellOf(at[1]) + 1; y++) {
        for (const end of this.#cells.get(`${x} ${y}`) ?? []) {
          if (near(end.at, at)) found.push(end);
        }
      }
    }
    return found;
  }
}

function endsOf(line: readonly Position[], index: number): End[] {
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    { line: index, at: first, first: true },
    { line: index, at: last, first: false },
  ];
}

function joinOfOneName(lines: readonly (readonly Position[])[]): (readonly Position[])[] {
  const ends = new Ends();
  for (const [index, line] of lines.entries()) for (const end of endsOf(line, index)) ends.add(end);
  // Where exactly two lines end they are one; where more do is a crossing of its own.
  const partner = (end: End): End | null => {
    const here = ends.near(end.at);
    const other = here.find(({ line, first }) => line !== end.line || first !== end.first);
    return here.length === 2 && other !== undefined && other.line !== end.line ? other : null;
  };
  const taken = new Set<number>();
  /** The lines that follow from one end on, each in the direction in which it is walked. */
  const follow = (from: End): { readonly line: number; readonly forward: boolean }[] => {
    const chain: { line: number; forward: boolean }[] = [];
    for (let end = partner(from); end !== null && !taken.has(end.line);) {
      taken.add(end.line);
      chain.push({ line: end.line, forward: end.first });
      const line = lines[end.line] ?? [];
      const [first, last] = endsOf(line, end.line);
      const far = end.first ? last : first;
      end = far === undefined ? null : partner(far);
    }
    return chain;
  };
  return lines.flatMap((line, index) => {
    if (taken.has(index)) return [];
    taken.add(index);
    const [first, last] = endsOf(line, index);
    if (first === undefined || last === undefined) return [];
    const after = follow(last);
    const before = follow(first)
      .reverse()
      .map(({ line: other, forward }) => ({ line: other, forward: !forward }));
    const joined: Position[] = [];
    for (const { line: other, forward } of [...before, { line: index, forward: true }, ...after]) {
      const positions = lines[other] ?? [];
      const next = forward ? positions : positions.toReversed();
      joined.push(...(joined.length === 0 ? next : next.slice(1)));
    }
    return [joined];
  });
}

/**
 * Lines with the same properties whose ends lie within half a metre of each other, made one again:
 * tiles cut a street at their edges. Three and more ends at one place stay as they are. Positions in
 * degrees; no line is left out, and each position of the first line of a pair stays.
 */
export function joinCutLines(features: readonly Feature<LineString>[]): Feature<LineString>[] {
  const byName = new Map<string, Feature<LineString>[]>();
  for (const feature of features) {
    const name = JSON.stringify(feature.properties);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [feature]);
    else others.push(feature);
  }
  return [...byName.values()].flatMap((alike) => {
    const { properties } = alike[0] ?? { properties: {} };
    return joinOfOneName(alike.map(({ geometry }) => geometry.coordinates)).map(
      (coordinates): Feature<LineString> => ({
        type: 'Feature',
        properties,
        geometry: { type: 'LineString', coordinates },
      }),
    );
  });
}
