import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChapterId, TurfId } from '#shared/kernel/ids.ts';
import { applyPushAnswer } from '#shared/sync/apply-push-answer.ts';
import { backoff } from '#shared/sync/backoff.ts';
import { readPullAnswer, readPushAnswer } from '#shared/sync/check-answer.ts';
import { classifyReply, type Reply } from '#shared/sync/classify-failure.ts';
import { MAX_OPS_PER_PUSH, MAX_PUSH_BYTES } from '#shared/sync/limits.ts';
import { type PendingOp, planPush } from '#shared/sync/plan-push.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import { utf8Bytes } from '#shared/sync/utf8-bytes.ts';
import { readCursor, writeCursor } from '../../server/sync/cursor.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

const pending: fc.Arbitrary<PendingOp[]> = fc
  .array(fc.record({ urgent: fc.boolean(), size: fc.oneof(fc.nat(300), fc.nat(300_000)) }), {
    maxLength: 260,
  })
  .map((list) =>
    list.map(({ urgent, size }, i) => ({
      opId: `op-${i}`,
      sha256: '',
      body: 'x'.repeat(size),
      localSeq: i + 1,
      urgent,
    })),
  );

test('every batch keeps the limits, holds something, and all batches together hold everything once', () => {
  fc.assert(
    fc.property(pending, fc.integer({ min: 1, max: 300 }), (all, most) => {
      let left: readonly PendingOp[] = all;
      const sent: PendingOp[] = [];
      while (left.length > 0) {
        const batch = planPush(left, most);
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(Math.min(most, MAX_OPS_PER_PUSH));
        const size = batch.reduce((sum, op) => sum + bytes(op.body), 0);
        expect(batch.length === 1 || size <= MAX_PUSH_BYTES).toBe(true);
        sent.push(...batch);
        left = left.filter((op) => !batch.includes(op));
      }
      expect(sent).toHaveLength(all.length);
      expect(new Set(sent.map((op) => op.opId)).size).toBe(all.length);
      const calm = sent.findIndex((op) => !op.urgent);
      if (calm >= 0) expect(sent.slice(calm).some((op) => op.urgent)).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('I13: what failed alone waits behind everything else', () => {
  const ops = ['a', 'b', 'c'].map((opId, i) => ({
    opId,
    sha256: '',
    body: '{}',
    localSeq: i + 1,
    urgent: opId === 'a',
  }));
  expect(planPush(ops, 2, new Set(['a'])).map((op) => op.opId)).toEqual(['b', 'c']);
  expect(planPush(ops, 3, new Set(['a'])).map((op) => op.opId)).toEqual(['b', 'c', 'a']);
  // Of several, those first that failed longest ago: none of them has all the tries.
  expect(planPush(ops, 2, new Set(['c', 'b', 'a'])).map((op) => op.opId)).toEqual(['c', 'b']);
});

test('bytes are counted as UTF-8 has them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Bytes(text)).toBe(bytes(text));
    }),
  );
});

const isBatch = (answer: { batchId: string }): boolean => answer.batchId === 'b1';

test('nothing but our own JSON with status 200 for this batch acknowledges anything', () => {
  const good = { proto: 1, batchId: 'b1', incarnation: 'i', serverNow: 1, results: [] };
  const answer = (status: number, json: boolean, text: string): Reply => ({
    kind: 'answer',
    status,
    json,
    text,
    retryAfterMs: null,
  });
  expect(classifyReply(answer(200, true, JSON.stringify(good)), readPushAnswer, isBatch).ok).toBe(
    true,
  );
  fc.assert(
    fc.property(
      fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 413, 426, 429, 500, 502, 511),
      fc.boolean(),
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.constant('<html>'),
        fc.constant(JSON.stringify(good)),
        fc.constant(JSON.stringify({ ...good, batchId: 'b2' })),
        fc.constant(JSON.stringify({ ...good, results: [{ opId: 'x', status: 'applied' }] })),
      ),
      (status, json, text) => {
        const verdict = classifyReply(answer(status, json, text), readPushAnswer, isBatch);
        const honest = status === 200 && json && text === JSON.stringify(good);
        expect(verdict.ok).toBe(honest);
      },
    ),
  );
});

