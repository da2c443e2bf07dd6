// The phones, in a process of their own: they write their knocks, send them, fetch, and tell how it
// went.
import { KnockWriter } from './knocks.ts';
import type { Asked, Told } from './phones.ts';
import { pullAll } from './pull-all.ts';
import { pushAll } from './push-all.ts';
import type { Town } from './town.ts';

let town: Town | null = null;
let writer: KnockWriter | null = null;
/** Each load goes to the next phones: one alone may not send without end. */
let next = 0;

async function answer(asked: Asked): Promise<Told> {
  if (asked.kind === 'town') {
    ({ town } = asked);
    writer = new KnockWriter(town);
    next = 0;
    return { kind: 'ready' };
  }
  if (town === null || writer === null) throw new Error('There is no town yet.');
  if (asked.kind === 'pull') return { kind: 'pulled', measure: await pullAll(town, asked) };
  const { load } = asked;
  const from = load.from ?? next;
  next = (from + load.clients) % town.phones.length;
  const outboxes = writer.write(load.knocks, load.clients, from);
  return { kind: 'pushed', measure: await pushAll(town, load, outboxes) };
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (told) => process.send?.(told),
    (error: unknown) => process.send?.({ kind: 'fault', reason: String(error) } satisfies Told),
  );
});
