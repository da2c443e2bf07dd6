import { problem, ProblemError, sayProblem, statusOf } from '#shared/kernel/problem.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { Push } from '#shared/sync/protocol.ts';
import type { Request } from '../../../client/sync/ports.ts';
import {
  type AcceptPush,
  makePushAcceptor,
  type PushDb,
} from '../../../server/sync/accept-push.ts';
import { answerPull } from '../../../server/sync/answer-pull.ts';
import { CommitNotices } from '../../../server/sync/notify.ts';
import { type MadeChapter, type MadeDevice, type MadeTurf, START } from '../make-chapter.ts';
import type { Faults } from './faults.ts';
import { never } from './life.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SimDevice {
  readonly device: MadeDevice;
  readonly turf: MadeTurf;
}

export function answer(status: number, value: unknown, retryAfterMs: number | null = null): Reply {
  return { kind: 'answer', status, json: true, text: JSON.stringify(value), retryAfterMs };
}

function refuse(error: unknown): Reply {
  const found = error instanceof ProblemError ? error.problem : problem('server-fault');
  return answer(statusOf(found), { problem: found, text: sayProblem(found) });
}

/** The real push and pull code on a real database, which may be killed and opened again. */
export class SimServer {
  readonly #made: MadeChapter;
  readonly #time: VirtualTime;
  readonly #faults: Faults;
  readonly #devices: ReadonlyMap<string, SimDevice>;
  readonly #ackUncommitted: boolean;
  #accept: AcceptPush;
  #db: PushDb;
  #life = 0;
  #up = true;

  constructor(
    made: MadeChapter,
    time: VirtualTime,
    faults: Faults,
    devices: ReadonlyMap<string, SimDevice>,
    defer: (run: () => void) => void,
    ackUncommitted: boolean,
  ) {
    this.#made = made;
    this.#time = time;
    this.#faults = faults;
    this.#devices = devices;
    this.#ackUncommitted = ackUncommitted;
    this.#accept = makePushAcceptor(new CommitNotices(), defer);
    this.#db = this.#failingDb();
  }

  get now(): number {
    return START + this.#time.now;
  }

  /** What the server makes of a request; never answers one that was under way at a crash. */
  async handle(request: Request): Promise<Reply> {
    const life = this.#life;
    if (!this.#up) {
      this.#faults.count('server-down');
      return { kind: 'unreachable' };
    }
    const reply = await this.#answer(request).catch(refuse);
    return life === this.#life ? reply : never();
  }

  /** The process dies where it stands, and another one opens the database. */
  async crash(downMs: number): Promise<void> {
    if (!this.#up) return;
    this.#faults.count('server-crash');
    this.#life += 1;
    this.#up = false;
    await this.#time.sleep(downMs);
    await this.#made.reopen();
    this.#db = this.#failingDb();
    this.#up = true;
  }

  async #answer(request: Request): Promise<Reply> {
    const known = this.#devices.get(request.token ?? '');
    if (known === undefined) throw new ProblemError(problem('not-signed-in'));
    const { device, turf } = known;
    const url = new URL(request.path, 'http://sim');
    if (url.pathname === '/v1/push') {
      const push = JSON.parse(request.body ?? '') as Push;
      const { deviceId, deviceKey, member } = device;
      const asked = this.#accept(
        this.#db,
        { deviceId, deviceKey, memberId: member.id },
        push,
        this.now,
      );
      if (!this.#ackUncommitted) return answer(200, await asked);
      return answer(200, await asked.catch(() => this.#lie(push)));
    }
    if (url.pathname === '/v1/packet') {
      return answer(200, await this.#made.readPacket(turf, this.now));
    }
    const cursor = url.searchParams.get('cursor') ?? '';
    const pulled = await answerPull(this.#made.db(), device, cursor, this.now);
    if (!pulled.ok) throw new ProblemError(pulled.problem);
    return answer(200, pulled.value);
  }

  /** A seeded bug: says that all is well although the commit failed. */
  #lie(push: Push): unknown {
    const results = push.ops.map(({ opId }) => ({
      opId,
      status: 'applied',
      seq: 1,
      repeat: false,
    }));
    const { batchId } = push;
    return { proto: 1, batchId, incarnation: 'x', serverNow: this.now, results };
  }

  /** The writer's connection, whose commit may fail, or succeed without anybody hearing of it. */
  #failingDb(): PushDb {
    const db = this.#made.db();
    const faults = this.#faults;
    return {
      id: db.id,
      inLog: async (work) => {
        const done = await db.inLog(async (log) => {
          const worked = await work(log);
          if (faults.fires('commit-fails')) throw new Error('disk I/O error');
          return worked;
        });
        if (faults.fires('commit-word-lost')) throw new Error('no word');
        return done;
      },
    };
  }
}
