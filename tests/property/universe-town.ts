import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { foldDoor, type DoorKnock } from '#shared/canvass/door-state.ts';
import { asOne } from '#shared/canvass/as-one.ts';
import { compareFacts, effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { outcomeWord } from '#shared/canvass/outcome-words.ts';
import { saidTokens } from '#shared/canvass/said-token.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type {
  CampaignId,
  DoorId,
  PersonId,
  QuestionId,
  TagId,
  TurfId,
  UniverseId,
} from '#shared/kernel/ids.ts';
import type { Given, Outcome } from '#shared/model/fact.ts';
import type { LayerId } from '#shared/model/layer.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Condition, Step } from '#shared/model/universe-step.ts';
import type { AskedField, AskedPerson } from '#shared/universe/holds.ts';
import type { Sqlite } from '../../server/store/sqlite.ts';
import { ADD_ELECTION_SLOTS } from '../../server/store/universe-rows.ts';

const id = (kind: number, n: number): string =>
  `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}`;
const doorId = (door: number): DoorId => id(1, door) as DoorId;
const personId = (person: number): PersonId => id(2, person) as PersonId;
const turfId = (turf: number): TurfId => id(3, turf) as TurfId;
const opId = (op: number): string => id(4, op);
const QUESTION = id(5, 1) as QuestionId;
export const LAYER = id(6, 1) as LayerId;
export const NESTED = id(7, 1) as UniverseId;
export const KEPT = id(7, 2) as UniverseId;
export const HERE = id(8, 1) as CampaignId;
const THERE = id(8, 2) as CampaignId;
export const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
/** The second is put on nobody. */
const TAGS = [id(11, 1) as TagId, id(11, 2) as TagId];

const DOORS = 4;
const PEOPLE = 7;
/** The third is in no list of elections, as one that no roll that stands knows. */
const ELECTIONS = ['E1', 'E2', 'E3'] as const;

const someone = fc.record({
  door: fc.nat(DOORS - 1),
  party: fc.constantFrom('', 'D', 'R'),
  precinct: fc.constantFrom('', '1'),
  age: fc.constantFrom(null, 20, 30, 40),
  sex: fc.constantFrom(null, 'F'),
  registered: fc.constantFrom(null, '2020-01-01', '2024-05-05'),
  district: fc.constantFrom(null, '1', '2"'),
  votes: fc.array(fc.constantFrom('', 'mail'), { minLength: 3, maxLength: 3 }),
  voted: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  layer: fc.constantFrom(undefined, null, 0, 1, 5),
  young: fc.nat(9).map((n) => n === 0),
  wish: fc.nat(9).map((n) => n === 0),
  kept: fc.boolean(),
});

const list = (...words: string[]) => fc.subarray(words);
const given: fc.Arbitrary<Given> = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((level) => ({ kind: 'support' as const, level })),
  fc.constantFrom('a', 'b').map((option) => ({ kind: 'one' as const, option })),
  list('a', 'b').map((options) => ({ kind: 'many' as const, options })),
  fc.constant({ kind: 'refused' as const }),
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant({ kind: 'contact' as const }),
  fc.constantFrom('not-home' as const, 'come-back' as const).map((result) => ({
    kind: 'result' as const,
    result,
  })),
);
const deed = fc.record({
  door: fc.nat(DOORS - 1),
  /** Nobody, somebody of the roll, or somebody whom nobody knows. */
  person: fc.option(fc.nat(PEOPLE)),
  turf: fc.nat(2),
  at: fc.nat(6),
  stamp: fc.nat(5),
  device: fc.nat(1),
  outcome,
  answers: fc.array(given, { maxLength: 2 }),
  takesBack: fc.option(fc.nat(11), { freq: 2 }),
  empty: fc.boolean(),
  /** A tag that is put on or taken off, in the place of a knock. */
  tag: fc.option(fc.boolean(), { freq: 2 }),
});

