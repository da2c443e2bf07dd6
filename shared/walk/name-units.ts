import { showUnit, unitKey } from '../model/unit-name.ts';
import { compareUnits } from './order-units.ts';
import { floorOf } from './floor-of.ts';

/** More than a floor has, and few enough to be said and taken back at once. */
export const MOST_UNITS = 40;

/** The longest name that a unit may have, in letters. */
export const LONGEST_UNIT = 20;

const LETTERS = /^(.*?)([A-Z])\s*(?:-|–|\.\.)\s*(.*?)([A-Z])$/;
const NUMBERS = /^(\D*)(\d{1,4})\s*(?:-|–|\.\.)\s*(\D*)(\d{1,4})$/;

function run(from: number, to: number, name: (at: number) => string): string[] {
  const count = to - from + 1;
  return count < 2 || count > MOST_UNITS
    ? []
    : Array.from({ length: count }, (_, nth) => name(from + nth));
}

/** What `3A-3F` or `301-306` stands for; a name such as `3-A` is one unit. */
function readRange(part: string): readonly string[] {
  const letters = LETTERS.exec(part);
  if (letters !== null) {
    const [, before = '', from = '', again = '', to = ''] = letters;
    if (again !== '' && again !== before) return [part];
    const names = run(
      from.charCodeAt(0),
      to.charCodeAt(0),
      (at) => before + String.fromCharCode(at),
    );
    return names.length === 0 ? [part] : names;
  }
  const numbers = NUMBERS.exec(part);
  if (numbers === null) return [part];
  const [, before = '', from = '', again = '', to = ''] = numbers;
  if (again !== '' && again !== before) return [part];
  const names = run(Number(from), Number(to), (at) => {
    return before + String(at).padStart(from.length, '0');
  });
  return names.length === 0 ? [part] : names;
}

/**
 * The units that somebody has typed, each once: one (`3A`), several (`3A, 3B`), or a range (`3A-3F`,
 * `301-306`). At most `MOST_UNITS`; names that are too long are left out.
 */
export function readUnits(typed: string): readonly string[] {
  const names = typed
    .toUpperCase()
    .split(/[,;\n]/)
    .map((part) => showUnit(part))
    .filter((part) => part !== '')
    .flatMap(readRange);
  const once = new Map(names.map((name) => [unitKey(name), name]));
  return [...once]
    .filter(([key, name]) => key !== '' && name.length <= LONGEST_UNIT)
    .map(([, name]) => name)
    .slice(0, MOST_UNITS);
}

/**
 * What the units of a floor are called, going by the floor of the same building that has most: `1A`
 * to `1D` make `3A` to `3D`, `101` to `104` make `301` to `304`. Empty where the names tell nothing.
 */
export function nameFloor(floor: number, units: readonly string[]): readonly string[] {
  const floors = new Map<number, string[]>();
  for (const unit of units) {
    const of = floorOf(unit);
    if (of !== null) floors.set(of, [...(floors.get(of) ?? []), unit]);
  }
  const [most] = [...floors].sort(([a, one], [b, other]) => other.length - one.length || a - b);
  if (most === undefined) return [];
  const [pattern, names] = most;
  const renamed = names.map((name) => {
    const at = name.indexOf(String(pattern));
    return name.slice(0, at) + String(floor) + name.slice(at + String(pattern).length);
  });
  return renamed
    .filter((name) => floorOf(name) === floor)
    .sort(compareUnits)
    .slice(0, MOST_UNITS);
}
