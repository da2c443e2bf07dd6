import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Condition, ConditionOf, Step } from '#shared/model/universe-step.ts';
import type { Universe, UniverseFacets } from '#shared/model/universe.ts';
import { levelToken, optionToken } from '#shared/canvass/said-token.ts';
import { resultWords } from '../../ui/result-words.ts';
import { SUPPORT_LEVELS, supportWords } from '../../ui/support-words.ts';

/** What conditions are said with: names of questions, layers and universes. */
export interface Known {
  readonly facets: UniverseFacets | null;
  readonly universes: readonly Universe[];
}

/** Values that a line of words names; more are counted. */
const NAMED = 3;

/** What a condition is about, and its values, in words. */
export interface Said {
  readonly about: string;
  /** Empty while nothing is chosen. */
  readonly what: string;
}

/** Conditions in words, for cards and lists. */
export function useSayStep({ facets, universes }: Known): {
  readonly condition: (who: Condition) => Said;
  readonly answers: (
    questionId: string,
  ) => readonly { readonly value: string; readonly label: string }[];
  readonly steps: (steps: readonly Step[]) => string;
} {
  const { t, i18n } = useLingui();
  const many = (values: readonly string[]): string =>
    values.length > NAMED
      ? plural(values.length, { one: '# value', other: '# values' })
      : values.map((value) => (value === '' ? t`none given` : value)).join(', ');
  const span = (from: string | number | null, to: string | number | null): string => {
    if (from !== null && to !== null) return t`${from} to ${to}`;
    if (from !== null) return t`from ${from}`;
    return to === null ? '' : t`up to ${to}`;
  };
  const here = (scope: 'ever' | 'campaign'): string =>
    scope === 'campaign' ? t` in this campaign` : '';
  const WORDS = {
    party: t`Party`,
    precinct: t`Precinct`,
    sex: t`Sex`,
    status: t`Registration status`,
    language: t`Language`,
  };

  const answers = (questionId: string) => {
    const question = facets?.questions?.find((one) => one.id === questionId);
    const own =
      question?.kind === 'support'
        ? SUPPORT_LEVELS.map((level) => ({
            value: levelToken(level),
            label: `${level} ${i18n._(supportWords[level])}`,
          }))
        : question?.kind === 'text'
          ? [{ value: 'text', label: t`Wrote something down` }]
          : (question?.options ?? []).map(({ id, label }) => ({ value: optionToken(id), label }));
    return [
      ...own,
      ...(question?.kind === 'many' ? [{ value: 'none', label: t`None of these` }] : []),
      { value: 'refused', label: t`Refused to say` },
      { value: 'unknown', label: t`Does not know` },
      { value: 'skipped', label: t`Skipped` },
    ];
  };

  const knocked = ({ when, day, days, scope }: ConditionOf<'knocked'>): string => {
    const where = here(scope);
    if (when === 'never') return t`never` + where;
    if (when === 'ever') return t`at any time` + where;
    if (when === 'within') {
      return days === null
        ? ''
        : plural(days, { one: 'in the last day', other: 'in the last # days' }) + where;
    }
    if (day === null) return '';
    return (when === 'before' ? t`before ${day}` : t`on or after ${day}`) + where;
  };

  const layer = (who: ConditionOf<'layer'>): Said => {
    const facet = facets?.layers?.find(
      (one) => one.layer === who.layer && one.column === who.column,
    );
    if (facet === undefined) return { about: t`A list that you may not read`, what: t`is in it` };
    const about = facet.column === 0 ? facet.layerName : `${facet.layerName}: ${facet.name}`;
    const range = span(who.min, who.max);
    const what = who.words.length > 0 ? many(who.words) : range || t`is in it`;
    return { about, what: who.not ? t`not: ${what}` : what };
  };

  const condition = (who: Condition): Said => {
    switch (who.kind) {
      case 'age':
        return { about: t`Age`, what: span(who.min, who.max) };
      case 'registered':
        return { about: t`Registered on`, what: span(who.from, who.to) };
      case 'district':
        return { about: t`District: ${who.of}`, what: many(who.values) };
      case 'votes': {
        const { length: of } = who.elections;
        const { atLeast } = who;
        const ways = who.methods.length > 0 ? ` (${many(who.methods)})` : '';
        const [first = ''] = who.elections;
        const name = facets?.elections.find(({ value }) => value === first)?.label ?? first;
        const what = of === 0 ? '' : of === 1 ? name : t`at least ${atLeast} of ${of} elections`;
        return { about: t`Voted in`, what: what + ways };
      }
      case 'layer':
        return layer(who);
      case 'answer': {
        const prompt = facets?.questions?.find(({ id }) => id === who.questionId)?.prompt;
        const labels = answers(who.questionId);
        const said = who.said.map(
          (value) => labels.find((one) => one.value === value)?.label ?? value,
        );
        return {
          about: prompt ?? t`A question that no script has`,
          what: said.length === 0 ? t`any answer` : many(said),
        };
      }
      case 'tag': {
        const names = who.tags.map(
          (tag) => facets?.tags?.find(({ value }) => value === tag)?.label ?? t`a tag that is gone`,
        );
        return { about: who.has === 'any' ? t`Tag` : t`No tag of`, what: many(names) };
      }
      case 'support':
        return { about: t`Last support level`, what: who.levels.join(', ') + here(who.scope) };
      case 'result': {
        const results = who.results.map((one) =>
          one === 'contact' ? t`Spoke with us` : i18n._(resultWords[one]),
        );
        const about = who.when === 'last' ? t`Last result` : t`Result at any time`;
        return { about, what: many(results) + here(who.scope) };
      }
      case 'knocked':
        return { about: t`Door knocked last`, what: knocked(who) };
      case 'universe': {
        const other = universes.find(({ id }) => id === who.id);
        return { about: t`Universe`, what: other?.name ?? t`one that is gone` };
      }
      case 'party':
      case 'precinct':
      case 'sex':
      case 'status':
      case 'language':
        return { about: WORDS[who.kind], what: many(who.values) };
    }
  };

  const steps = (list: readonly Step[]): string => {
    const parts = list.map(({ how, who }, at) => {
      const { about, what } = condition(who);
      const said = `${about}: ${what}`;
      if (how === 'without') return t`without ${said}`;
      return how === 'also' && at > 0 ? t`and also ${said}` : said;
    });
    return parts.length === 0 ? t`everyone` : parts.join(' · ');
  };
  return { condition, answers, steps };
}
