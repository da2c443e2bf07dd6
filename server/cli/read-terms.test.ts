import { expect, test } from 'vitest';
import { readTerms, sayUnsaid } from './read-terms.ts';

const NOTHING = { terms: null, region: null, serverIn: null };

test('a script that says no terms goes on, they are not known, and it is told which', () => {
  const { terms, unsaid } = readTerms({}, NOTHING);
  expect(terms).toEqual({
    state: 'not-known',
    purpose: 'not-known',
    serverIn: 'not-known',
    obtainedOn: null,
    agreement: '',
  });
  expect(unsaid).toEqual(['state', 'purpose', 'server', 'obtained', 'agreement']);
  // What was not known the last time is still not known.
  expect(readTerms({}, { ...NOTHING, terms }).unsaid).toEqual(unsaid);
  expect(sayUnsaid(['obtained', 'agreement'])).toContain('--obtained YYYY-MM-DD --agreement TEXT');
});

test('whoever admits that terms are not known is told nothing', () => {
  expect(readTerms({ terms: 'not-known' }, NOTHING).unsaid).toEqual([]);
  const said = { state: 'US-OH', purpose: 'political', server: 'us', agreement: 'not-known' };
  expect(readTerms(said, NOTHING).unsaid).toEqual(['obtained']);
});

test('what was said before holds, but for the date; a word that is none ends it', () => {
  const before = readTerms(
    { state: 'US-OH', purpose: 'political', server: 'us', obtained: '2026-03-01', agreement: 'F' },
    NOTHING,
  );
  expect(before.unsaid).toEqual([]);
  const next = readTerms({}, { ...NOTHING, terms: before.terms });
  expect(next.terms).toEqual({ ...before.terms, obtainedOn: null });
  expect(next.unsaid).toEqual(['obtained']);
  expect(() => readTerms({ state: 'Ohio' }, NOTHING)).toThrow('--state is one of');
  expect(() => readTerms({ obtained: 'May' }, NOTHING)).toThrow('--obtained is a date');
});
