import { Type, type Static } from 'typebox';
import type { QuestionId, TagId, UniverseId } from '../kernel/ids.ts';
import { LayerFilter } from './layer.ts';
import { RESULTS } from './results.ts';
import { id, orNull, strict, words } from './schema.ts';
import { MOST_STEPS, ROLL_WORDS, STEP_HOW } from './step-words.ts';

const list = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 500 });
const day = orNull<string>({
  type: 'string',
  maxLength: 10,
  pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
});
const age = orNull<number>({ type: 'integer', minimum: 0, maximum: 130 });
/** What was done for any campaign of the chapter, or only for the one that the universe is of. */
const scope = words(['ever', 'campaign']);

/** Values that the roll has as one word each; an empty text asks for those without one. */
const RollWords = Type.Object({ kind: words(ROLL_WORDS), values: list }, strict);

/** Who of everybody: one condition. An empty list of values means any, and so everybody. */
export const Condition = Type.Union([
  RollWords,
  /** A district by its kind, such as `congressional`. */
  Type.Object(
    { kind: words(['district']), of: Type.String({ maxLength: 40 }), values: list },
    strict,
  ),
  /** Whole years, inclusive. People without an age pass only when both are null. */
  Type.Object({ kind: words(['age']), min: age, max: age }, strict),
  /** Days, inclusive; null is no limit. People without a day pass only when both are null. */
  Type.Object({ kind: words(['registered']), from: day, to: day }, strict),
  /** Voted in at least so many of these elections, in one of these ways; no ways: in any; no elections: everybody. */
  Type.Object(
    {
      kind: words(['votes']),
      elections: list,
      atLeast: Type.Integer({ minimum: 0, maximum: 500 }),
      methods: list,
    },
    strict,
  ),
  Type.Object({ kind: words(['layer']), ...LayerFilter.properties }, strict),
  /** The last answer to a question: see shared/canvass/said-token. Empty: whatever was said. */
  Type.Object({ kind: words(['answer']), questionId: id<QuestionId>(), said: list }, strict),
  Type.Object(
    {
      kind: words(['support']),
      levels: Type.Array(Type.Integer({ minimum: 1, maximum: 5 }), { minItems: 1, maxItems: 5 }),
      scope,
    },
    strict,
  ),
  /** What came of knocks that named the person, or at their door nobody. */
  Type.Object(
    {
      kind: words(['result']),
      results: Type.Array(words(['contact', ...RESULTS]), {
        minItems: 1,
        maxItems: RESULTS.length + 1,
      }),
      when: words(['last', 'ever']),
      scope,
    },
    strict,
  ),
  /** When their door was knocked last. `before` and `after` take a day, `within` days. */
  Type.Object(
    {
      kind: words(['knocked']),
      when: words(['never', 'ever', 'before', 'after', 'within']),
      day,
      days: orNull<number>({ type: 'integer', minimum: 1, maximum: 3650 }),
      scope,
    },
    strict,
  ),
  /** Who carries any of these tags now, or none of them; no tags: everybody. */
  Type.Object(
    {
      kind: words(['tag']),
      tags: Type.Array(id<TagId>(), { maxItems: 60 }),
      has: words(['any', 'none']),
    },
    strict,
  ),
  /** Whoever is in another saved universe. */
  Type.Object({ kind: words(['universe']), id: id<UniverseId>() }, strict),
]);
export type Condition = Static<typeof Condition>;
export type ConditionOf<K extends Condition['kind']> = Extract<Condition, { kind: K }>;

/** `only`: of those so far who are these; `also`: these as well; `without`: all but these. */
export const Step = Type.Object({ how: words(STEP_HOW), who: Condition }, strict);
export type Step = Static<typeof Step>;

/** A saved question, second form: steps in their order, from everybody on. */
export const UniverseSteps = Type.Object(
  { v: Type.Literal(2), steps: Type.Array(Step, { maxItems: MOST_STEPS }) },
  strict,
);
export type UniverseSteps = Static<typeof UniverseSteps>;
