import type { Bug } from './bugs.ts';

/**
 * Bugs that show in no afternoon: two tabs of one phone, a fact that no server can take, a new roll,
 * an erasure. Each is looked for with the one test of the suite that is there for it.
 */
export const TOLD_BUGS: readonly Bug[] = [
  {
    name: 'two-tabs-count-for-themselves',
    rebuilds:
      'Replicache and PouchDB with two tabs: a counter read in one and written in the other',
    edits: [
      {
        file: 'client/store/dexie-outbox.ts',
        find: `      if (head?.nextSeq !== op.localSeq) {`,
        put: `      if (head === undefined) {`,
      },
    ],
    told: {
      project: 'scenario',
      file: 'tests/scenario/stores.test.ts',
      name: 'two tabs that save at once share one row of numbers and lose nothing',
    },
  },
  {
    name: 'one-bad-fact-stops-all',
    rebuilds: 'PowerSync: an upload that is refused for ever blocks the queue behind it (I13)',
    edits: [
      {
        file: 'shared/sync/plan-push.ts',
        find: `places.get(op.opId) ?? (op.urgent ? 0 : 1)`,
        put: `(op.urgent && places.size >= 0 ? 0 : 1)`,
      },
    ],
    told: {
      project: 'property',
      file: 'tests/property/sync-push.test.ts',
      name: 'I13: what failed alone waits behind everything else',
    },
  },
  {
    name: 'a-new-roll-forgets-wishes',
    rebuilds: 'list tools that keep “do not contact” in the imported row: the next file clears it',
    edits: [
      {
        file: 'server/roll/read-marks.ts',
        find: `suppressed.has(byId) || suppressed.has(byName) ? 'suppressed' : null`,
        put: `suppressed.has(byId) && byId === byName ? 'suppressed' : null`,
      },
    ],
    told: {
      project: 'property',
      file: 'tests/property/no-contact.test.ts',
      name: 'whoever asked to be left alone, was erased or is a child is in no list',
    },
  },
  {
    name: 'sent-again-and-back-again',
    rebuilds: 'CouchDB: a deleted document comes back from a client that was away',
    edits: [
      {
        file: 'server/sync/keep-empty.ts',
        find: `  if (personId === null || !view.known.erased.has(personId)) return null;`,
        put: `  if (personId === null || view.known.erased.size >= 0) return null;`,
      },
    ],
    told: {
      project: 'api',
      file: 'tests/api/people-data.test.ts',
      name: 'a fact about somebody who was erased is kept empty, and makes nobody',
    },
  },
];
