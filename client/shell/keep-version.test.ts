import { afterEach, expect, test, vi } from 'vitest';

/** Each tab is the module loaded anew, with the locks of one browser or with none. */
const openTab = () => {
  vi.resetModules();
  return import('./keep-version.ts');
};

/** Web Locks as far as they are asked of here. */
function makeLocks() {
  const held = new Set<{ readonly name: string }>();
  return {
    request: async (name: string, _: unknown, work: () => Promise<void>) => {
      const lock = { name };
      held.add(lock);
      await work();
      held.delete(lock);
    },
    query: () => Promise.resolve({ held: [...held], pending: [] }),
  };
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['with Web Locks', () => ({ locks: makeLocks() })],
  ['without them, by asking', () => ({})],
])('a door open in one tab keeps the version of all, %s', async (_, makeNavigator) => {
  vi.stubGlobal('navigator', makeNavigator());
  const [one, two] = [await openTab(), await openTab()];
  expect([await one.isVersionKept(), await two.isVersionKept()]).toEqual([false, false]);
  const close = one.keepVersion();
  const also = one.keepVersion();
  expect([await one.isVersionKept(), await two.isVersionKept()]).toEqual([true, true]);
  close();
  close();
  expect(await two.isVersionKept()).toBe(true);
  also();
  await new Promise((resolve) => setTimeout(resolve));
  expect([await one.isVersionKept(), await two.isVersionKept()]).toEqual([false, false]);
});
