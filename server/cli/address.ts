import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type ParsedAddress, parseAddress } from '#shared/roll/parse-address.ts';
import { readLines } from './read-lines.ts';
import { CommandError, EXIT } from './terminal.ts';

export const ADDRESS_HELP = `homeground address parse FILE [--json]

  Reads one address a line from FILE, or from what is piped in when FILE is -, and prints the
  parts of each: a table, or with --json one object a line. Parts are in capitals and in the short
  forms of USPS Publication 28. Any line gives an answer, if only that it is empty; of a long
  line the first 1,000 characters are read. Ends with 0 when the file was read, 1 when it
  cannot be, 2 when the words are not these.`;

export async function addressCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ADDRESS_HELP}\n`);
  const [verb, file, ...others] = positionals;
  if (verb !== 'parse' || file === undefined || others.length > 0) {
    throw new CommandError(ADDRESS_HELP, EXIT.misused);
  }
  const source: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : openFile(resolve(file));
  const blocks = Readable.from(sayAddresses(readLines(source), values.json));
  try {
    await pipeline(blocks, process.stdout, { end: false });
  } catch (error) {
    // Whoever reads has seen enough, as `head` has.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

function openFile(path: string): AsyncIterable<Uint8Array> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`There is no file ${path}. Nothing was read.`);
  if (found.isDirectory()) {
    throw new CommandError(`${path} is a folder and not a file. Nothing was read.`);
  }
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

const BLOCK = 64 * 1024;

/** What the command prints for these lines, in blocks. */
export async function* sayAddresses(
  lines: AsyncIterable<string>,
  json: boolean,
): AsyncGenerator<string> {
  let block = json ? '' : `${sayRow(TITLES)}\n`;
  for await (const line of lines) {
    const address = parseAddress(line);
    block += json ? `${JSON.stringify(toOutput(address))}\n` : `${sayRow(toCells(address))}\n`;
    if (block.length < BLOCK) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

function toOutput(address: ParsedAddress): Readonly<Record<string, string>> {
  const { number, suffix, predir, street, type, postdir, unitType, unit, kind } = address;
  return { number, suffix, predir, street, type, postdir, unit_type: unitType, unit, kind };
}

const TITLES = ['NUMBER', 'SUFFIX', 'DIR', 'STREET', 'TYPE', 'DIR', 'UNIT', 'KIND'];
const WIDTHS = [9, 6, 3, 28, 5, 3, 12, 0];

function toCells(address: ParsedAddress): readonly string[] {
  const { number, suffix, predir, street, type, postdir, unitType, unit, kind } = address;
  return [number, suffix, predir, street, type, postdir, `${unitType} ${unit}`.trim(), kind];
}

function sayRow(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join(' ');
}
