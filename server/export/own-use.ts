import type { Kysely } from 'kysely';
import { dayIn } from '#shared/kernel/instant.ts';
import { OWN_USE } from '#shared/model/chapter.ts';
import { NOT_KNOWN, type Terms } from '#shared/model/rules.ts';
import type { Tables } from '../store/tables.ts';

/** What a file that the chapter takes out is for. */
export interface OwnUse {
  /** As the ledger has it: `own use · political`. */
  readonly purpose: string;
  /** As it stands in the file: `for the chapter’s own use · political · 2026-11-22`. */
  readonly label: string;
  /** What the file is called: `own-use-political-2026-11-22-knocks.csv`. */
  readonly nameOf: (what: string) => string;
}

/** The purpose under which the roll came that stands, and the day in the chapter's zone. */
export async function readOwnUse(db: Kysely<Tables>, now: number): Promise<OwnUse> {
  const row = await db
    .selectFrom('imports')
    .select('terms')
    .where('state', '=', 'done')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const { time_zone: zone } = await db
    .selectFrom('chapter')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const purpose = row?.terms ? (JSON.parse(row.terms) as Terms).purpose : NOT_KNOWN;
  const said = purpose === NOT_KNOWN ? 'purpose not known' : purpose;
  const day = dayIn(now, zone);
  return {
    purpose: `${OWN_USE} · ${said}`,
    label: `for the chapter’s own use · ${said} · ${day}`,
    nameOf: (what) => `own-use-${said.replaceAll(' ', '-')}-${day}-${what}`,
  };
}
