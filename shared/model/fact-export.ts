import type { OperationType } from './operation.ts';

/**
 * What leaves as a file of its own beside knocks and answers: what the file is called, and the kind
 * of fact that each of its rows is.
 */
export const FACT_EXPORTS = {
  notes: 'note',
  leaflets: 'lit-drop',
  residents: 'resident',
  corrections: 'correct',
  taggings: 'tag',
  'follow-ups': 'follow-up',
  'contact-consents': 'contact-consent',
  'sharing-consents': 'consent',
  signatures: 'signature',
  'building-memory': 'building',
  'found-doors': 'door',
  'turf-reports': 'turf-report',
  'sign-ups': 'sign-up',
} as const satisfies Readonly<Record<string, OperationType>>;
export type FactExport = keyof typeof FACT_EXPORTS;

export const FACT_EXPORT_NAMES = Object.keys(FACT_EXPORTS) as readonly FactExport[];

export const isFactExport = (name: string): name is FactExport => Object.hasOwn(FACT_EXPORTS, name);
