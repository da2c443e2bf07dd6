import type { LayerKind } from '../model/layer-kind.ts';

/** A cell as a layer keeps it: a number, or a word; yes is 1 and no is 0. */
export type LayerValue = { readonly amount: number } | { readonly word: string };

const YES = /^(?:y|yes|true|t|1|x|✓|✔|si|sí|s|member|current|active)$/i;
const NO = /^(?:n|no|false|f|0|not a member|lapsed|inactive)$/i;
/** Thousands in threes, a sign, decimals, an exponent; a percent sign or a currency is left off. */
const NUMBER = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[-+]?\d{1,3})?$/i;
const LONGEST_WORD = 80;
const LONGEST_TEXT = 400;

function readNumber(cell: string): LayerValue | 'odd' {
  const bare = cell.replace(/^\$\s?/, '').replace(/\s?%$/, '');
  if (!NUMBER.test(bare) || !/\d/.test(bare)) return 'odd';
  const amount = Number(bare.replaceAll(',', ''));
  return Number.isFinite(amount) ? { amount } : 'odd';
}

function readWords(cell: string, longest: number): LayerValue | 'odd' {
  const word = cell.replace(/\s+/g, ' ').replaceAll('\0', '');
  return word.length > longest ? 'odd' : { word };
}

/**
 * What a cell says as a value of a kind. Null: nothing, which is no value and never a no. `odd`: it
 * is no value of this kind; nothing is cut to fit.
 */
export function readLayerValue(kind: LayerKind, cell: string): LayerValue | 'odd' | null {
  const text = cell.trim();
  if (text === '') return null;
  switch (kind) {
    case 'number':
      return readNumber(text);
    case 'yes-no':
      if (YES.test(text)) return { amount: 1 };
      return NO.test(text) ? { amount: 0 } : 'odd';
    case 'word':
      return readWords(text, LONGEST_WORD);
    case 'text':
      return readWords(text, LONGEST_TEXT);
  }
}

/** A value as people and files read it. */
export function sayLayerValue(
  kind: LayerKind,
  { amount, word }: { readonly amount: number | null; readonly word: string | null },
): string {
  if (kind === 'yes-no') return amount === 1 ? 'yes' : 'no';
  return kind === 'number' ? String(amount ?? '') : (word ?? '');
}
