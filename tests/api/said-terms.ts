import type { Terms } from '#shared/model/rules.ts';

/** Terms of a file as somebody says them who knows; nothing of the file is left out. */
export const SAID_TERMS: Terms = {
  state: 'US-OH',
  obtainedOn: '2026-03-01',
  purpose: 'political',
  agreement: 'Form 12 of the county',
  serverIn: 'us',
};
