import { backoff } from '#shared/sync/backoff.ts';
import type { Failure } from '#shared/sync/classify-failure.ts';
import type { CorePorts } from './ports.ts';
import type { Step } from './step.ts';

/** How the loop stands, for whoever shows it. */
export interface LoopState {
  readonly busy: boolean;
  /** Why the last try failed; null once one went well. */
  readonly failure: Failure | null;
}

export interface Loop {
  start(): void;
  stop(): void;
  /** There is something to do: begin now, unless a failure is being waited over. */
  wake(): void;
  /** Begin now, whatever failed before; resolves when nothing more is to be done or it failed. */
  runNow(): Promise<void>;
}

/** A refused credential is tried again on its own only this often, in ms. */
const REFUSED_WAIT = 5 * 60_000;

/**
 * Runs steps one after the other: at a start, when woken, after failures, and every `idleMs`. A
 * step is told when somebody asked for a try now, whatever was refused before.
 */
export function makeLoop(
  step: (hinted: boolean) => Promise<Step>,
  ports: Pick<CorePorts, 'timers' | 'roll'>,
  idleMs: number | (() => number),
  tell: (state: LoopState) => void,
): Loop {
  let running = false;
  let busy = false;
  let again = false;
  let hinted = false;
  let failures = 0;
  let cancel: (() => void) | null = null;
  let waiting: (() => void)[] = [];

  function rest(failure: Failure | null): void {
    const pause =
      failure === null
        ? typeof idleMs === 'number'
          ? idleMs
          : idleMs()
        : failure.act === 'stop'
          ? REFUSED_WAIT
          : Math.max(failure.waitMs ?? 0, backoff(failures, ports.roll()));
    if (running) cancel = ports.timers.after(pause, () => void go());
    tell({ busy: false, failure });
    const told = waiting;
    waiting = [];
    for (const each of told) each();
  }

  async function takeSteps(): Promise<Failure | null> {
    for (;;) {
      again = false;
      const fresh = hinted;
      hinted = false;
      const outcome = await step(fresh);
      if (outcome.kind === 'failed') {
        // The hint came while this try was under way, perhaps on a connection that was dead already.
        if (!hinted) return outcome.failure;
        continue;
      }
      failures = 0;
      if (outcome.kind === 'done' && !again) return null;
    }
  }

  async function go(): Promise<void> {
    if (busy) return;
    busy = true;
    cancel?.();
    cancel = null;
    tell({ busy: true, failure: null });
    try {
      const failure = await takeSteps();
      if (failure !== null) failures += 1;
      busy = false;
      rest(failure);
    } catch (error) {
      // The phone's storage failed in the middle: nothing is lost, the next try starts afresh.
      failures += 1;
      busy = false;
      rest(storageFailure(error));
    }
  }

  return {
    start: () => {
      running = true;
      void go();
    },
    stop: () => {
      running = false;
      cancel?.();
      cancel = null;
    },
    wake: () => {
      again = true;
      if (running && failures === 0) void go();
    },
    runNow: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        again = true;
        hinted = true;
        void go();
      }),
  };
}

function storageFailure(error: unknown): Failure {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    act: 'retry',
    why: 'not-ours',
    waitMs: null,
    problem: { code: 'storage-blocked', facts: { reason } },
  };
}
