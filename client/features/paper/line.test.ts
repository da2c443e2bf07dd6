import { expect, test } from 'vitest';
import type { MemberId, PersonId, TagId } from '#shared/kernel/ids.ts';
import type { EnteredLine, EntryDoor, PaperAsked, PaperFact } from '#shared/model/paper.ts';
import type { ScriptBody } from '#shared/model/script.ts';
import {
  EMPTY_LINE,
  type Line,
  lineOf,
  lineOfFacts,
  type OnSheet,
  readLine,
  withAnswer,
} from './line.ts';

const option = (id: string) => ({ id, label: id });
const script = {
  opening: '',
  questions: [
    { id: 'q1', kind: 'one', prompt: 'What?', options: [option('rent'), option('buses')] },
    { id: 'q2', kind: 'support', prompt: 'Yes?', options: [] },
    { id: 'q3', kind: 'many', prompt: 'Help?', options: [option('sign'), option('call')] },
  ],
  closing: '',
} as unknown as ScriptBody;
const [what, support, help] = script.questions;

const person = (id: string, doNotContact = false) => ({
  id,
  firstName: 'F',
  lastName: id,
  phone: null,
  doNotContact,
});
const door = (...people: object[]) => ({ id: 'd', people, refusing: [] }) as unknown as EntryDoor;
const line = (more: Partial<Line>): Line => ({ ...EMPTY_LINE, ...more });
const asked = (['call', 'door', 'campaigns'] as const).map((about): PaperAsked => {
  const words = { wording: `May we ${about}?`, wordingHash: about.padEnd(64, '0') };
  return { language: 'en', about, ...words, setAt: null };
});
const tags = ['sign', 'helper', 'gone'].map((name, n) => ({
  id: `t${n}` as TagId,
  name,
  letter: 'abc'[n] ?? '',
  retired: name === 'gone',
}));
const staff = [{ id: 'm2' as MemberId, name: 'Desk' }];
const others = { asked, tags, staff, walker: 'm1' as MemberId, day: '2026-04-25' };
const sheet = { script, ...others };
const none = { script: null, ...others };
const NEW = { personId: 'n' as PersonId, firstName: ' Ana ', lastName: '' };

/** The facts of a line by their types, or why there are none. */
function read(typed: Line, at: EntryDoor, on: OnSheet = none): unknown {
  const result = readLine(typed, at, on);
  return result.ok ? result.said.map(({ type, payload }) => [type, payload]) : result.fault;
}

test('a number or a letter of the paper is an answer, and an answer means that they talked', () => {
  if (what === undefined || support === undefined || help === undefined) throw new Error();
  const typed = withAnswer(withAnswer(withAnswer(EMPTY_LINE, support, '2'), what, 'b'), help, 'ba');
  expect(read(typed, door(person('p')), sheet)).toMatchObject([
    [
      'knock',
      {
        personId: 'p',
        outcome: { kind: 'contact' },
        answers: [
          { questionId: 'q1', given: { kind: 'one', option: 'buses' } },
          { questionId: 'q2', given: { kind: 'support', level: 2 } },
          { questionId: 'q3', given: { kind: 'many', options: ['call', 'sign'] } },
        ],
      },
    ],
  ]);
});

test('what was not asked, skipped, refused and not known are four things', () => {
  const given = (typed: string) => {
    const answered = line({ happened: 'contact', answers: { q1: typed } });
    const result = readLine(answered, door(), sheet);
    if (!result.ok) return result.fault;
    const [fact] = result.said;
    return fact?.type === 'knock' ? fact.payload.answers.map((one) => one.given) : null;
  };
  expect(given('')).toEqual([]);
  expect(given('-')).toEqual([{ kind: 'skipped' }]);
  expect(given('!')).toEqual([{ kind: 'refused' }]);
  expect(given('?')).toEqual([{ kind: 'unknown' }]);
  for (const wrong of ['c', 'ab', '2', 'é']) {
    expect(given(wrong)).toEqual({ kind: 'answer', question: 1 });
  }
});

