/** The parts of an address that a file gives on one line, as written. */
export interface AddressParts {
  readonly number: string;
  readonly street: string;
  readonly unit: string;
}

const UNIT_WORDS =
  'apartment|apt|unit|suite|ste|lot|penthouse|ph|room|rm|floor|fl|building|bldg|basement|bsmt|rear|front|frnt|trailer|trlr|space|spc';
const UNIT = new RegExp(
  `[\\s,]+(?:((?:${UNIT_WORDS})\\b\\.?\\s*#?\\s*[\\w][\\w\\s/-]*|ph\\d+|rear|basement|bsmt|front|frnt)|#\\s*([\\w][\\w\\s/-]*))$`,
  'i',
);
const NUMBER = /^(\d+[a-z]?(?:-\d+[a-z]?|-[a-z])?(?:\s*[½¼¾]|[\s-]\d\/\d)?)\s+(?=\S)/i;
const GRID_NUMBER = /^([nsew]\d+(?:[nsew]\d+)?)\s+(?=\S)/i;

/**
 * The house number, street and unit of an address on one line, such as
 * `128 1/2 N Main St Apt 3A`. What it cannot tell apart stays in the street. City, state and zip
 * after a comma are left out.
 */
export function parseAddressLine(line: string): AddressParts {
  let text = line.replace(/\s+/g, ' ').trim();
  const comma = text.indexOf(',');
  if (comma > 0) {
    const after =
      text
        .slice(comma + 1)
        .split(',')[0]
        ?.trim() ?? '';
    const unitAfter = UNIT.test(` ${after}`) && UNIT.exec(` ${after}`)?.index === 0;
    text = unitAfter ? `${text.slice(0, comma)} ${after}` : text.slice(0, comma);
  }
  const number = (NUMBER.exec(text) ?? GRID_NUMBER.exec(text))?.[1] ?? '';
  return { number, ...splitUnit(text.slice(number.length).trim()) };
}

/** A street and the unit that is written behind it, as in `Elm Ave Apt 3A` and `Elm Ave #3A`. */
export function splitUnit(text: string): Pick<AddressParts, 'street' | 'unit'> {
  const found = UNIT.exec(text);
  // "12 Front St": a word that can announce a unit but starts the street's name is that name.
  if (found === null || found.index === 0) return { street: text, unit: '' };
  const unit = (found[2] ?? found[1] ?? '').trim();
  return { street: text.slice(0, found.index).trim(), unit };
}

/** An address as it is written on one line. */
export function printAddress({ number, street, unit }: AddressParts): string {
  const line = `${number} ${street}`.trim();
  if (unit === '') return line;
  return /^[a-z]+ /i.test(unit) ? `${line} ${unit}` : `${line} Apt ${unit}`;
}
