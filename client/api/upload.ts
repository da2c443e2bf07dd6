import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RollInspection } from '#shared/model/roll.ts';
import type { BeginUpload, OpenUpload } from '#shared/model/upload.ts';
import { fingerprintParts } from '#shared/roll/fingerprint-parts.ts';
import { callApi, readAnswer } from './call.ts';

export interface Uploaded {
  readonly uploadId: string;
  readonly bytes: number;
  readonly inspection: RollInspection;
}

/** How far a file is. */
export interface UploadState {
  /** Bytes that have left, with those of an earlier try. */
  readonly sent: number;
  /** Milliseconds that the rest may take; null: too early to say. */
  readonly left: number | null;
  /** True while there is no line, or another window sends the same file. */
  readonly waits: boolean;
}

/** Bytes of a part: what came of one that breaks off is kept, so this is no measure of loss. */
const PART = 4 * 1024 * 1024;
/** Milliseconds between two tries, longer each time. */
const PAUSES = [1000, 2000, 4000, 8000, 15_000];
/** A server may need so long to unpack and read two gigabytes. */
const END_TIMEOUT = 10 * 60_000;
/** Below this there is too little to guess from. */
const GUESS_AFTER = 3000;
/** What passes by itself; everything else is told. */
const PASSING = ['no-network', 'server-fault', 'upload-broken', 'upload-busy', 'upload-offset'];

/**
 * Sends a voter file part by part, and goes on where it broke off: at once when the line is back, and
 * after a reload or a restart of the server when the same file is chosen again. Null when it was
 * cancelled: the server then throws away what has come. Problems: file-unreadable when the file
 * changed meanwhile, those of the server.
 */
export async function uploadRoll(
  file: File,
  onState: (state: UploadState) => void,
  signal: AbortSignal,
): Promise<Result<Uploaded, Problem> | null> {
  const unreadable = fail(problem('file-unreadable', { path: file.name }));
  const about = await describe(file);
  if (about === null) return unreadable;
  const tell = makeTeller(file.size, onState);
  let open: OpenUpload | null = null;
  let failures = 0;
  const stopped = async (): Promise<null> => {
    if (open !== null) await callApi('DELETE', `/v1/roll/uploads/${open.uploadId}`);
    return null;
  };
  for (;;) {
    if (signal.aborted) return stopped();
    const step = await takeStep(file, about, open, { tell, signal });
    if (step === null) continue;
    if (step === 'unreadable') return unreadable;
    if (step.ok) {
      const { value } = step;
      if ('inspection' in value) return ok(value);
      open = value;
      failures = 0;
      tell(value.offset, false);
      continue;
    }
    const { code } = step.problem;
    // Swept away meanwhile, or thrown away by another window: it begins anew.
    const gone = code === 'upload-gone' && open !== null;
    if (!gone && !PASSING.includes(code)) return fail(step.problem);
    // Asked anew where to go on, unless all of it is there and only the last answer was lost.
    if (open?.offset !== file.size || code === 'upload-offset' || gone) open = null;
    tell(null, code !== 'upload-offset');
    if (code !== 'upload-offset') await pause(PAUSES[failures++] ?? 15_000, signal);
  }
}

type Step = Result<OpenUpload | Uploaded, Problem> | 'unreadable' | null;

interface Means {
  readonly tell: (sent: number | null, waits: boolean) => void;
  readonly signal: AbortSignal;
}

/** Begins, sends the next part, or ends; null when it was cancelled on the way. */
async function takeStep(
  file: File,
  about: BeginUpload,
  open: OpenUpload | null,
  { tell, signal }: Means,
): Promise<Step> {
  if (open === null) return callApi<OpenUpload>('POST', '/v1/roll/uploads', about);
  const { uploadId, offset } = open;
  if (offset === file.size) {
    const path = `/v1/roll/uploads/${uploadId}/end`;
    return callApi<Uploaded>('POST', path, undefined, { timeoutMs: END_TIMEOUT });
  }
  const part = await read(file, offset, Math.min(file.size, offset + PART));
  if (part === null) return 'unreadable';
  const path = `/v1/roll/uploads/${uploadId}?offset=${offset}`;
  return sendPart(path, part, (sent) => tell(offset + sent, false), signal);
}

/** XMLHttpRequest, because fetch cannot tell how far it is. */
function sendPart(
  path: string,
  part: ArrayBuffer,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Result<OpenUpload, Problem> | null> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const end = (answer: Result<OpenUpload, Problem> | null): void => {
      signal.removeEventListener('abort', abort);
      done(answer);
    };
    request.open('PATCH', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () =>
      end(readAnswer<OpenUpload>(request.status, request.responseText)),
    );
    request.addEventListener('error', () => end(fail(problem('no-network'))));
    request.addEventListener('abort', () => end(null));
    signal.addEventListener('abort', abort, { once: true });
    request.send(part);
  });
}

async function read(file: File, from: number, to: number): Promise<ArrayBuffer | null> {
  return file
    .slice(from, to)
    .arrayBuffer()
    .catch(() => null);
}

/** What the server knows the file again by. */
async function describe(file: File): Promise<BeginUpload | null> {
  const parts: BlobPart[] = [`${file.size}\n`];
  for (const { from, to } of fingerprintParts(file.size)) parts.push(file.slice(from, to));
  const bytes = await new Blob(parts).arrayBuffer().catch(() => null);
  if (bytes === null) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const fingerprint = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name: file.name.slice(0, 400), bytes: file.size, fingerprint };
}

/** Says how far a file is, with a guess at the rest from the speed of this run. */
function makeTeller(size: number, onState: (state: UploadState) => void): Means['tell'] {
  let began: { readonly at: number; readonly sent: number } | null = null;
  let last = 0;
  return (sent, waits) => {
    last = sent ?? last;
    // After a wait the speed of before says nothing.
    if (waits) began = null;
    else began ??= { at: performance.now(), sent: last };
    const elapsed = began === null ? 0 : performance.now() - began.at;
    const gone = last - (began?.sent ?? last);
    const left = elapsed > GUESS_AFTER && gone > 0 ? (elapsed * (size - last)) / gone : null;
    onState({ sent: last, left, waits });
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = window.setTimeout(done, ms);
    signal.addEventListener(
      'abort',
      () => {
        window.clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
}
