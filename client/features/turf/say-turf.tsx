import { useLingui } from '@lingui/react/macro';
import type { TurfAbout } from '#shared/model/turf-plan.ts';
import { useFormat } from '../../api/use-format.ts';

export interface TurfWhyProps {
  readonly about: TurfAbout | null;
  /** It is smaller than was asked for. */
  readonly small: boolean;
}

/** Why a turf is as it is, in sentences. */
export function TurfWhy({ about, small }: TurfWhyProps) {
  const { t } = useLingui();
  const crosses = useCrossWords();
  const words: Record<TurfAbout['why'][number], string> = {
    'big-building': t`One building has more doors than a turf takes, so it is a turf of its own.`,
    floors: t`A tower is shared out by floors. These are some of them.`,
    'large-buildings': t`Large buildings do not add up to the size that was asked for.`,
    'precinct-edge': t`It is what is left of its precinct.`,
    island: t`It is all there is on its side of what nobody walks across.`,
    barrier: t`It ends at water, a railway or a large road.`,
    remainder: small
      ? t`There are not enough doors around here for a turf of the size that was asked for.`
      : t`The doors around here cannot be shared out evenly.`,
  };
  if (about === null || about.how === 'hand') {
    return <p className="small quiet">{t`Shaped by hand: its minutes are an estimate.`}</p>;
  }
  const crossed = crosses(about.crosses);
  const why = about.why.map((reason) => words[reason]);
  if (why.length === 0) why.push(t`It is of the size that was asked for.`);
  return (
    <ul role="list" className="small quiet turf-why">
      {why.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      <li>
        {crossed === '' ? t`Its walk crosses no larger street.` : t`Its walk crosses ${crossed}.`}
      </li>
    </ul>
  );
}

/** What a walk goes across, as a list in words; quiet streets and paths are not worth a word. */
function useCrossWords(): (crosses: readonly string[]) => string {
  const { t, i18n } = useLingui();
  const words: Readonly<Record<string, string>> = {
    secondary: t`a larger street`,
    major: t`a major road`,
    limited: t`a motorway`,
    road: t`a large road`,
    water: t`water`,
    rail: t`a railway`,
    drawn: t`a line that you drew`,
    barrier: t`a barrier`,
  };
  return (crosses) => {
    const said = crosses.flatMap((kind) => words[kind] ?? []);
    return new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format([...new Set(said)]);
  };
}

/** People, metres and minutes in one line: the metres of its own walk, or about those that a cut found. */
export function useTurfNumbers(): (turf: {
  readonly doors: number;
  readonly people: number;
  readonly onFoot: number | null;
  readonly metres: number | null;
  readonly minutes: number;
}) => string {
  const { t } = useLingui();
  const format = useFormat();
  const wayWords = (onFoot: number | null, metres: number | null): string[] => {
    if (onFoot !== null && onFoot > 0) return [t`${format.distance(onFoot)} on foot`];
    if (onFoot !== null || metres === null || metres === 0) return [];
    return [t`about ${format.distance(metres)} on foot`];
  };
  return ({ people, onFoot, metres, minutes }) =>
    [
      t`${format.number(people)} people`,
      ...wayWords(onFoot, metres),
      t`about ${format.number(Math.round(minutes))} min`,
    ].join(' · ');
}
