import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpId } from '#shared/kernel/ids.ts';
import type { AskShare } from '#shared/model/ask-share.ts';
import {
  KIND_RULES,
  LEGAL_KINDS,
  type Share,
  SHARE_FIELD_NAMES,
  type ShareCount,
  type ShareTrace,
} from '#shared/model/share.ts';
import { verifyChain } from '../../server/audit/verify-chain.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeTown, PEOPLE } from './make-town.ts';
import { call } from './make-walk.ts';

interface Staff {
  readonly headers: { readonly cookie: string };
}
let here: TestApp;
let db: ChapterDb;
let asker: Staff;
let second: Staff;

beforeAll(async () => {
  here = await makeApp();
  db = await here.makeChapter('oakdale');
  await makeTown(db, 'oakdale');
  asker = await here.staff(db, 'research-lead');
  second = await here.staff(db, 'admin');
});
afterAll(() => here.close());

const WISH: AskShare = {
  recipient: 'Friends of Ada Okafor',
  legalKind: 'vendor',
  purpose: 'Printing of letters',
  agreement: 'Contract of 1 October',
  basis: { kind: 'service', what: '' },
  cents: null,
  fields: ['voter_id', 'first_name', 'last_name', 'phone', 'support'],
  universeId: null,
};
const ask = (change: Partial<AskShare> = {}): Promise<Share> =>
  call<Share>(here, asker, 'POST', '/v1/shares', { ...WISH, ...change });
const approve = ({ id }: Share): Promise<Share> =>
  call<Share>(here, second, 'POST', `/v1/shares/${id}/approve`);
const take = ({ id }: Share, who: Staff = asker) =>
  here.app.inject({ method: 'GET', url: `/v1/shares/${id}/file.csv`, headers: who.headers });
const rowsOf = (body: string): string[] => body.trim().split('\r\n').slice(1);

/** What somebody said about sharing, straight into the table that facts are folded into. */
async function allow(person: number, given: boolean, hlc = '000000000001-0000'): Promise<void> {
  const { door_key: door } = await db.read
    .selectFrom('people')
    .select('door_key')
    .where('key', '=', person)
    .executeTakeFirstOrThrow();
  const op = `0190a0a0-0000-7000-8000-0000000${hlc.slice(7, 12)}` as OpId;
  await db.write((trx) =>
    trx
      .insertInto('consents')
      .values({
        person_key: person,
        door_key: door,
        recipients: 'campaigns',
        given: given ? 1 : 0,
        wording: 'May we?',
        wording_hash: '0'.repeat(64),
        hlc,
        op_id: op,
        at: here.time.now,
      })
      .onConflict((on) =>
        on
          .columns(['person_key', 'recipients', 'door_key'])
          .doUpdateSet({ given: given ? 1 : 0, hlc }),
      )
      .execute(),
  );
}

test('nothing leaves before a second person has approved, and whoever asked is not one', async () => {
  const share = await ask();
  expect((await take(share)).statusCode).toBe(409);
  const own = await here.app.inject({
    method: 'POST',
    url: `/v1/shares/${share.id}/approve`,
    headers: asker.headers,
  });
  expect(own.json()).toMatchObject({ problem: { code: 'share-own' } });
  expect(await approve(share)).toMatchObject({
    state: 'approved',
    decidedBy: { name: 'The admin' },
  });
  expect((await take(share, second)).statusCode).toBe(404);
  expect((await take(share)).statusCode).toBe(200);
});

test('a file is taken once, and the ledger has its hash, rows and bytes', async () => {
  const share = await ask();
  await approve(share);
  const file = await take(share);
  expect(file.headers['content-type']).toContain('text/csv');
  expect(rowsOf(file.body)).toHaveLength(PEOPLE);
  const [found] = (await call<Share[]>(here, second, 'GET', '/v1/shares')).filter(
    ({ id }) => id === share.id,
  );
  expect(found).toMatchObject({
    state: 'taken',
    rows: PEOPLE,
    bytes: file.rawPayload.length,
    sha256: createHash('sha256').update(file.rawPayload).digest('hex'),
    broken: false,
  });
  expect((await take(share)).json()).toMatchObject({ problem: { code: 'share-closed' } });
});

test('of two who press at the same moment one gets the file', async () => {
  const share = await ask();
  await approve(share);
  const both = await Promise.allSettled([take(share), take(share)]);
  const whole = both.filter(
    (one) => one.status === 'fulfilled' && rowsOf(one.value.body).length === PEOPLE,
  );
  expect(whole).toHaveLength(1);
});

test('a refusal has a reason and stands', async () => {
  const share = await ask();
  const refused = await call<Share>(here, second, 'POST', `/v1/shares/${share.id}/refuse`, {
    why: 'No agreement',
  });
  expect(refused).toMatchObject({ state: 'refused', why: 'No agreement' });
  await expect(approve(share)).rejects.toThrow('share-closed');
});

