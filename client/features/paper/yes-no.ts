const YES: readonly string[] = ['y', 'yes', 's', 'si', 'sí'];
const NO: readonly string[] = ['n', 'no'];

/** Yes or no as it is circled on paper in either language; null for nothing, undefined for neither. */
export function readYesNo(typed: string): boolean | null | undefined {
  const text = typed.trim().toLowerCase();
  if (text === '') return null;
  if (YES.includes(text)) return true;
  return NO.includes(text) ? false : undefined;
}

/** The same the other way round. */
export const writeYesNo = (given: boolean): string => (given ? 'y' : 'n');