const scope = fc.constantFrom('ever' as const, 'campaign' as const);
const day = fc.constantFrom('2026-11-18', '2026-11-21');
const flat: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'party' as const,
      'precinct' as const,
      'sex' as const,
      'language' as const,
    ),
    values: list('', 'D', 'R', '1', 'F'),
  }),
  fc.record({
    kind: fc.constant('district' as const),
    of: fc.constantFrom('house', 'other'),
    values: list('', '1', '2"'),
  }),
  fc.record({
    kind: fc.constant('age' as const),
    min: fc.constantFrom(null, 25),
    max: fc.constantFrom(null, 35),
  }),
  fc.record({
    kind: fc.constant('registered' as const),
    from: fc.constantFrom(null, '2021-01-01'),
    to: fc.constantFrom(null, '2025-01-01'),
  }),
  fc.record({
    kind: fc.constant('votes' as const),
    elections: list(...ELECTIONS),
    atLeast: fc.nat(3),
    methods: list('', 'mail'),
  }),
  fc.record({
    kind: fc.constant('layer' as const),
    layer: fc.constantFrom(LAYER, id(6, 9) as LayerId),
    column: fc.constant(1),
    not: fc.boolean(),
    min: fc.constantFrom(null, 1),
    max: fc.constantFrom(null, 3),
    words: list('yes', 'no'),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    questionId: fc.constant(QUESTION),
    said: list('o:a', 'o:b', 'none', 'refused', 's:1'),
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    tags: fc.subarray(TAGS),
    has: fc.constantFrom('any' as const, 'none' as const),
  }),
  fc.record({
    kind: fc.constant('support' as const),
    levels: fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }),
    scope,
  }),
  fc.record({
    kind: fc.constant('result' as const),
    results: fc.subarray(['contact' as const, 'not-home' as const, 'come-back' as const], {
      minLength: 1,
    }),
    when: fc.constantFrom('last' as const, 'ever' as const),
    scope,
  }),
  fc.record({
    kind: fc.constant('knocked' as const),
    when: fc.constantFrom(
      'never' as const,
      'ever' as const,
      'before' as const,
      'after' as const,
      'within' as const,
    ),
    day: fc.option(day),
    days: fc.option(fc.integer({ min: 1, max: 4 })),
    scope,
  }),
);
const stepsOf = (who: fc.Arbitrary<Condition>, most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({ how: fc.constantFrom('only' as const, 'also' as const, 'without' as const), who }),
    { maxLength: most },
  );
const universe = fc
  .constantFrom(NESTED, KEPT)
  .map((one) => ({ kind: 'universe' as const, id: one }));

/** A few homes, what was done at them in two parts, and a question about it all. */
export const town = fc.record({
  people: fc.array(someone, { minLength: PEOPLE, maxLength: PEOPLE }),
  deeds: fc.array(deed, { maxLength: 12 }),
  /** Who is shown for whom, before and after the second part. */
  merged: fc.tuple(
    fc.subarray([
      [0, 1],
      [2, 3],
    ] as const),
    fc.subarray([
      [0, 1],
      [2, 3],
      [4, 5],
    ] as const),
  ),
  doorWish: fc.option(fc.nat(DOORS - 1), { freq: 6 }),
  nested: stepsOf(flat, 3),
  steps: stepsOf(fc.oneof({ arbitrary: flat, weight: 6 }, { arbitrary: universe, weight: 1 }), 6),
});
export type Town = typeof town extends fc.Arbitrary<infer T> ? T : never;

/** The keys of people, doors and buildings are their numbers and one. */
const key = (n: number): number => n + 1;

