import { useLingui } from '@lingui/react/macro';
import type { TurfHold } from '#shared/model/launch.ts';
import { useFormat } from '../../api/use-format.ts';
import { type BoardTurf, namesOf } from './board-turf.ts';

const DAY = 24 * 3_600_000;

/** Sentences about who has a turf. */
export function useHoldWords(): {
  readonly who: (turf: BoardTurf) => string;
  /** Null while nobody has it. */
  readonly since: (turf: BoardTurf, now: number) => string | null;
  readonly until: (hold: TurfHold, now: number) => string;
  /** The time of a moment that is near, day and time of others. */
  readonly when: (at: number, now: number) => string;
} {
  const { t } = useLingui();
  const format = useFormat();
  const when = (at: number, now: number): string =>
    Math.abs(now - at) < DAY / 2 ? format.time(at) : format.moment(at);
  return {
    when,
    who: ({ holds, closedAt }) => {
      if (holds.length > 0) return namesOf(holds).join(', ');
      return closedAt === null ? t`Nobody has it` : t`Nobody has it any more`;
    },
    since: ({ holds }, now) => {
      const [first] = holds;
      return first === undefined ? null : t`since ${when(first.from, now)}`;
    },
    until: ({ until }, now) =>
      until > now ? t`until ${when(until, now)}` : t`ran out ${when(until, now)}`,
  };
}
