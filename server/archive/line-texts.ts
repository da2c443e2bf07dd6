import { eachRow } from '../store/each-row.ts';
import type { Sqlite } from '../store/sqlite.ts';

type Cell = string | number | Uint8Array | null;
type Row = Readonly<Record<string, Cell>>;

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
const parse = (text: Cell | undefined): unknown =>
  typeof text === 'string' ? JSON.parse(text) : null;

/** Bytes as text where they are UTF-8, else as base64. */
function showBytes(bytes: Cell | undefined): { text: string } | { base64: string } | null {
  if (!(bytes instanceof Uint8Array)) return null;
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  return Buffer.from(text).equals(buffer) ? { text } : { base64: buffer.toString('base64') };
}

function* lines(sqlite: Sqlite, sql: string, line: (row: Row) => string): Generator<string> {
  for (const row of eachRow<Row>(sqlite.prepare(sql))) yield line(row);
}

/** The log: each fact as the phone wrote it, letter by letter, with the hash of those letters. */
export const logLines = (sqlite: Sqlite): Iterable<string> =>
  lines(
    sqlite,
    `select o.seq, o.received_at, lower(hex(o.sha256)) as sha256, o.body from ops o order by o.seq`,
    ({ seq, received_at: receivedAt, sha256, body }) => json({ seq, receivedAt, sha256, body }),
  );

/** What is held, whole. */
export const heldLines = (sqlite: Sqlite): Iterable<string> =>
  lines(
    sqlite,
    `select h.key, h.op_id, d.id as device, h.reason, h.received_at, h.sha256, h.body, h.decision,
      h.decided_by, h.decided_at, h.why, h.as_seq
      from held_ops h join devices d on d.key = h.device_key order by h.key`,
    ({ body, ...row }) => json({ ...row, body: showBytes(body) }),
  );

/** The ledger: what left for the chapter's own use, and what was given to others. */
export function* ledgerLines(sqlite: Sqlite): Generator<string> {
  yield* lines(sqlite, 'select * from exports order by at, id', (row) =>
    json({ book: 'exports', ...row }),
  );
  yield* lines(sqlite, 'select * from shares order by asked_at, id', (row) => {
    // What is hidden in a shared file stays hidden from whoever reads this one.
    const { mark: _, basis, fields, ...rest } = row;
    return json({ book: 'shares', ...rest, basis: parse(basis), fields: parse(fields) });
  });
}

/** The audit chain, with actor and details in the letters that were hashed. */
export const auditLines = (sqlite: Sqlite): Iterable<string> =>
  lines(
    sqlite,
    `select seq, at, kind, actor, subject, details, lower(hex(hash)) as hash from audit order by seq`,
    (row) => json(row),
  );

/** Outlines of turfs as one GeoJSON feature collection. */
export function* turfFeatures(sqlite: Sqlite): Generator<string> {
  let before = '';
  yield '{"type":"FeatureCollection","features":[\n';
  for (const row of eachRow<Row>(
    sqlite.prepare('select id, name, state, hue, outline from turfs order by created_at, id'),
  )) {
    const { outline, ...properties } = row;
    const feature = { type: 'Feature', id: row['id'], properties, geometry: parse(outline) };
    yield `${before}${JSON.stringify(feature)}`;
    before = ',\n';
  }
  yield '\n]}\n';
}

/** Scripts as JSON files: each draft, and each version that was published. */
export function* scriptFiles(sqlite: Sqlite): Generator<{ name: string; text: string }> {
  const show = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  for (const row of eachRow<Row>(
    sqlite.prepare('select id, name, draft from scripts order by id'),
  )) {
    const { id, name, draft } = row;
    yield {
      name: `scripts/${String(id)}-draft.json`,
      text: show({ id, name, draft: parse(draft) }),
    };
  }
  const versions = `select id, script_id as scriptId, number, name, published_at as publishedAt, body
    from script_versions order by script_id, number`;
  for (const row of eachRow<Row>(sqlite.prepare(versions))) {
    const { body, ...rest } = row;
    yield {
      name: `scripts/${String(row['scriptId'])}-${String(row['number'])}.json`,
      text: show({ ...rest, body: parse(body) }),
    };
  }
}

/** Layers of the chapter's map, as they were loaded; names that are no plain words get a number. */
export function* mapFiles(sqlite: Sqlite): Generator<{ name: string; text: string }> {
  let number = 0;
  for (const row of eachRow<Row>(
    sqlite.prepare('select name, geojson from map_layers order by name'),
  )) {
    number += 1;
    const name = String(row['name']);
    const plain = /^[a-z][a-z0-9-]{0,40}$/i.test(name) ? name : `layer-${number}`;
    yield { name: `map/${plain}.geojson`, text: `${String(row['geojson'])}\n` };
  }
}