function toOperation(deeds: Town['deeds'], at: number): Operation {
  const one = deeds[at];
  if (one === undefined) throw new Error('no deed');
  const back = one.takesBack === null || one.takesBack >= at ? null : opId(one.takesBack);
  const isBack = back !== null && one.empty;
  const isTag = !isBack && one.tag !== null && one.person !== null;
  return {
    opId: opId(at),
    chapterId: id(9, 1),
    actorId: id(9, 2),
    deviceId: id(9, one.device + 3),
    dbEpoch: 'e',
    localSeq: at + 1,
    type: isBack ? 'withdraw' : isTag ? 'tag' : 'knock',
    v: 1,
    entityId: doorId(one.door),
    scopeId: turfId(one.turf),
    scriptVersionId: null,
    hlc: `${one.stamp.toString(16).padStart(12, '0')}-0000`,
    at: { ms: NOW - one.at * DAY, offset: 0 },
    clockOffsetMs: null,
    supersedes: back,
    payload: isBack
      ? { doorId: doorId(one.door), opId: back }
      : isTag
        ? {
            doorId: doorId(one.door),
            personId: personId(one.person ?? 0),
            tag: TAGS[0],
            on: one.tag,
          }
        : {
            doorId: doorId(one.door),
            personId: one.person === null ? null : personId(one.person),
            outcome: one.outcome,
            answers: one.answers.map((answer, n) => ({
              id: opId(90 + n),
              questionId: QUESTION,
              given: answer,
            })),
            note: null,
          },
  } as unknown as Operation;
}

/** Writes the roll, the layer and the wishes, in the place of the town before. */
export function writeRoll(sqlite: Sqlite, { people, doorWish, nested }: Town): void {
  sqlite.exec('pragma foreign_keys = off; begin');
  for (const table of [
    'voters',
    'voted',
    'elections',
    'people',
    'doors',
    'buildings',
    'opt_outs',
    'door_opt_outs',
    'merged_people',
    'universe_rows',
    'universe_rows_of',
    'election_slots',
    'layers',
    'layer_values',
    'ops',
    'turfs',
    'universes',
    'universe_people',
    'field_of',
  ]) {
    sqlite.exec(`delete from ${table}`);
  }
  const run = (sql: string, ...values: (string | number | null)[]): void => {
    sqlite.prepare(sql).run(...values);
  };
  for (let door = 0; door < DOORS; door++) {
    // Two doors in the first house; the last one has no place.
    const house = Math.max(1, door);
    run(
      `insert or ignore into buildings (key, id, address_key, number, street, city, zip, lon, lat, grade)
      values (?, ?, ?, '1', 'Elm', '', '', ?, 1, 'point')`,
      key(house),
      id(10, house),
      `a${house}`,
      door === 3 ? null : 1,
    );
    run(
      `insert into doors (key, id, building_key, unit, unit_key) values (?, ?, ?, ?, ?)`,
      key(door),
      doorId(door),
      key(house),
      `${door}`,
      `${door}`,
    );
  }
  for (const election of ELECTIONS.slice(0, 2))
    run('insert into elections values (?, ?, ?)', election, election, election);
  for (const [n, one] of people.entries()) {
    run(
      `insert into people (key, id, kind, source_id, door_key) values (?, ?, 'voter', ?, ?)`,
      key(n),
      personId(n),
      `${n}`,
      key(one.door),
    );
    run(
      `insert into voters (person_key, import_id, line, first_name, middle_name, last_name, name_suffix, sex, age, party, registered_on, precinct, address, adult_on, districts)
      values (?, 'i', 1, '', '', '', '', ?, ?, ?, ?, ?, '', ?, ?)`,
      key(n),
      one.sex,
      one.age,
      one.party,
      one.registered,
      one.precinct,
      one.young ? '2030-01-01' : null,
      one.district === null ? null : JSON.stringify({ senate: '9', house: one.district }),
    );
    for (const [at, election] of ELECTIONS.entries()) {
      if (one.voted[at] === true)
        run('insert into voted values (?, ?, ?)', key(n), election, one.votes[at] ?? '');
    }
    if (one.wish) run(`insert into opt_outs values (?, 'o', 1)`, key(n));
    if (one.layer !== undefined)
      run(
        'insert into layer_values values (1, 1, ?, ?, ?)',
        key(n),
        one.layer,
        one.layer === null ? 'yes' : null,
      );
    if (one.kept) run('insert into universe_people values (?, ?)', KEPT, key(n));
  }
  if (doorWish !== null) run(`insert into door_opt_outs values (?, 'o', 1)`, key(doorWish));
  run(
    `insert into layers (id, name, members, set_key, file_name, sha256, bytes, how, terms, header, columns, counts, made_at)
    values (?, 'L', 0, 1, '', '', 0, 'id', '{}', '[]', '[]', '{}', 1)`,
    LAYER,
  );
  for (const [turf, campaign] of [HERE, THERE].entries()) {
    run(
      `insert into turfs (id, campaign_id, universe_id, name, hue, state, version, outline, created_at) values (?, ?, 'u', '', 0, 'draft', 1, '{}', 1)`,
      turfId(turf),
      campaign,
    );
  }
  for (const [own, question, frozen] of [
    [NESTED, { v: 2, steps: nested }, null],
    [KEPT, { v: 2, steps: [] }, 1],
  ] as const) {
    run(
      `insert into universes (id, campaign_id, name, question, people, doors, created_by, created_at, frozen_at) values (?, ?, '', ?, 0, 0, 'm', 1, ?)`,
      own,
      HERE,
      JSON.stringify(question),
      frozen,
    );
  }
  sqlite.exec(`${ADD_ELECTION_SLOTS}; commit`);
}

