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

/**
 * The terms of a file by what was typed, and where nothing was by what was said before; a date is
 * never taken over. Ends the command with
 * all that is missing at once.
 */
export function readTerms(typed: TypedTerms, { terms, region, serverIn }: SaidBefore): Terms {
  const rest = typed.terms;
  if (rest !== undefined && rest !== NOT_KNOWN) {
    throw new CommandError(`--terms is ${NOT_KNOWN} or left out.`, EXIT.misused);
  }
  const said: Readonly<Record<Asked, string | undefined>> = {
    state: typed.state ?? terms?.state ?? region ?? rest,
    purpose: typed.purpose ?? terms?.purpose ?? rest,
    server: typed.server ?? terms?.serverIn ?? serverIn ?? rest,
    obtained: typed.obtained ?? rest,
    agreement: typed.agreement ?? terms?.agreement ?? rest,
  };
  const missing = (Object.keys(ASKED) as Asked[]).filter((name) => said[name] === undefined);
  if (missing.length > 0) {
    throw new CommandError(
      [
        'Under which terms did this file come? Nothing was changed. Still to be said:',
        ...missing.map((name) => `  ${ASKED[name]}`),
        `Each may be ${NOT_KNOWN}; --terms ${NOT_KNOWN} says so of all of them.`,
      ].join('\n'),
      EXIT.misused,
    );
  }
  const obtainedOn = said.obtained === NOT_KNOWN ? null : (said.obtained ?? null);
  if (obtainedOn !== null && !/^\d{4}-\d{2}-\d{2}$/.test(obtainedOn)) {
    throw new CommandError('--obtained is a date such as 2026-03-01.', EXIT.misused);
  }
  const agreement = said.agreement ?? '';
  return {
    state: oneOf('state', [...REGIONS, NOT_KNOWN], said.state ?? ''),
    purpose: oneOf('purpose', [...PURPOSES, NOT_KNOWN], said.purpose ?? ''),
    serverIn: oneOf('server', [...SERVER_PLACES, NOT_KNOWN], said.server ?? ''),
    obtainedOn,
    agreement: agreement === NOT_KNOWN ? '' : agreement,
  };
}
