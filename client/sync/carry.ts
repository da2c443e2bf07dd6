import { readRescueAnswer } from '#shared/sync/check-answer.ts';
import { classifyReply } from '#shared/sync/classify-failure.ts';
import type { CarriedFile } from '../store/outbox-store.ts';
import type { CorePorts } from './ports.ts';
import { AGAIN, DONE, failedStep, type Step } from './step.ts';

const TIMEOUT = 60_000;
/** A file that the server does not take is offered again only after this long, in ms. */
const REFUSED_PAUSE = 60 * 60_000;

/**
 * Makes the part of the core that hands on other phones' rescue files until the server has answered
 * for everything in them. Sending one twice does nothing twice.
 */
export function makeCarrier(ports: CorePorts): { readonly step: () => Promise<Step> } {
  const { outbox, transport, clock } = ports;
  const refusedAt = new Map<string, number>();

  async function send({ key, file }: CarriedFile, token: string): Promise<Step> {
    const reply = await transport.send({
      method: 'POST',
      path: '/v1/rescue',
      token,
      body: JSON.stringify(file),
      timeoutMs: TIMEOUT,
      gzip: true,
    });
    const verdict = classifyReply(reply, readRescueAnswer, (results) => {
      const told = new Set(results.map((result) => result.opId));
      return file.ops.every((op) => told.has(op.opId));
    });
    if (verdict.ok) {
      const { clockOffsetMs } = await outbox.readHead();
      await outbox.settleCarried(key, verdict.answer, clock.now() + (clockOffsetMs ?? 0));
      return AGAIN;
    }
    const { failure } = verdict;
    // Refused for good or for now: this phone's own facts do not wait for it.
    if (failure.act === 'stop' || failure.why === 'not-taken') {
      refusedAt.set(key, clock.elapsed());
      return AGAIN;
    }
    return failedStep(failure);
  }

  async function step(): Promise<Step> {
    const waiting = (await outbox.listCarried()).filter(
      ({ key, results }) =>
        results === null && clock.elapsed() - (refusedAt.get(key) ?? -Infinity) > REFUSED_PAUSE,
    );
    if (waiting.length === 0) return DONE;
    const current = await outbox.readIdentity();
    const all = await outbox.readIdentities();
    // Whoever had this phone before may be refused by now.
    const identities = current === null ? all : [current, ...all];
    for (const carried of waiting) {
      // One that its chapter has not heard of yet would be refused.
      const carrier = identities.find(
        ({ chapter, handed }) => chapter.id === carried.file.chapterId && !handed,
      );
      if (carrier !== undefined) return send(carried, carrier.deviceToken);
    }
    return DONE;
  }

  return { step };
}
