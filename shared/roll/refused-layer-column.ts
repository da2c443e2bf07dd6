import type { InspectedColumn, RollField } from '../model/roll.ts';
import { COMMON_HEADERS } from './common-headers.ts';
import { findWord } from './find-word.ts';
import { isForbiddenHeader } from './forbidden-header.ts';
import { headerWord } from './layouts.ts';

/** Money and the body: nothing that a canvass has to know, and the worst to lose. */
const PRIVATE =
  /(?:^|_)(?:bank|account_?(?:no|num|number)|routing|iban|card_?(?:no|num|number)|credit_?card|cvv|debit|health|medical|medicaid|medicare|diagnos\w*|disabilit\w*|disabled|hiv|pregnan\w*|immigration_?status|religion|password)(?:_|$)/;
const CARD = /^(?:\d{4}[ -]){3}\d{3,4}$/;
const BORN = /(?:^|_)(?:dob|birth_?(?:date|day)|date_?of_?birth|born(?:_on)?)(?:_|$)/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;

/** Why a column may not become a layer. */
export type LayerRefusal = 'forbidden' | 'private' | 'law';

function fieldOf({ name, use, samples }: InspectedColumn, snake: string): RollField | undefined {
  if (use !== null) return use.field;
  if (BORN.test(snake)) return 'birth-date';
  if (samples.length > 0 && samples.every((cell) => EMAIL.test(cell))) return 'email';
  return findWord(COMMON_HEADERS, headerWord(name));
}

/**
 * Whether a column of a file is refused: as what no chapter needs, whatever it is called; as money or
 * health; or as what the law of the chapter's state does not let in (`refuses`). Null: it may come in.
 */
export function refusedLayerColumn(
  column: InspectedColumn,
  refuses: readonly RollField[],
): LayerRefusal | null {
  if (column.because === 'forbidden' || isForbiddenHeader(column.name)) return 'forbidden';
  const snake = column.name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  const cards = column.samples.length >= 2 && column.samples.every((cell) => CARD.test(cell));
  if (PRIVATE.test(snake) || cards) return 'private';
  const field = fieldOf(column, snake);
  return field !== undefined && refuses.includes(field) ? 'law' : null;
}
