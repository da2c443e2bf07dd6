import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { RollInspection } from '#shared/model/roll.ts';
import { readAnswer } from './call.ts';

export interface Uploaded {
  readonly uploadId: string;
  readonly bytes: number;
  readonly inspection: RollInspection;
}

/**
 * Sends a voter file as it is. `onSent` hears the bytes that have left. Null when it was cancelled:
 * the server then throws its half away. XMLHttpRequest, because fetch cannot tell how far it is.
 */
export function uploadRoll(
  file: File,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Result<Uploaded, Problem> | null> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/v1/roll/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      done(readAnswer<Uploaded>(request.status, request.responseText));
    });
    request.addEventListener('error', () => done(fail(problem('no-network'))));
    request.addEventListener('abort', () => done(null));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
