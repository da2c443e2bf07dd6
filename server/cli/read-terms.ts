import {
  PURPOSES,
  type Purpose,
  REGIONS,
  SERVER_PLACES,
  type ServerPlace,
  type Terms,
} from '#shared/model/rules.ts';
import { isRegion } from '#shared/privacy/rules/rule-packs.ts';
import { CommandError, EXIT } from './terminal.ts';

/** What was typed of the terms of a file; all left out says nothing new. */
export interface TypedTerms {
  readonly state?: string | undefined;
  readonly purpose?: string | undefined;
  readonly server?: string | undefined;
  readonly obtained?: string | undefined;
  readonly agreement?: string | undefined;
}

function misused(flag: string, all: readonly string[]): never {
  throw new CommandError(
    `--${flag} is one of: ${all.join(', ')}. Nothing was changed.`,
    EXIT.misused,
  );
}

/**
 * The terms of a file by what was typed, and where nothing was by what held for the file before;
 * null when nobody has ever said. A date is never taken over.
 */
export function readTerms(typed: TypedTerms, before: Terms | null): Terms | null {
  const said = Object.values(typed).some((value) => value !== undefined);
  const state = typed.state ?? before?.state;
  const purpose = typed.purpose ?? before?.purpose;
  const serverIn = typed.server ?? before?.serverIn;
  if (!said && before === null) return null;
  if (!isRegion(state)) misused('state', REGIONS);
  if (!PURPOSES.some((one) => one === purpose)) misused('purpose', PURPOSES);
  if (!SERVER_PLACES.some((one) => one === serverIn)) misused('server', SERVER_PLACES);
  const obtainedOn = typed.obtained ?? null;
  if (obtainedOn !== null && !/^\d{4}-\d{2}-\d{2}$/.test(obtainedOn)) {
    throw new CommandError('--obtained is a date such as 2026-03-01.', EXIT.misused);
  }
  return {
    state,
    purpose: purpose as Purpose,
    serverIn: serverIn as ServerPlace,
    obtainedOn,
    agreement: typed.agreement ?? before?.agreement ?? '',
  };
}
