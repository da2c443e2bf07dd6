import { makeOakdale } from '../api/make-oakdale.ts';
import { type BenchOptions, median, round } from './line.ts';

const NEVER = '0190a0a0-0000-7000-8000-0000000000ff';

interface Ask {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
}

/** Two requests that must not be told apart: one to what is there and forbidden, one to what never was. */
interface Pair {
  readonly name: string;
  readonly there: Ask;
  readonly never: Ask;
}

/**
 * `npm run bench -- refusals`: how long the refusal of something that is there takes beside that of
 * something that never was, in medians of calls that take turns.
 */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  const { server, db, walk, desk } = await makeOakdale();
  try {
    const other = await server.makeChapter('elmwood');
    const { headers: elsewhere } = await server.staff(other, 'admin');
    const { headers: reader } = await walk.phone.reader();
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'x'.repeat(60_000) });
    const turf = `/v1/turfs/${walk.turf.id}`;
    const pairs: readonly Pair[] = [
      {
        name: 'a route for another role',
        there: { method: 'GET', url: '/v1/audit', headers: reader },
        never: { method: 'GET', url: '/v1/nowhere', headers: reader },
      },
      {
        name: 'a route for another role, with a body',
        there: {
          method: 'POST',
          url: '/v1/members',
          headers: { ...desk.headers, ...json },
          payload: body,
        },
        never: {
          method: 'POST',
          url: '/v1/nowhere',
          headers: { ...desk.headers, ...json },
          payload: body,
        },
      },
      {
        name: 'a turf of another chapter',
        there: { method: 'DELETE', url: turf, headers: elsewhere },
        never: { method: 'DELETE', url: `/v1/turfs/${NEVER}`, headers: elsewhere },
      },
      {
        name: 'a made-up session of a chapter that is here and of one that is not',
        there: {
          method: 'GET',
          url: '/v1/me',
          headers: { cookie: `hg_session=${db.id}.${'A'.repeat(43)}` },
        },
        never: {
          method: 'GET',
          url: '/v1/me',
          headers: { cookie: `hg_session=${NEVER}.${'A'.repeat(43)}` },
        },
      },
      {
        name: 'a phone that never was, at a chapter that is here and one that is not',
        there: {
          method: 'GET',
          url: '/v1/packet',
          headers: { authorization: `Bearer ${db.id}.${'A'.repeat(43)}` },
        },
        never: {
          method: 'GET',
          url: '/v1/packet',
          headers: { authorization: `Bearer ${NEVER}.${'A'.repeat(43)}` },
        },
      },
    ];
    const rounds = quick ? 200 : 1500;
    for (const { name, there, never } of pairs) {
      const took: Record<'there' | 'never', number[]> = { there: [], never: [] };
      const answers = new Set<string>();
      for (let turn = 0; turn < rounds; turn++) {
        for (const [kind, ask] of turn % 2 === 0
          ? ([
              ['there', there],
              ['never', never],
            ] as const)
          : ([
              ['never', never],
              ['there', there],
            ] as const)) {
          const began = performance.now();
          const answer = await server.app.inject(ask);
          took[kind].push((performance.now() - began) * 1000);
          answers.add(`${answer.statusCode} ${answer.body}`);
        }
      }
      if (answers.size > 1) throw new Error(`${name}: ${[...answers].join(' | ')}`);
      const [value, against] = [median(took.there), median(took.never)];
      print({
        bench: 'refusals',
        case: name,
        figure: 'refused',
        value: round(value),
        unit: 'µs',
        against: 'what never was',
        againstValue: round(against),
        ratio: round(against / value),
        n: rounds,
      });
    }
  } finally {
    await server.close();
  }
}