test('nobody is guessed: of several the one is named, and whoever wants no contact is none of them', () => {
  const moved = line({ happened: 'moved' });
  expect(read(moved, door(person('a'), person('b')))).toEqual({ kind: 'who' });
  expect(read(moved, door(person('a'), person('b', true)))).toMatchObject([
    ['knock', { personId: 'a' }],
  ]);
  // A result of the door names nobody, whoever was chosen before.
  const away = line({ happened: 'not-home', personId: 'a' });
  expect(read(away, door(person('a')))).toMatchObject([['knock', { personId: null }]]);
  expect(read(line({ note: ' Dog ' }), door(person('a')))).toEqual([
    ['note', { personId: null, text: 'Dog' }],
  ]);
});

test('somebody new is a resident first, and the conversation is theirs', () => {
  const talked = line({ happened: 'contact', personId: 'n', newcomer: NEW });
  const resident = ['resident', { personId: 'n', firstName: 'Ana', lastName: '' }];
  expect(read(talked, door(person('a'), person('b')))).toMatchObject([
    resident,
    ['knock', { personId: 'n', outcome: { kind: 'contact' } }],
  ]);
  // Added with no conversation.
  expect(read(line({ personId: 'n', newcomer: NEW }), door())).toEqual([resident]);
  const nameless = { ...NEW, firstName: ' ' };
  expect(read({ ...talked, newcomer: nameless }, door())).toEqual({ kind: 'name' });
});

test('moved away, and who lives here now: one line, two people', () => {
  const typed = line({ happened: 'moved', personId: 'a', newcomer: NEW });
  const both = [
    ['resident', { personId: 'n', firstName: 'Ana' }],
    ['knock', { personId: 'a', outcome: { kind: 'result', result: 'moved' } }],
  ];
  expect(read(typed, door(person('a'), person('b')))).toMatchObject(both);
  // Nobody met.
  const empty = { ...NEW, firstName: '' };
  expect(read({ ...typed, newcomer: empty }, door(person('a')))).toMatchObject([both[1]]);
  // Whoever lives there now did not move away.
  expect(read({ ...typed, personId: 'n' }, door(person('a')))).toMatchObject(both);
});

test('what they allow is kept with the words of the paper, each asked for by itself', () => {
  const typed = line({ happened: 'contact', allowed: { call: 'y', door: 'N', campaigns: 'sí' } });
  expect(read(typed, door(person('p'))) as unknown[]).toMatchObject([
    ['knock', { personId: 'p' }],
    ['contact-consent', { personId: 'p', channel: 'call', given: true, wording: 'May we call?' }],
    ['contact-consent', { channel: 'door', given: false, wordingHash: 'door'.padEnd(64, '0') }],
    ['consent', { recipients: 'campaigns', given: true, wording: 'May we campaigns?' }],
  ]);
  const wrong = line({ happened: 'contact', allowed: { door: 'x' } });
  expect(read(wrong, door(person('p')))).toEqual({ kind: 'allowed', about: 'door' });
  // Nobody said it for a home of two.
  const whose = line({ allowed: { call: 'y' } });
  expect(read(whose, door(person('a'), person('b')))).toEqual({ kind: 'who' });
  expect(read({ ...whose, happened: 'not-home' }, door(person('a')))).toEqual({ kind: 'who' });
});

test('a name or a telephone is put right of one person, and no name is taken away', () => {
  const typed = line({ personId: 'a', corrected: { phone: ' 555 0100 ', lastName: 'Li' } });
  expect(read(typed, door(person('a'), person('b')))).toEqual([
    ['correct', { personId: 'a', field: 'lastName', value: 'Li' }],
    ['correct', { personId: 'a', field: 'phone', value: '555 0100' }],
  ]);
  const gone = line({ personId: 'a', corrected: { firstName: '', lastName: ' ' } });
  expect(read(gone, door(person('a')))).toEqual({ kind: 'name' });
  const half = line({ personId: 'a', corrected: { email: 'lupe@' } });
  expect(read(half, door(person('a')))).toEqual({ kind: 'email' });
});

test('a line that is corrected is typed as it was', () => {
  if (support === undefined) throw new Error();
  const typed = withAnswer(line({ personId: 'p', note: 'Sign' }), support, '4');
  const result = readLine(typed, door(person('p')), sheet);
  const [fact] = result.ok ? result.said : [];
  if (fact?.type !== 'knock') throw new Error();
  const saved = { ...fact.payload, opId: 'o', hlc: 'h' } as unknown as EnteredLine;
  expect(lineOf(saved, script)).toEqual({ ...typed, replaces: { opId: 'o', hlc: 'h' } });
});

