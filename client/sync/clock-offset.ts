/**
 * The server's clock minus the phone's, in ms: the answer was made about half way between asking
 * and hearing (Cristian's method).
 */
export function clockOffset(serverNow: number, askedAt: number, heardAt: number): number {
  return Math.round(serverNow - (askedAt + heardAt) / 2);
}
