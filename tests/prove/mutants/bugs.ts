import type { Told } from './run-told.ts';
import { TOLD_BUGS } from './told-bugs.ts';

/** One replacement in one file; the old text must be there exactly once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** A bug that another engine had, put into ours. */
export interface Bug {
  readonly name: string;
  /** Where it was found, as its tracker names it. */
  readonly rebuilds: string;
  readonly edits: readonly Edit[];
  /** The test that is there for it, where the simulator's afternoons never come to it. */
  readonly told?: Told;
}

const one = (file: string, find: string, put: string): readonly Edit[] => [{ file, find, put }];

const STORES = 'tests/scenario/sim';
const OUTBOX = `${STORES}/memory-outbox.ts`;
const PACKETS = `${STORES}/memory-packets.ts`;
const PUSH = 'client/sync/push.ts';
const PULL = 'client/sync/pull.ts';

/** Bugs of a phone: its storage, its loops, what it believes and when it deletes. */
export const PHONE_BUGS: readonly Bug[] = [
  {
    name: 'cursor-before-rows',
    rebuilds: 'PouchDB #1240: the checkpoint was written before the documents',
    edits: one(
      PACKETS,
      `  putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {`,
      `  async putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {
    await this.#edge.transact('packets.putCursor', () => {
      if (this.#disk.cursor === fromCursor) this.#disk.cursor = page.cursor;
    });
    return this.#edge.transact('packets.putPage', () => {
      this.#putPage(page);
      return 'written';
    });
  }
  putPageOnce(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {`,
    ),
  },
  {
    name: 'rows-survive-a-new-packet',
    rebuilds: 'CHT #11306: a reassigned phone keeps orphans',
    edits: one(
      PACKETS,
      `      this.#disk.rows.clear();
      this.#disk.sheet = sheet;`,
      `      this.#disk.sheet = sheet;`,
    ),
  },
  {
    name: 'purge-forgets-the-rows',
    rebuilds: 'Couchbase Sync Gateway before auto-purge: revoked documents stay readable',
    edits: one(
      PACKETS,
      `      this.#disk.sheet = null;
      this.#disk.rows.clear();`,
      `      this.#disk.sheet = null;`,
    ),
  },
  {
    name: 'sign-in-wipes-the-outbox',
    rebuilds: 'Aam Digital ndb-core #4178: another user signs in and unsent data is gone',
    edits: one(
      OUTBOX,
      `      this.#disk.current = identity;
      this.#disk.head`,
      `      this.#disk.current = identity;
      this.#disk.ops.clear();
      this.#disk.head`,
    ),
  },
  {
    name: 'upgrade-drops-the-outbox',
    rebuilds: 'Zero #3089: a schema change made a new client and left the queue behind',
    edits: one(
      OUTBOX,
      `    this.#edge = edge;
  }

  readHead()`,
      `    this.#edge = edge;
    for (const op of [...disk.ops.values()]) if (op.state === 'unsent') disk.ops.delete(op.opId);
  }

  readHead()`,
    ),
  },
  {
    name: 'number-apart-from-its-fact',
    rebuilds: 'ODK Collect #6522: a crash between the row and its file',
    edits: one(
      OUTBOX,
      `      disk.ops.set(op.opId, op);
      disk.head = { ...disk.head, nextSeq: op.localSeq + 1, lastStamp: stamp };
      return 'saved';
    });`,
      `      disk.ops.set(op.opId, op);
      return 'saved';
    });
    await this.#edge.transact('outbox.moveHead', () => {
      disk.head = { ...disk.head, nextSeq: op.localSeq + 1, lastStamp: stamp };
    });`,
    ),
  },
  {
    name: 'no-incarnation',
    rebuilds: 'CHT #8093: after a restore nothing is uploaded again',
    edits: [
      {
        file: OUTBOX,
        find: `    if (before === null || before === incarnation) return;`,
        put: `    if (before !== null || before === incarnation) return;`,
      },
      {
        file: PUSH,
        find: `    if (have === undefined) return false;`,
        put: `    if (have === undefined || have.length >= 0) return false;`,
      },
    ],
  },
  {
    name: 'edited-under-its-old-id',
    rebuilds: 'ODK Collect #5317, Enketo #1405: a record edited after a send keeps its id',
    edits: one(
      'client/store/record-fact.ts',
      `const opId = makeId<OpId>(at.ms, random);`,
      `const opId = context.supersedes ?? makeId<OpId>(at.ms, random);`,
    ),
  },
  {
    name: 'clock-forgets-what-it-said',
    rebuilds: 'Actual #3786: a clock that moves makes later changes earlier',
    edits: one(
      'client/store/record-fact.ts',
      `hlc: nextStamp(witnessStamp(head.lastStamp, seen, now), now)`,
      `hlc: nextStamp(witnessStamp(null, null, now), now)`,
    ),
  },
  {
    name: 'html-200-acknowledges',
    rebuilds: 'a login page with status 200 taken for an answer, as in queues without an echo',
    edits: one(
      PUSH,
      `    const verdict = classifyReply(reply, readPushAnswer,`,
      `    if (reply.kind === 'answer' && reply.status === 200 && !reply.json) {
      const fine = { status: 'applied' as const, seq: 1, repeat: false };
      await outbox.settle(
        ops.map(({ opId }) => ({ opId, ...fine })),
        clock.now(),
      );
    }
    const verdict = classifyReply(reply, readPushAnswer,`,
    ),
  },
  {
    name: 'acknowledged-by-position',
    rebuilds: 'Zero #6340: resent by position, mutations skipped',
    edits: one(
      PUSH,
      `    const results = applyPushAnswer(ops, answer);`,
      `    const waiting = await outbox.listUnsent();
    const results = answer.results.flatMap((result, i) => {
      const opId = waiting[i]?.opId;
      return opId === undefined ? [] : [{ ...result, opId }];
    });
    if (results.length > ops.length) applyPushAnswer(ops, answer);`,
    ),
  },
  {
    name: 'batch-stands-or-falls-together',
    rebuilds: 'PowerSync sample connector: one answer for the whole batch',
    edits: one(
      'shared/sync/apply-push-answer.ts',
      `  const sent = new Set(batch.map((op) => op.opId));
  return answer.results.filter((result) => sent.delete(result.opId));`,
      `  return batch.flatMap(({ opId }) => answer.results.slice(0, 1).map((first) => ({ ...first, opId })));`,
    ),
  },
  {
    name: 'a-lost-answer-is-never-asked-again',
    rebuilds: 'Zero #4608: the server had applied it, the client waited for ever',
    edits: [
      {
        file: PUSH,
        find: `  let owed = true;`,
        put: `  let owed = true;
  const sentOnce = new Set<string>();`,
      },
      {
        file: PUSH,
        find: `    const pending = await outbox.listIn(['unsent', 'again']);`,
        put: `    const all = await outbox.listIn(['unsent', 'again']);
    const pending = all.filter((op) => !sentOnce.has(op.opId));`,
      },
      {
        file: PUSH,
        find: `    const askedAt = clock.now();`,
        put: `    for (const op of push.ops) sentOnce.add(op.opId);
    const askedAt = clock.now();`,
      },
    ],
  },
  {
    name: 'refused-so-dropped',
    rebuilds: 'PowerSync SupabaseConnector: a fatal answer loses the local write',
    edits: one(
      PUSH,
      `      if (verdict.failure.act === 'stop') refused.set(author.deviceId, verdict.failure);`,
      `      if (verdict.failure.act === 'stop') {
        const gone = { status: 'held' as const, reason: 'scope' as const, repeat: false };
        await outbox.settle(
          ops.map(({ opId }) => ({ opId, ...gone })),
          clock.now(),
        );
        refused.set(author.deviceId, verdict.failure);
      }`,
    ),
  },
  {
    name: 'a-new-id-for-every-try',
    rebuilds: 'ODK Aggregate #331: forms without an instanceID are doubled',
    edits: one(
      PUSH,
      `[{ opId: op.opId, sha256: op.sha256, body }]`,
      `[{ opId: makeId<Id<'op'>>(clock.now(), random), sha256: op.sha256, body }]`,
    ),
  },
  {
    name: 'sent-under-somebody-else',
    rebuilds: 'Replicache push endpoint: a client group that is not the user’s own',
    edits: one(
      PUSH,
      `      const own = pending.filter((op) => op.deviceId === author.deviceId);
      const sent = await sendPending(author, own);`,
      `      const current = (await outbox.readIdentity()) ?? author;
      const sent = await sendPending(current, pending);`,
    ),
  },
  {
    name: 'purge-before-push',
    rebuilds: 'Aam Digital ndb-core #4178: purging a scope deletes what was never uploaded',
    edits: one(
      'client/sync/leave.ts',
      `    await sealSettled(ports);
    const over`,
      `    const unsaid = await outbox.listIn(['unsent']);
    const gone = { status: 'held' as const, reason: 'scope' as const, repeat: false };
    await outbox.settle(
      unsaid.map(({ opId }) => ({ opId, ...gone })),
      0,
    );
    await sealSettled(ports);
    const over`,
    ),
  },
  {
    name: 'adopts-the-servers-digest',
    rebuilds: 'actuali #188: the server’s root copied without its data',
    edits: one(
      'client/sync/check-digest.ts',
      `    return own.count === server.count && own.sum === server.sum;`,
      `    return own.count >= 0 && server.count >= 0;`,
    ),
  },
  {
    name: 'never-gives-a-turf-up',
    rebuilds: 'CHT #1006: permissions change on the server and not on the phone',
    edits: one(
      PULL,
      `  return scope?.state === 'ended' ? 'ended' : null;`,
      `  return scope?.id === '' ? 'ended' : null;`,
    ),
  },
  {
    name: 'a-revoked-phone-keeps-all',
    rebuilds: 'Aam Digital ndb-core #4198: lost permissions leave the local copy',
    edits: one(
      PULL,
      `  if (standing === 'lost' || standing === 'revoked') return standing;
  return scope?.state === 'ended' ? 'ended' : null;`,
      `  if (standing === 'lost' || standing === 'revoked') return null;
  return scope?.state === 'ended' && standing === 'ok' ? 'ended' : null;`,
    ),
  },
  {
    name: 'an-old-cut-for-ever',
    rebuilds: 'CHT #11306: what the device holds is no longer what it was given',
    edits: one(
      PULL,
      `      if (scope.version !== hold.version) return fetchPacketAs(identity);`,
      `      if (scope.version < hold.version) return fetchPacketAs(identity);`,
    ),
  },
  {
    name: 'sealed-before-it-came-back',
    rebuilds: 'PowerSync consistency: an own write is gone between upload and checkpoint',
    edits: one(
      'client/sync/sweep.ts',
      `    back.has(op.opId) ||`,
      `    (back.size >= 0 && op.opId !== '') ||`,
    ),
  },
];

