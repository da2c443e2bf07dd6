import type { LayerKind } from '../model/layer-kind.ts';
import { readLayerValue } from './layer-value.ts';

const FEW = 12;
const LONG = 40;

/**
 * What a column most likely holds, by some of its cells. A person may say otherwise; without a cell
 * it is a text, which refuses nothing.
 */
export function guessLayerKind(cells: readonly string[]): LayerKind {
  const given = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (given.length === 0) return 'text';
  const all = (kind: LayerKind): boolean =>
    given.every((cell) => readLayerValue(kind, cell) !== 'odd');
  const different = new Set(given.map((cell) => cell.toLowerCase()));
  if (all('yes-no') && different.size <= 2) return 'yes-no';
  if (all('number')) return 'number';
  const short = given.every((cell) => cell.length <= LONG);
  return short && different.size <= FEW && !given.some((cell) => /\d{4}/.test(cell))
    ? 'word'
    : 'text';
}
