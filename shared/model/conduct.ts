/** Changes with each change of the rules of conduct that a canvasser confirms having read. */
export const CONDUCT_VERSION = '2026-11';

/** That a canvasser has read the rules: which version, and when by the phone's clock, in ms since 1970. */
export interface Conduct {
  readonly version: string;
  readonly at: number;
}
