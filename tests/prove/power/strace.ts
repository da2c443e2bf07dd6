import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** Every call that changes a file or a name, every sync, and whatever can carry an answer. */
const CALLS =
  'open,openat,creat,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendfile,' +
  'copy_file_range,splice,ftruncate,truncate,fallocate,fsync,fdatasync,sync,syncfs,' +
  'sync_file_range,rename,renameat,renameat2,link,linkat,unlink,unlinkat';

/** The words before a command that write its calls behind a file; the process stays our child. */
export function straceWords(file: string): readonly string[] {
  const what = ['-e', `trace=${CALLS}`, '-e', 'signal=kill'];
  return [
    'strace',
    '-D',
    '-f',
    '-y',
    '-A',
    '--seccomp-bpf',
    ...what,
    '-x',
    '-s',
    '4194304',
    '-o',
    file,
  ];
}

/** Throws, in words that say what to do, where a process may not be traced. */
export function checkStrace(): void {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (tried.status === 0) return;
  const told = tried.error?.message ?? tried.stderr.trim();
  throw new Error(
    `NO POWER CUT WAS PROVED: strace cannot trace a process here (${told}). Install it ` +
      '(apt-get install strace); in a container allow ptrace (--cap-add SYS_PTRACE).',
  );
}

/** Enough for the last line of every thread, in whatever order they end. */
const LAST_WORDS = 8_192;

/** Resolves when the trace is written up to the end of the process. */
export async function traceEnd(file: string, pid: number): Promise<void> {
  const ended = new RegExp(`^${pid} +\\+\\+\\+ (exited|killed)`, 'm');
  for (const until = performance.now() + 20_000; performance.now() < until;) {
    if (existsSync(file)) {
      const fd = openSync(file, 'r');
      const size = fstatSync(fd).size;
      const tail = Buffer.alloc(Math.min(size, LAST_WORDS));
      readSync(fd, tail, 0, tail.length, size - tail.length);
      closeSync(fd);
      if (ended.test(tail.toString('latin1'))) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The trace has no end.');
}