test.each([
  [{ status: 200, json: false, text: '<html>' }, 'retry', 'captive-portal'],
  [{ status: 302, json: false, text: '' }, 'retry', 'captive-portal'],
  [{ status: 401, json: false, text: '<html>' }, 'retry', 'captive-portal'],
  [{ status: 511, json: false, text: '<html>' }, 'retry', 'captive-portal'],
  [
    { status: 401, json: true, text: '{"problem":{"code":"not-signed-in","facts":{}}}' },
    'stop',
    'refused',
  ],
  [
    { status: 403, json: true, text: '{"problem":{"code":"not-found","facts":{}}}' },
    'stop',
    'refused',
  ],
  [
    { status: 404, json: true, text: '{"problem":{"code":"not-found","facts":{}}}' },
    'retry',
    'not-ours',
  ],
  [
    { status: 409, json: true, text: '{"problem":{"code":"cursor-refused","facts":{}}}' },
    'restart',
    'cursor',
  ],
  [{ status: 413, json: true, text: '{}' }, 'halve', 'too-large'],
  [{ status: 429, json: true, text: '{}' }, 'retry', 'busy'],
  [{ status: 500, json: true, text: '{}' }, 'halve', 'server-fault'],
  [{ status: 400, json: true, text: '{}' }, 'halve', 'not-taken'],
] as const)('the failure %j is answered by %s', (given, act, why) => {
  const reply: Reply = { kind: 'answer', retryAfterMs: 2_000, ...given };
  const verdict = classifyReply(reply, readPullAnswer);
  expect(verdict).toMatchObject({ ok: false, failure: { act, why } });
});

test.each([
  // Of a later server, of the desk, of nobody.
  [{ status: 409, text: '{"problem":{"code":"some-day","facts":{"n":1}}}' }, 'some-day'],
  [{ status: 409, text: '{"problem":{"code":"no-such-layer"}}' }, 'no-such-layer'],
  [{ status: 409, text: '{"problem":{"code":"<b>"}}' }, 'no-network'],
  [{ status: 409, text: '{"problem":null}' }, 'no-network'],
  [{ status: 400, text: '{}' }, 'no-network'],
] as const)('the problem in %j is told as %s', (given, code) => {
  const reply: Reply = { kind: 'answer', json: true, retryAfterMs: null, ...given };
  const verdict = classifyReply(reply, readPullAnswer);
  const failure = { why: 'not-taken', act: 'halve', problem: { code } };
  expect(verdict).toMatchObject({ ok: false, failure });
});

test('an answer settles only what was sent, each once', () => {
  const batch = ['a', 'b'].map((opId) => ({ opId, sha256: '', body: '' }));
  const result = (opId: string): OpResult => ({ opId, status: 'applied', seq: 1, repeat: false });
  const results = [result('a'), result('stranger'), result('a')];
  const answer = { proto: 1, batchId: 'b', incarnation: 'i', serverNow: 1, results };
  expect(applyPushAnswer(batch, answer).map((one) => one.opId)).toEqual(['a']);
});

test('waiting grows, never beyond a minute, and never by the same amount for all', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failures, roll) => {
        const wait = backoff(failures, roll);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(60_000);
      },
    ),
  );
  expect(backoff(20, 0.5)).toBe(30_000);
  expect(backoff(1, 0.5)).toBe(500);
});

test('a cursor comes back as it was written, and none can be made up', () => {
  const secret = new Uint8Array(32).fill(7);
  const text = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(text, fc.array(text), fc.nat(), fc.nat(), (name, turfs, seq, at) => {
      const cursor = {
        chapterId: name as ChapterId,
        incarnation: name,
        turfIds: turfs.map((turf) => turf as TurfId),
        seq,
      };
      const written = writeCursor(cursor, secret);
      expect(readCursor(written, secret)).toEqual(cursor);
      expect(readCursor(written, new Uint8Array(32))).toBeNull();
      const bent = written.split('');
      const place = at % bent.length;
      // The last letter of a base64 text has bits that mean nothing.
      if (place === bent.length - 1 || bent[place] === '.') return;
      bent[place] = bent[place] === 'A' ? 'B' : 'A';
      expect(readCursor(bent.join(''), secret)).toBeNull();
    }),
  );
});
