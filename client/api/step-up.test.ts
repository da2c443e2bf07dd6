import { afterEach, expect, test, vi } from 'vitest';
import { callApi } from './call.ts';
import { onStepUp } from './step-up.ts';

const refusal = () =>
  new Response(JSON.stringify({ problem: { code: 'ask-passkey', facts: {} } }), { status: 403 });
const done = () => new Response(null, { status: 204 });

afterEach(() => vi.unstubAllGlobals());

test('a call that needs the passkey is repeated once it was shown, and its maker never knows', async () => {
  const answers = [refusal(), done()];
  vi.stubGlobal('fetch', async () => answers.shift());
  const leave = onStepUp(async () => true);
  expect((await callApi('POST', '/v1/x')).ok).toBe(true);
  expect(answers).toEqual([]);
  leave();
});

test('several calls at once ask one time; when the person says no, each tells its problem', async () => {
  vi.stubGlobal('fetch', async () => refusal());
  let asked = 0;
  const leave = onStepUp(async () => {
    asked += 1;
    return false;
  });
  const all = await Promise.all([callApi('POST', '/v1/a'), callApi('POST', '/v1/b')]);
  for (const answer of all) {
    expect(answer).toMatchObject({ ok: false, problem: { code: 'ask-passkey' } });
  }
  expect(asked).toBe(1);
  leave();
});

test('a call that is refused again after the passkey is not repeated for ever', async () => {
  let calls = 0;
  vi.stubGlobal('fetch', async () => {
    calls += 1;
    return refusal();
  });
  const leave = onStepUp(async () => true);
  expect((await callApi('POST', '/v1/x')).ok).toBe(false);
  expect(calls).toBe(2);
  leave();
});

test('where no desk is open nobody is asked', async () => {
  vi.stubGlobal('fetch', async () => refusal());
  expect((await callApi('POST', '/v1/x')).ok).toBe(false);
});
