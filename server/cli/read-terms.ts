import {
  NOT_KNOWN,
  PURPOSES,
  REGIONS,
  SERVER_PLACES,
  type Region,
  type ServerPlace,
  type Terms,
} from '#shared/model/rules.ts';
import { CommandError, EXIT } from './terminal.ts';

/** What was typed of the terms of a file. `terms` answers all the rest: not-known. */
export interface TypedTerms {
  readonly state?: string | undefined;
  readonly purpose?: string | undefined;
  readonly server?: string | undefined;
  readonly obtained?: string | undefined;
  readonly agreement?: string | undefined;
  readonly terms?: string | undefined;
}

/** What was said before: of the file before this one, and of the chapter. */
export interface SaidBefore {
  readonly terms: Terms | null;
  readonly region: Region | null;
  readonly serverIn: ServerPlace | null;
}

/** How each is asked for. */
const ASKED = {
  state: `--state ${REGIONS.join('|')}`,
  purpose: `--purpose ${PURPOSES.join('|')}`,
  server: `--server ${SERVER_PLACES.join('|')}`,
  obtained: '--obtained YYYY-MM-DD',
  agreement: '--agreement TEXT',
} as const;
type Asked = keyof typeof ASKED;

function oneOf<T extends string>(flag: Asked, words: readonly T[], said: string): T {
  const found = words.find((one) => one === said);
  if (found !== undefined) return found;
  const all = `--${flag} is one of: ${words.join(', ')}. Nothing was changed.`;
  throw new CommandError(all, EXIT.misused);
}

/** Terms, and those of them that nobody knows and nobody said so of. */
export interface ReadTerms {
  readonly terms: Terms;
  readonly unsaid: readonly string[];
}

/**
 * The terms of a file by what was typed, and where nothing was by what was said before; a date is
 * never taken over. What nobody said counts as not known: a script goes on, and is told of it.
 */
export function readTerms(typed: TypedTerms, { terms, region, serverIn }: SaidBefore): ReadTerms {
  const rest = typed.terms;
  if (rest !== undefined && rest !== NOT_KNOWN) {
    throw new CommandError(`--terms is ${NOT_KNOWN} or left out.`, EXIT.misused);
  }
  const said: Readonly<Record<Asked, string>> = {
    state: typed.state ?? terms?.state ?? region ?? NOT_KNOWN,
    purpose: typed.purpose ?? terms?.purpose ?? NOT_KNOWN,
    server: typed.server ?? terms?.serverIn ?? serverIn ?? NOT_KNOWN,
    obtained: typed.obtained ?? NOT_KNOWN,
    agreement: (typed.agreement ?? terms?.agreement) || NOT_KNOWN,
  };
  const asked = Object.keys(ASKED) as Asked[];
  const unsaid =
    rest === undefined
      ? asked.filter((name) => said[name] === NOT_KNOWN && typed[name] === undefined)
      : [];
  const obtainedOn = said.obtained === NOT_KNOWN ? null : said.obtained;
  if (obtainedOn !== null && !/^\d{4}-\d{2}-\d{2}$/.test(obtainedOn)) {
    throw new CommandError('--obtained is a date such as 2026-03-01.', EXIT.misused);
  }
  return {
    terms: {
      state: oneOf('state', [...REGIONS, NOT_KNOWN], said.state),
      purpose: oneOf('purpose', [...PURPOSES, NOT_KNOWN], said.purpose),
      serverIn: oneOf('server', [...SERVER_PLACES, NOT_KNOWN], said.server),
      obtainedOn,
      agreement: said.agreement === NOT_KNOWN ? '' : said.agreement,
    },
    unsaid,
  };
}

/** One sentence for whoever left terms out. */
export function sayUnsaid(unsaid: readonly string[]): string {
  const flags = (Object.keys(ASKED) as Asked[])
    .filter((name) => unsaid.includes(name))
    .map((name) => ASKED[name]);
  return `Nobody has said under which terms this file came, so these count as not known, and the desk shows it in red: ${unsaid.join(', ')}; say them next time with ${flags.join(' ')}, or --terms ${NOT_KNOWN} to admit it.`;
}