/** Puts some of what was done into the log, and says who is shown for whom from now on. */
export function writeDeeds(sqlite: Sqlite, { deeds, merged }: Town, part: 0 | 1): void {
  const half = Math.floor(deeds.length / 2);
  sqlite.exec('begin; delete from merged_people');
  for (const [face, hidden] of merged[part]) {
    for (const one of [face, hidden])
      sqlite.prepare('insert into merged_people values (?, ?)').run(key(one), key(face));
  }
  const add =
    sqlite.prepare(`insert into ops (seq, op_id, type, door_key, person_key, device_key, db_epoch, local_seq, at, received_at, sha256, body)
    values (?, ?, ?, ?, ?, 1, 'e', ?, 1, 1, ?, ?)`);
  for (let at = part * half; at < (part === 0 ? half : deeds.length); at++) {
    const operation = toOperation(deeds, at);
    const body = canonicalJson(operation);
    const who = deeds[at]?.person ?? null;
    add.run(
      at + 1,
      Buffer.from(operation.opId.replaceAll('-', ''), 'hex'),
      operation.type,
      key(deeds[at]?.door ?? 0),
      who === null || who >= PEOPLE ? null : key(who),
      at + 1,
      createHash('sha256').update(body).digest(),
      body,
    );
  }
  sqlite.exec('commit');
}

const stampOf = (deeds: Town['deeds'], { opId: op }: DoorKnock): string => {
  const at = deeds.findIndex((_, n) => opId(n) === op);
  const { hlc, deviceId } = toOperation(deeds, at);
  return `${hlc} ${deviceId} ${op}`;
};