/** Bugs of a server: its log, its judgement, what it shows to whom. */
export const SERVER_BUGS: readonly Bug[] = [
  {
    name: 'answered-before-the-commit',
    rebuilds: 'Electric #1254: lost writes; acknowledged and not on the disk',
    edits: one(
      'server/store/sqlite-log.ts',
      `  sqlite.exec('begin immediate');
  try {
    const done = await work(new SqliteLog(sqlite));
    sqlite.exec('commit');
    return done;`,
      `  sqlite.exec('begin immediate');
  try {
    const done = await work(new SqliteLog(sqlite));
    try {
      sqlite.exec('commit');
    } catch {
      rollBack(sqlite);
    }
    return done;`,
    ),
  },
  {
    name: 'no-look-at-what-is-there',
    rebuilds: 'KoboToolbox kobocat #470, #859: parallel posts of one submission are doubled',
    edits: one(
      'server/sync/decide-operation.ts',
      `    if (taken.sha256 !== heldAs) return hold('id-reuse');`,
      `    if (taken.sha256.length > 0) return hold('id-reuse');`,
    ),
  },
  {
    name: 'held-and-forgotten',
    rebuilds: 'CHT #11306: writes outside the scope are refused in silence',
    edits: one(
      'server/sync/log-view.ts',
      `    this.#heldRows.push(row);`,
      `    if (row.opId === '') this.#heldRows.push(row);`,
    ),
  },
  {
    name: 'late-is-too-late',
    rebuilds: 'MiniVAN: lists expire after 30 days, with what was recorded on them',
    edits: one(
      'server/sync/decide-operation.ts',
      `  if (until === undefined || ms > until + LATE_MS) return 'out';`,
      `  if (until === undefined || ms > until + LATE_MS * 0) return 'out';`,
    ),
  },
  {
    name: 'scope-before-wishes',
    rebuilds: 'CHT #1006: a write outside the scope is refused, whatever it says',
    edits: one(
      'server/sync/decide-operation.ts',
      `  if (reach === 'out' && !vouched && !asksNoContact(operation)) return 'scope';`,
      `  if (reach !== 'in' && !vouched && operation.type !== 'resident') return 'scope';`,
    ),
  },
  {
    name: 'a-wish-marks-nobody',
    rebuilds: 'an opt-out that is in the log and on no list',
    edits: one(
      'server/sync/log-view.ts',
      `    this.#doorOptOuts.push({ doorKey, opId });`,
      `    if (doorKey < 0) this.#doorOptOuts.push({ doorKey, opId });`,
    ),
  },
  {
    name: 'the-fastest-clock-wins',
    rebuilds: 'Actual #3786, #8904: clocks that lie, without a bound',
    edits: one(
      'shared/merge/stamps.ts',
      `  return readStamp(stamp).ms > limit ? formatStamp(limit, Math.min(nth, 0xffff)) : null;`,
      `  return readStamp(stamp).ms > 2 * limit ? formatStamp(limit, Math.min(nth, 0xffff)) : null;`,
    ),
  },
  {
    name: 'cursor-past-what-was-sent',
    rebuilds: 'Marten 9.16.1, Synapse #8164: the token advances too quickly',
    edits: one(
      'server/sync/answer-pull.ts',
      `    const changes = cutPage(found);`,
      `    const changes = cutPage(found.length > 1 ? found.slice(0, -1) : found);
    found.length = changes.length;`,
    ),
  },
  {
    name: 'cursor-from-before-the-snapshot',
    rebuilds: 'Electric #3900: a chunk offset from the middle of a transaction',
    edits: one(
      'server/sync/answer-pull.ts',
      `      cursor: writeCursor({ ...cursor, seq }, chapter.secret),`,
      `      cursor: writeCursor({ ...cursor, seq: changes.length > 0 ? cursor.seq : seq }, chapter.secret),`,
    ),
  },
  {
    name: 'a-revoked-phone-reads-on',
    rebuilds: 'NGP VAN 2015: what one may not see could still be listed',
    // Both walls at once: a revoked phone is asked how it stands, and its holds have ended.
    edits: [
      {
        file: 'server/sync/answer-pull.ts',
        find: `    const reads = standing === 'ok';`,
        put: `    const reads = standing.length > 0;`,
      },
      {
        file: 'server/chapter/revoke-phone.ts',
        find: `    await endHolds(trx, phone.key, now).execute();`,
        put: ``,
      },
    ],
  },
  {
    name: 'an-ended-hold-reads-on',
    rebuilds: 'CHT #11306: the old holder goes on replicating',
    edits: one(
      'server/sync/read-scopes.ts',
      `    const held = device.reads && ended === null && until > now;`,
      `    const held = device.reads && (ended === null || ended > 0) && until > 0 * now;`,
    ),
  },
  {
    name: 'doors-that-left-are-still-sent',
    rebuilds: 'WatermelonDB limitations: what leaves a scope is never removed',
    edits: one(
      'server/turf/read-packet.ts',
      `    .select(['ops.seq', 'ops.body', 'ops.eff_hlc'])
    .select(opDigits(db).as('digits'))
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)`,
      `    .select(['ops.seq', 'ops.body', 'ops.eff_hlc'])
    .select(opDigits(db).as('digits'))
    .where('turf_doors.turf_id', '=', turfId)`,
    ),
  },
  {
    name: 'facts-as-they-arrive',
    rebuilds: 'ygo: merged state that depends on the order of arrival',
    edits: one(
      'shared/canvass/effective-facts.ts',
      `  const order = [...once.values()].sort(compareFacts);`,
      `  const order = [...once.values()].sort(() => 0);`,
    ),
  },
];

export const BUGS: readonly Bug[] = [...PHONE_BUGS, ...SERVER_BUGS, ...TOLD_BUGS];
