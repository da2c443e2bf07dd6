import type { UniverseId } from '../kernel/ids.ts';
import type { RollWord } from '../model/step-words.ts';
import type { Condition, ConditionOf, Step } from '../model/universe-step.ts';
import type { Asked } from '../model/universe.ts';

/** What knocks came to, for any campaign or for one. */
export interface AskedField {
  /** Null: no knock named them, nor at their door nobody. */
  readonly last: string | null;
  readonly ever: ReadonlySet<string>;
  readonly support: number | null;
  /** When their door was knocked last; null: never. */
  readonly doorAt: number | null;
}

/** One person as conditions see them. Absent words are empty texts. */
export interface AskedPerson {
  readonly words: Readonly<Record<RollWord, string>>;
  readonly districts: Readonly<Record<string, string>>;
  readonly age: number | null;
  readonly registeredOn: string | null;
  /** How they voted, by election; in several ways where several records of them say so. */
  readonly votes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Their values by layer and column, `${layer} ${column}`, one for each record of them. */
  readonly layers: ReadonlyMap<
    string,
    readonly { readonly amount: number | null; readonly word: string | null }[]
  >;
  readonly said: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tags: ReadonlySet<string>;
  readonly field: Readonly<Record<'ever' | 'campaign', AskedField>>;
  readonly keptIn: ReadonlySet<UniverseId>;
}

/** What is asked beside the person. */
export interface AskedAround extends Asked {
  /** Layers that are there: one that is gone selects nobody. */
  readonly layers: ReadonlySet<string>;
  /** When a day began in the chapter's zone, in ms since 1970. */
  readonly startOf: (day: string) => number;
}

const among = (values: readonly string[], value: string): boolean =>
  values.length === 0 || values.includes(value);

const between = <T extends number | string>(
  value: T | null,
  min: T | null,
  max: T | null,
): boolean =>
  (min === null && max === null) ||
  (value !== null && (min === null || value >= min) && (max === null || value <= max));

function inLayer(who: ConditionOf<'layer'>, person: AskedPerson, around: AskedAround): boolean {
  if (!around.layers.has(who.layer)) return false;
  const { words } = who;
  const values = person.layers.get(`${who.layer} ${who.column}`) ?? [];
  const is = values.some(({ amount, word }) => {
    const said = word ?? (amount === 1 ? 'yes' : amount === 0 ? 'no' : null);
    const isNamed = words.length === 0 || (said !== null && words.includes(said));
    return between(amount, who.min, who.max) && isNamed;
  });
  return is !== who.not;
}

const DAY_MS = 86_400_000;

function knocked(who: ConditionOf<'knocked'>, at: number | null, around: AskedAround): boolean {
  switch (who.when) {
    case 'never':
      return at === null;
    case 'ever':
      return at !== null;
    case 'before':
      return at !== null && who.day !== null && at < around.startOf(who.day);
    case 'after':
      return at !== null && who.day !== null && at >= around.startOf(who.day);
    case 'within':
      return at !== null && who.days !== null && at >= around.now - who.days * DAY_MS;
  }
}

function isOne(who: Condition, person: AskedPerson, around: AskedAround): boolean {
  switch (who.kind) {
    case 'age':
      return between(person.age, who.min, who.max);
    case 'registered':
      return between(person.registeredOn, who.from, who.to);
    case 'district':
      return among(who.values, person.districts[who.of] ?? '');
    case 'votes': {
      const voted = [...new Set(who.elections)].filter((election) => {
        const methods = person.votes.get(election);
        return methods !== undefined && [...methods].some((method) => among(who.methods, method));
      });
      return who.elections.length === 0 || voted.length >= who.atLeast;
    }
    case 'layer':
      return inLayer(who, person, around);
    case 'answer': {
      const said = person.said.get(who.questionId);
      return said !== undefined && (who.said.length === 0 || who.said.some((one) => said.has(one)));
    }
    case 'tag':
      if (who.tags.length === 0) return true;
      return who.tags.some((tag) => person.tags.has(tag)) === (who.has === 'any');
    case 'support': {
      const { support } = person.field[who.scope];
      return support !== null && who.levels.includes(support);
    }
    case 'result': {
      const { last, ever } = person.field[who.scope];
      if (who.when === 'ever') return who.results.some((result) => ever.has(result));
      return who.results.some((result) => result === last);
    }
    case 'knocked':
      return knocked(who, person.field[who.scope].doorAt, around);
    case 'universe': {
      const steps = around.universes.get(who.id);
      if (steps === undefined)
        throw new Error('A universe was not looked up before it was asked for.');
      return steps === null ? person.keptIn.has(who.id) : holds(steps, person, around);
    }
    case 'party':
    case 'precinct':
    case 'sex':
    case 'status':
    case 'language':
      return among(who.values, person.words[who.kind]);
  }
}

/** Whether somebody is among the people after each step, in their order. */
export function holdsAfter(
  steps: readonly Step[],
  person: AskedPerson,
  around: AskedAround,
): boolean[] {
  let is = true;
  return steps.map(({ how, who }) => {
    if (how === 'also') is = is || isOne(who, person, around);
    else is = is && isOne(who, person, around) === (how === 'only');
    return is;
  });
}

/**
 * Whether steps select somebody, from everybody on. It says what the words of a universe mean; the
 * server asks the same of its tables at once.
 */
export function holds(steps: readonly Step[], person: AskedPerson, around: AskedAround): boolean {
  return holdsAfter(steps, person, around).at(-1) ?? true;
}
