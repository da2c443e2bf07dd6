import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Step } from '#shared/model/universe-step.ts';
import type { Counted, UniverseCount } from '#shared/model/universe.ts';
import type { Answered } from '../../api/use-answer.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Stat } from '../../ui/stat.tsx';

/** From here on it is said that cutting takes its time. */
const LARGE = 50_000;

export interface CountOfUniverseProps {
  readonly count: Answered<UniverseCount>;
  readonly steps: readonly Step[];
}

/** How many people and doors there are, and what that means where it is none, few or very many. */
export function CountOfUniverse({ count, steps }: CountOfUniverseProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { data } = count;
  const unplaced = data ? data.doors - data.placed : 0;
  const emptied = data?.steps?.findIndex(
    ({ people }, at, all) => people === 0 && all[at - 1]?.people !== 0,
  );
  return (
    <div className="universe-count" aria-live="polite" data-behind={count.behind ? '' : undefined}>
      {count.problem && (
        <ProblemNotice
          problem={count.problem}
          action={<Button onClick={count.reload}>{t`Try again`}</Button>}
        />
      )}
      <dl className="stats">
        <Stat value={data ? format.number(data.people) : '–'} label={t`people`} />
        <Stat value={data ? format.number(data.doors) : '–'} label={t`doors`} />
      </dl>
      {data?.people === 0 && steps.length > 0 && (
        <p className="small">
          {emptied === undefined || emptied < 0
            ? t`Nobody is in this universe. Change or remove a step.`
            : t`Nobody is left after step ${emptied + 1}. Change or remove it.`}
        </p>
      )}
      {data?.people === 1 && (
        <p className="small">
          <Trans>One person alone: a universe is mostly for a walk of several doors.</Trans>
        </p>
      )}
      {data && data.doors >= LARGE && (
        <p className="small quiet">
          <Trans>
            That is a large universe. The map draws it at once; cutting turf takes some minutes.
          </Trans>
        </p>
      )}
      {data?.noVisit && <NoVisit {...data.noVisit} />}
      {unplaced > 0 && (
        <p className="small quiet">
          <Plural
            value={unplaced}
            one="# of these doors has no place on the map and comes into no turf."
            other="# of these doors have no place on the map and come into no turf."
          />
        </p>
      )}
    </div>
  );
}

/** Who asked that nobody comes by: counted, and not walked to. */
function NoVisit({ people, doors }: Counted) {
  return (
    <p className="small quiet">
      <Plural
        value={people}
        one="# of these people asked for no visits and is on no walk list."
        other="# of these people asked for no visits and are on no walk list."
      />{' '}
      {doors > 0 && (
        <Plural
          value={doors}
          one="# door has nobody else to ask for and comes into no turf."
          other="# doors have nobody else to ask for and come into no turf."
        />
      )}
    </p>
  );
}