/** Everybody who may be listed, by key, with their door, out of the words of the town alone. */
export function readPeople(town: Town): readonly {
  readonly key: number;
  readonly door: number;
  readonly isPlaced: boolean;
  readonly person: AskedPerson;
}[] {
  const { people, deeds } = town;
  const faceOf = new Map<number, number>(
    town.merged[1].flatMap(
      ([face, hidden]) =>
        [
          [face, face],
          [hidden, face],
        ] as const,
    ),
  );
  const ids = new Map(
    [...faceOf].flatMap(([one, face]) =>
      one === face ? [] : [[personId(one), personId(face)] as const],
    ),
  );
  const facts = deeds.map((_, at) => asOne(toOperation(deeds, at), ids));
  const knocksAt = (door: number): readonly DoorKnock[] =>
    foldDoor({ doorId: doorId(door), people: [], turfId: null }, facts).knocks;
  const all = Array.from({ length: DOORS }, (_, door) => knocksAt(door));
  const tagFacts = Array.from({ length: DOORS }, (_, door) =>
    effectiveFacts(facts.filter((fact) => fact.entityId === doorId(door))),
  )
    .flat()
    .sort(compareFacts)
    .flatMap((fact) => (fact.type === 'tag' ? [fact.payload] : []));
  const campaignOf = (knock: DoorKnock): CampaignId | null =>
    [HERE, THERE][[turfId(0), turfId(1)].indexOf(knock.turfId)] ?? null;

  return people.flatMap((one, n) => {
    if ((faceOf.get(n) ?? n) !== n) return [];
    const records = [
      n,
      ...[...faceOf].flatMap(([other, face]) => (face === n && other !== n ? [other] : [])),
    ].flatMap((at) => people[at] ?? []);
    const asks = records.some((record) => record.wish || record.door === town.doorWish);
    if (asks || one.young) return [];
    const named = all
      .flat()
      .filter((knock) => knock.personId === personId(n))
      .sort((a, b) => (stampOf(deeds, a) < stampOf(deeds, b) ? -1 : 1));
    const field = (isIn: (knock: DoorKnock) => boolean): AskedField => {
      const here = (all[one.door] ?? []).filter(isIn);
      const open = [...named.filter(isIn), ...here.filter((knock) => knock.personId === null)].sort(
        (a, b) => (stampOf(deeds, a) < stampOf(deeds, b) ? -1 : 1),
      );
      const levels = named
        .filter(isIn)
        .flatMap((knock) =>
          knock.answers.flatMap((answer) =>
            answer.given.kind === 'support' ? [answer.given.level] : [],
          ),
        );
      const last = open.at(-1);
      return {
        last: last === undefined ? null : outcomeWord(last.outcome),
        ever: new Set(open.map((knock) => outcomeWord(knock.outcome))),
        support: levels.at(-1) ?? null,
        doorAt: here.length === 0 ? null : Math.max(...here.map((knock) => knock.at.ms)),
      };
    };
    const answered = named.findLast((knock) => knock.answers.length > 0);
    const votes = new Map<string, Set<string>>();
    for (const record of records) {
      for (const [at, election] of ELECTIONS.entries()) {
        if (record.voted[at] === true)
          votes.set(election, (votes.get(election) ?? new Set()).add(record.votes[at] ?? ''));
      }
    }
    const values = records.flatMap(({ layer }) =>
      layer === undefined
        ? []
        : [layer === null ? { amount: null, word: 'yes' } : { amount: layer, word: null }],
    );
    const person: AskedPerson = {
      words: {
        party: one.party,
        precinct: one.precinct,
        sex: one.sex ?? '',
        status: '',
        language: '',
      },
      districts: one.district === null ? {} : { senate: '9', house: one.district },
      age: one.age,
      registeredOn: one.registered,
      votes,
      layers: new Map(values.length === 0 ? [] : [[`${LAYER} 1`, values]]),
      said: new Map(
        answered === undefined
          ? []
          : [[QUESTION, new Set(answered.answers.flatMap((answer) => saidTokens(answer.given)))]],
      ),
      tags: new Set(
        tagFacts.findLast((fact) => fact.personId === personId(n))?.on === true
          ? [TAGS[0] ?? '']
          : [],
      ),
      field: { ever: field(() => true), campaign: field((knock) => campaignOf(knock) === HERE) },
      keptIn: new Set(records.some(({ kept }) => kept) ? [KEPT] : []),
    };
    return [{ key: key(n), door: one.door, isPlaced: one.door !== 3, person }];
  });
}