test('a whole line that was not taken is typed as it was', () => {
  if (support === undefined) throw new Error();
  const lines = [
    withAnswer(
      line({
        personId: 'n',
        newcomer: { ...NEW, firstName: 'Ana' },
        note: 'Sign',
        allowed: { call: 'y', campaigns: 'n' },
        corrected: { phone: '5' },
      }),
      support,
      '4',
    ),
    line({ happened: 'moved', personId: 'a', newcomer: { ...NEW, firstName: 'Ana' } }),
    line({ personId: 'n', newcomer: { ...NEW, firstName: 'Ana' } }),
    line({ personId: 'a', allowed: { door: 'n' } }),
  ];
  for (const typed of lines) {
    const result = readLine(typed, door(person('a'), person('b')), sheet);
    if (!result.ok) throw new Error(result.fault.kind);
    expect(lineOfFacts(result.said as unknown as PaperFact[], sheet)).toEqual(typed);
  }
});

test('literature, tags and a promise stand beside what happened, or alone', () => {
  const promise = { text: ' Bring a sign ', who: 'walker', by: '2026-05-02' };
  const typed = line({ happened: 'contact', leaflet: true, tags: 'a, b', promise });
  expect(read(typed, door(person('p')))).toEqual([
    ['knock', expect.objectContaining({ personId: 'p' })],
    ['lit-drop', {}],
    ['tag', { personId: 'p', tag: 't0', on: true }],
    ['tag', { personId: 'p', tag: 't1', on: true }],
    ['follow-up', { personId: 'p', text: 'Bring a sign', whoId: 'm1', by: '2026-05-02' }],
  ]);
  expect(read(line({ leaflet: true }), door(person('p')))).toEqual([['lit-drop', {}]]);
  expect(read(line({ tags: 'c' }), door(person('p')))).toMatchObject([['tag', { tag: 't2' }]]);
  const open = line({ promise: { text: 'Call', who: 'chapter', by: '' } });
  expect(read(open, door(person('p'), person('q')))).toEqual([
    ['follow-up', { personId: null, text: 'Call', whoId: null, by: null }],
  ]);
  const desk = line({ promise: { text: 'Call', who: 'm2', by: '' } });
  expect(read(desk, door())).toMatchObject([['follow-up', { whoId: 'm2' }]]);
});

test('a tag needs somebody who has it, and a promise somebody who keeps it', () => {
  expect(read(line({ tags: 'a' }), door(person('p'), person('q')))).toEqual({ kind: 'who' });
  expect(read(line({ tags: 'ax' }), door(person('p')))).toEqual({ kind: 'tags' });
  const lacks = (promise: Line['promise']) => read(line({ promise }), door(person('p')));
  expect(lacks({ text: 'Call', who: '', by: '' })).toEqual({ kind: 'promise', lacks: 'who' });
  expect(lacks({ text: '', who: 'walker', by: '' })).toEqual({ kind: 'promise', lacks: 'text' });
  for (const by of ['May', '1900-01-01', '2026-04-24', '2028-04-26', '2027-02-29']) {
    expect([by, lacks({ text: 'Call', who: 'walker', by })]).toEqual([
      by,
      { kind: 'promise', lacks: 'by' },
    ]);
  }
  for (const by of ['2026-04-25', '2028-04-25']) {
    expect(lacks({ text: 'Call', who: 'walker', by })).toMatchObject([['follow-up', { by }]]);
  }
});

test('what the chapter did not take is typed again as it was', () => {
  const promise = { text: 'Bring a sign', who: 'walker', by: '2026-05-02' };
  const typed = line({ happened: 'not-home', leaflet: true, promise, note: 'Dog' });
  const said = readLine(typed, door(person('p')), sheet);
  if (!said.ok) throw new Error('not read');
  expect(lineOfFacts(said.said as unknown as PaperFact[], sheet)).toEqual(typed);
  const tagged = readLine(line({ tags: 'a b' }), door(person('p')), sheet);
  if (!tagged.ok) throw new Error('not read');
  expect(lineOfFacts(tagged.said as unknown as PaperFact[], sheet)).toMatchObject({
    tags: 'a b',
    personId: 'p',
  });
});
