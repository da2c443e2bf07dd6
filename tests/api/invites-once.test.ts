import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LaunchCode } from '#shared/model/turf.ts';
import { makeOakdale } from './make-oakdale.ts';
import { launch, makePhoneKey } from './make-walk.ts';

const MINUTE = 60_000;

/** What happens at a table: a code is made, one that was made is tried, or time passes. */
const deed = fc.oneof(
  fc.constant({ what: 'make' } as const),
  fc.record({
    what: fc.constant('try' as const),
    which: fc.nat(),
    way: fc.constantFrom('typed', 'scanned'),
    twice: fc.boolean(),
  }),
  fc.record({ what: fc.constant('wait' as const), minutes: fc.nat({ max: 7 }) }),
);

test('whatever happens at the table, a code opens a turf at most once, and never after its time', async () => {
  const { server, db, walk } = await makeOakdale();
  let address = 0;
  const tryToJoin = async (code: string): Promise<boolean> => {
    address += 1;
    const answer = await server.app.inject({
      method: 'POST',
      url: '/v1/join',
      // Each from elsewhere: how often one address may fail is tried elsewhere too.
      remoteAddress: `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`,
      payload: { code, name: 'Kim', publicKey: makePhoneKey().publicKey },
    });
    return answer.statusCode === 200;
  };
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
        const made: LaunchCode[] = [];
        const used = new Set<string>();
        for (const one of deeds) {
          if (one.what === 'make') made.push(await launch(server, db, walk.turf.id));
          else if (one.what === 'wait') server.time.now += one.minutes * MINUTE;
          else {
            const shown = made[one.which % Math.max(1, made.length)];
            if (shown === undefined) continue;
            const code = one.way === 'typed' ? shown.code : (shown.url.split('#')[1] ?? '');
            const may = !used.has(shown.id) && server.time.now < shown.expiresAt;
            const tries = one.twice ? [tryToJoin(code), tryToJoin(code)] : [tryToJoin(code)];
            const opened = (await Promise.all(tries)).filter(Boolean).length;
            expect(opened).toBe(may ? 1 : 0);
            if (opened > 0) used.add(shown.id);
          }
        }
        // Refusals of this run are no attack on the next one.
        server.time.now += 2 * MINUTE;
      }),
      { numRuns: 25 },
    );
  } finally {
    await server.close();
  }
});
