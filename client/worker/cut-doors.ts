import { problem } from '../../shared/kernel/problem.ts';
import { readStreets } from '../../shared/streets/read-streets.ts';
import { cutTurfs } from '../../shared/turf/cut/cut-turfs.ts';
import { cutBarriers } from './cut-barriers.ts';
import type { CutMessage, CutOrder } from './cut-doors-messages.ts';

/**
 * Cuts a universe into turfs off the main thread, on the chapter's own streets. Nothing leaves the
 * browser. It is cancelled from outside, by ending the worker.
 */
const TELL_EVERY_MS = 80;

function say(message: CutMessage): void {
  self.postMessage(message);
}

self.addEventListener('message', (event: MessageEvent<CutOrder>) => {
  const { doors, layers, barriers, options } = event.data;
  let told = { step: '', at: 0 };
  try {
    const cut = cutTurfs(doors, {
      ...options,
      streets: readStreets(layers.streets).streets,
      barriers: cutBarriers(layers, barriers),
      onDraft: (draft) => say({ kind: 'draft', cut: draft }),
      onProgress: (progress) => {
        const now = performance.now();
        if (progress.step !== told.step || now - told.at > TELL_EVERY_MS) {
          told = { step: progress.step, at: now };
          say({ kind: 'progress', progress });
        }
        return false;
      },
    });
    say(cut.ok ? { kind: 'done', cut: cut.value } : { kind: 'problem', problem: cut.problem });
  } catch {
    say({ kind: 'problem', problem: problem('cut-failed') });
  }
});
