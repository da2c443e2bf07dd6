/** Something before one @, and after it a name with a point inside: `lupe@example.org`. */
const SHAPE = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/**
 * True of what may be an e-mail address, without the spaces around it. Whether anybody reads what is
 * sent there no rule can tell: what is odd and possible passes.
 */
export function isEmailShape(typed: string): boolean {
  return SHAPE.test(typed.trim());
}
