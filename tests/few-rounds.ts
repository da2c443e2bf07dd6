/** So many rounds of PBKDF2 and more are a thousandth in the suites: they guard nothing there. */
const MANY = 100_000;
const WHOLE = Symbol.for('homeground whole rounds');

interface Rounds {
  readonly iterations?: number;
}
type Derive = (this: SubtleCrypto, how: Rounds, ...rest: unknown[]) => Promise<unknown>;
type Subtle = Record<'deriveBits' | 'deriveKey', Derive> & { [WHOLE]?: true };

const fewer = (how: Rounds): Rounds =>
  (how.iterations ?? 0) < MANY ? how : { ...how, iterations: Number(how.iterations) / 1000 };

/**
 * What phones make of a PIN and of ten letters costs a third of a second each time, on purpose. That
 * as many rounds are asked for as are promised has tests of its own.
 */
const subtle = Object.getPrototypeOf(globalThis.crypto.subtle) as Subtle;
if (subtle[WHOLE] === undefined) {
  subtle[WHOLE] = true;
  for (const name of ['deriveBits', 'deriveKey'] as const) {
    const whole = subtle[name];
    subtle[name] = function derive(how, ...rest) {
      return whole.call(this, fewer(how), ...rest);
    };
  }
}
