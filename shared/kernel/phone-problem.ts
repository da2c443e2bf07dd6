import type { Facts, Problem } from './make-problem.ts';
import { phoneCatalogue } from './phone-catalogue.ts';

export type Locale = 'en' | 'es';

/** A sentence of the catalogue with its facts in their places; no brackets around one that lacks. */
export function fillIn(text: string, facts: Facts): string {
  return text
    .replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
    .replaceAll(' ()', '');
}

function isOfPhone(code: string): code is keyof typeof phoneCatalogue {
  return Object.hasOwn(phoneCatalogue, code);
}

/** True when a value read from the wire is a problem that a phone of this version can meet. */
export function isPhoneProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null || !('code' in value)) return false;
  return typeof value.code === 'string' && isOfPhone(value.code);
}

/** The sentence for a person; null of a problem that phones have no words for (kernel/problem.ts). */
export function sayPhoneProblem({ code, facts }: Problem, locale: Locale): string | null {
  return isOfPhone(code) ? fillIn(phoneCatalogue[code][locale], facts) : null;
}
