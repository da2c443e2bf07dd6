import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { expectedHead } from '../audit/expected-head.ts';
import { keepHead } from '../audit/keep-heads.ts';
import { readHeadText, sayHead } from '../audit/head-text.ts';
import { sayVerdict } from '../audit/say-verdict.ts';
import { fingerprintOf, readSignedHead } from '../audit/sign-head.ts';
import { type ChainVerdict, verifyChain } from '../audit/verify-chain.ts';
import { verifyFile } from '../audit/verify-file.ts';
import type { ChainHead } from '#shared/privacy/audit-chain.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd, type Terminal } from './terminal.ts';

export const AUDIT_HELP = `homeground audit verify --chapter SHORT-NAME [--head HEAD] [--json]
homeground audit verify --file BACKUP [--head HEAD] [--json]
homeground audit head --chapter SHORT-NAME [--json]

  verify   follows the chapter’s audit chain from its first entry and says whether it is whole, or
           where it breaks and how. Ends with 1 when it is broken. --head takes a head that somebody
           kept elsewhere, as text or as the name of a file; --file reads a backup
  head     prints the newest head, signed by the chapter: keep it on paper, or mail it to somebody.
           Whoever changes what happened before it is found out by it`;

const NO_HEAD = 'Say --head with what "homeground audit head" printed, or the file that holds it.';

function readHeads(head: string | undefined): ChainHead[] {
  if (head === undefined) return [];
  const read = readHeadText(existsSync(head) ? readFileSync(head, 'utf8') : head);
  if (read === null) throw new CommandError(NO_HEAD, EXIT.misused);
  return [read];
}

const showProgress =
  (terminal: Terminal) =>
  (done: number, entries: number): void =>
    terminal.progress(`Checked ${done} of ${entries} entries`);

async function verify(
  where: { readonly chapter?: string | undefined; readonly file?: string | undefined },
  head: string | undefined,
  json: boolean,
): Promise<void> {
  const heads = readHeads(head);
  const terminal = openTerminal(json);
  const onProgress = showProgress(terminal);
  let verdict: ChainVerdict;
  if (where.file !== undefined) {
    if (!existsSync(where.file)) throw new CommandError(`There is no file ${where.file}.`);
    verdict = orEnd(await verifyFile(where.file, { heads, onProgress }));
  } else {
    verdict = await withPorts(async (ports) => {
      const db = await openBySlug(ports, where.chapter);
      const expected = (await expectedHead(db, ports.registry)).head;
      const all = expected === null ? heads : [...heads, expected];
      return verifyChain(db.read, { heads: all, onProgress });
    });
  }
  terminal.result(sayVerdict(verdict), verdict);
  if (verdict.fault !== null) process.exitCode = EXIT.failed;
}

async function head(slug: string | undefined, json: boolean): Promise<void> {
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, slug);
    const terminal = openTerminal(json);
    const { registry, clock } = ports;
    await keepHead(db, { registry, clock, warn: (sentence) => terminal.step(sentence) });
    const signed = await readSignedHead(db.read);
    if (signed === null) throw new CommandError('The audit chain has no entry yet.');
    const chapter = await db.read
      .selectFrom('chapter')
      .select(['slug', 'audit_public'])
      .executeTakeFirstOrThrow();
    const text = sayHead(chapter.slug, signed);
    const key = fingerprintOf(chapter.audit_public ?? new Uint8Array());
    const { seq, hash, at } = signed;
    const signature = Buffer.from(signed.signature).toString('base64url');
    terminal.result(`${text}\nSigned by the key ${key}`, { text, seq, hash, at, signature, key });
  });
}

export async function auditCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      file: { type: 'string' },
      head: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${AUDIT_HELP}\n`);
  const { chapter, file, json } = values;
  const verb = positionals.join(' ');
  if (verb === 'verify') return verify({ chapter, file }, values.head, json);
  if (verb === 'head') return head(chapter, json);
  throw new CommandError(AUDIT_HELP, EXIT.misused);
}
