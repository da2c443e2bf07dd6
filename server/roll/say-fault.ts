/** Tells the operator where something went wrong, never with which words: they may quote a voter. */
export function sayFault(what: string, error: unknown): void {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const name = error instanceof Error ? error.name : typeof error;
  const trace = frames.filter((line) => /^\s+at /.test(line));
  process.stderr.write(`${[`${what} (${name}).`, ...trace].join('\n')}\n`);
}
