/** What no chapter needs and no list of rejected rows may show, however its column is called. */
const FORBIDDEN =
  /^(ssn|ssn4|last4ssn|social|socialsecurity\w*|soc\w*secnum\w*|dl|dln|dlno|dlnum\w*|drivers?licen[cs]e\w*|licen[cs]e(no|num|number|id)?|stateid(no|num|number)|passport\w*|felony\w*|signature\w*|mothers?maiden\w*)$/;

/** True for a column of social security, licence or passport numbers, felonies or signatures. */
export function isForbiddenHeader(name: string): boolean {
  return FORBIDDEN.test(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
