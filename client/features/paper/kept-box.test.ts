import { expect, test } from 'vitest';
import { openBox } from './kept-box.ts';
import { type Kept, newKept } from './kept-entry.ts';

const NAME = 'homeground-paper c m t';
const keyOf = (byte: number): string =>
  Buffer.from(new Uint8Array(32).fill(byte)).toString('base64url');
const shift = {
  walker: null,
  day: '2025-10-04',
  time: '',
  scriptId: null,
  language: 'es',
} as const;

function makeStorage() {
  const texts = new Map<string, string>();
  const storage = {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => void texts.set(name, text),
  };
  return { texts, open: (key: number, name = NAME) => openBox(() => storage, name, keyOf(key)) };
}

const line = { note: 'in hospital' } as unknown as Kept['lines'][string];

test('what waits in a browser is in it sealed, and opened by its own key in its own place alone', async () => {
  const { texts, open } = makeStorage();
  const kept: Kept = { ...newKept(shift), lines: { d: line } };
  expect(await (await open(1)).write(kept)).toBe(true);
  expect(texts.get(NAME)).not.toContain('hospital');
  expect((await (await open(1)).read())?.lines['d']?.note).toBe('in hospital');
  expect(await (await open(2)).read()).toBeNull();
  texts.set('other', texts.get(NAME) ?? '');
  expect(await (await open(1, 'other')).read()).toBeNull();
});

test('what an earlier version left in the clear is taken up, and sealed with the next write', async () => {
  const { texts, open } = makeStorage();
  const { language: _, ...before } = shift;
  const fact = { opId: 'o', type: 'knock' };
  const old = { ...newKept(shift), shift: before, lines: { d: line }, waiting: [{ fact }] };
  texts.set(NAME, JSON.stringify(old));
  const box = await open(1);
  const kept = await box.read();
  expect(kept?.waiting[0]?.facts).toEqual([fact]);
  expect(kept?.lines['d']).toMatchObject({ note: 'in hospital', newcomer: null, allowed: {} });
  expect(kept?.shift.language).toBe('en');
  if (kept !== null) await box.write(kept);
  expect(texts.get(NAME)?.startsWith('{')).toBe(false);
});