test('where consent is needed, only who said yes last is in the file, and nobody is by default', async () => {
  const wish: Partial<AskShare> = {
    legalKind: 'candidate',
    basis: { kind: 'exchanged', what: 'Their list of donors, worth the same' },
    fields: ['voter_id', 'consent_given_on'],
  };
  const none = await ask(wish);
  await approve(none);
  expect(rowsOf((await take(none)).body)).toEqual([]);

  await allow(1, true);
  await allow(2, true);
  await allow(3, false);
  await allow(4, true, '000000000002-0000');
  await allow(4, false, '000000000003-0000');
  // Whoever asked not to be contacted is in no file, whatever they allowed before (law 6).
  await allow(5, true);
  await db.write((trx) =>
    trx
      .insertInto('opt_outs')
      .values({ person_key: 5, op_id: '0190a0a0-0000-7000-8000-000000000099' as OpId, at: 1 })
      .execute(),
  );
  const count = await call<ShareCount>(here, asker, 'POST', '/v1/shares/count', {
    legalKind: 'candidate',
    universeId: null,
  });
  expect(count).toEqual({ people: 2, optedOut: 1, withoutConsent: PEOPLE - 3 });
  const some = await ask(wish);
  await approve(some);
  const rows = rowsOf((await take(some)).body).map((row) => row.split(',').slice(1));
  expect(rows.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    ['oakdale-QZX1', '2025-10-04'],
    ['oakdale-QZX2', '2025-10-04'],
  ]);
  // A party asks for the same consent; a union for another one, which nobody gave.
  const partners = { legalKind: 'union', universeId: null };
  expect(await call(here, asker, 'POST', '/v1/shares/count', partners)).toMatchObject({
    people: 0,
  });
});

test('any row of a file tells which share it was given in, and two shares have no row in common', async () => {
  const shares: { share: Share; rows: string[] }[] = [];
  for (const recipient of ['Printer North', 'Printer South']) {
    const share = await ask({ recipient });
    await approve(share);
    shares.push({ share, rows: rowsOf((await take(share)).body) });
  }
  const [north, south] = shares;
  if (north === undefined || south === undefined) throw new Error('no shares');
  const marks = ({ rows }: { rows: string[] }) => rows.map((row) => row.split(',')[0]);
  expect(marks(north).filter((mark) => marks(south).includes(mark))).toEqual([]);
  // The order is the share's own as well.
  const people = ({ rows }: { rows: string[] }) => rows.map((row) => row.split(',')[1]);
  expect(people(north)).not.toEqual(people(south));
  expect(new Set(people(north))).toEqual(new Set(people(south)));
  for (const { share, rows } of shares) {
    const leaked = rows[7] ?? '';
    const traced = await call<ShareTrace>(here, asker, 'POST', '/v1/shares/trace', {
      text: `somebody posted this: ${leaked}`,
    });
    expect(traced).toMatchObject({ marks: 1, found: [{ share: { id: share.id }, rows: 1 }] });
  }
  const text = `r${'0'.repeat(24)}`;
  expect(await call(here, asker, 'POST', '/v1/shares/trace', { text })).toEqual({
    marks: 1,
    found: [],
  });
});

test('no cell of a share runs as a formula, and no id of ours is in it', async () => {
  const share = await ask({
    fields: SHARE_FIELD_NAMES.filter((name) => name !== 'consent_given_on'),
  });
  await approve(share);
  const { body } = await take(share);
  expect(body).toContain(`"'=HYPERLINK(""x"")"`);
  const ids = await db.read.selectFrom('people').select('id').execute();
  for (const { id } of ids) expect(body).not.toContain(id);
});

test('a wish that does not fit its kind is refused: price, ground, agreement', async () => {
  const wrong: Partial<AskShare>[] = [
    { basis: { kind: 'sold', what: '' }, legalKind: 'candidate' },
    { basis: { kind: 'exchanged', what: ' ' }, legalKind: 'candidate' },
    { basis: { kind: 'service', what: '' }, legalKind: 'candidate' },
    { agreement: ' ' },
    { cents: 500 },
    { fields: ['consent_given_on'] },
  ];
  for (const change of wrong) await expect(ask(change)).rejects.toThrow('not-valid');
  expect(
    await ask({ legalKind: 'party', basis: { kind: 'sold', what: '' }, cents: 12_000 }),
  ).toMatchObject({
    cents: 12_000,
  });
});

test('whom a coordinator is, is no research lead: they read the ledger and nothing more', async () => {
  const coordinator = await here.staff(db, 'coordinator');
  expect((await call<Share[]>(here, coordinator, 'GET', '/v1/shares')).length).toBeGreaterThan(0);
  await expect(call(here, coordinator, 'POST', '/v1/shares', WISH)).rejects.toThrow('not-found');
});

test('every kind has its warnings and a ground, and only a vendor needs no consent', () => {
  for (const kind of LEGAL_KINDS) {
    const rule = KIND_RULES[kind];
    expect(rule.warnings.length).toBeGreaterThan(0);
    expect(rule.bases.length).toBeGreaterThan(0);
    expect(rule.consent === null).toBe(kind === 'vendor');
  }
  expect(KIND_RULES.candidate.warnings).toContain('in-kind');
});

test('each step of a share stands in the audit chain, which stays whole', async () => {
  const rows = await db.read.selectFrom('audit').select('kind').execute();
  const kinds = new Set(rows.map(({ kind }) => kind));
  for (const kind of ['share-asked', 'share-approved', 'share-refused', 'share-taken'] as const) {
    expect(kinds.has(kind)).toBe(true);
  }
  expect((await verifyChain(db.read, { heads: [] })).fault).toBeNull();
});
