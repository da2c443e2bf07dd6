/** What no chapter needs and no list of rejected rows may show, however its column is called. */
const FORBIDDEN =
  /^(\w*ssn|ssn\w*|last4ssn|social|\w*socialsecurity\w*|soc\w*secnum\w*|dl|dln|dlno|dlnum\w*|drivers?licen[cs]e\w*|licen[cs]e(no|num|number|id)?|stateid(no|num|number)|passport\w*|felony\w*|signature\w*|mothers?maiden\w*)$/;
/** A social security number as it is mostly written. */
const SSN = /^(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/;

const LENGTH = '123-45-6789'.length;

/** True for a column of social security, licence or passport numbers, felonies or signatures. */
export function isForbiddenHeader(name: string): boolean {
  return FORBIDDEN.test(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}

/** True for a cell that is a social security number, in whichever column it stands. */
export function isForbiddenCell(cell: string): boolean {
  return cell.length >= LENGTH && SSN.test(cell.trim());
}

/** True when what stands in a column are social security numbers, whatever it is called. */
export function holdsForbidden(rows: readonly (readonly string[])[], column: number): boolean {
  let given = 0;
  for (const row of rows) {
    const cell = (row[column] ?? '').trim();
    if (cell === '') continue;
    if (!SSN.test(cell)) return false;
    given++;
  }
  return given >= 2;
}
