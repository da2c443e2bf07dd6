import { fail, ok, type Result } from '../kernel/result.ts';
import type { LayerHow } from '../model/layer-kind.ts';
import type { ColumnUse, RollField } from '../model/roll.ts';
import { normaliseUnit } from '../model/unit-name.ts';
import { makePlainName, type PlainName } from './compare-names.ts';
import type { PlainHome } from './compare-homes.ts';
import type { LayerReason } from './layer-reason.ts';
import { normaliseNumber, normaliseStreet, normaliseZip } from './normalise-address.ts';
import { remember } from './remember.ts';
import {
  checkWidth,
  isTotals,
  makeAddressReader,
  makeNameReader,
  ROUNDED,
} from './row-to-voter.ts';

/** Who a row of a file is about: by the roll's id, by name and address, or both. */
export interface Who {
  /** Empty: the row has none, or it is not asked for. */
  readonly id: string;
  /** Null: not asked for, or the row has none. */
  readonly person: { readonly name: PlainName; readonly home: PlainHome } | null;
  /** As the file has it, for people. */
  readonly shown: string;
}

/**
 * A reader of rows for one file: `columns` say what each means, `width` how many cells its header
 * has. Problems: why nobody can be looked for by the row.
 */
export function makeWhoReader(
  columns: readonly ColumnUse[],
  width: number,
  how: LayerHow,
): (cells: readonly string[]) => Result<Who, LayerReason> {
  const places = new Map<RollField, number>();
  for (const { field, column } of columns) if (!places.has(field)) places.set(field, column);
  const at = (field: RollField): ((cells: readonly string[]) => string) => {
    const column = places.get(field);
    return column === undefined ? () => '' : (cells) => (cells[column] ?? '').trim();
  };
  const readId = at('voter-id');
  const readName = makeNameReader(at);
  const readAddress = makeAddressReader(at);
  const street = remember(normaliseStreet);
  const byName = (cells: readonly string[]): Result<Who, LayerReason> => {
    const name = readName(cells);
    const { address } = readAddress(cells);
    const plain = makePlainName(name);
    if (plain.last === '' || plain.first === '') return fail('no-name');
    if (address.street === '' || address.number === '') return fail('no-address');
    const home: PlainHome = {
      number: normaliseNumber(address.number, address.half),
      street: street(address.street),
      unit: normaliseUnit(address.unit, address.unitType),
      city: address.city.toUpperCase(),
      zip: normaliseZip(address.zip),
    };
    const { firstName, middleName, lastName, nameSuffix } = name;
    const called = [firstName, middleName, lastName, nameSuffix].filter(Boolean).join(' ');
    const door = [address.number, address.half, address.street, address.unitType, address.unit];
    const shown = `${called}, ${door.filter(Boolean).join(' ')}, ${address.city} ${address.zip}`;
    return ok({ id: '', person: { name: plain, home }, shown: shown.trim() });
  };
  return (cells) => {
    if (cells.length !== width) {
      const fault = checkWidth(cells, width);
      if (fault !== null) return fail(isTotals(cells) ? 'totals' : (fault as LayerReason));
    }
    const id = how === 'name' ? '' : readId(cells);
    if (how === 'id') {
      if (id === '') return fail(isTotals(cells) ? 'totals' : 'no-id');
      if (ROUNDED.test(id)) return fail('id-in-scientific');
      return ok({ id, person: null, shown: id });
    }
    const named = byName(cells);
    const whole = id !== '' && !ROUNDED.test(id);
    if (!named.ok) {
      if (whole) return ok({ id, person: null, shown: id });
      return fail(isTotals(cells) ? 'totals' : named.problem);
    }
    return whole ? ok({ ...named.value, id }) : named;
  };
}
