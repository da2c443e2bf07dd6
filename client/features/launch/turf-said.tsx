import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { SaidOfTurf } from '#shared/model/said-of-turf.ts';
import { useFormat } from '../../api/use-format.ts';
import { turfProblemWords, turfRatingWords } from '../../ui/turf-report-words.ts';
import type { BoardTurf } from './board-turf.ts';
import { useOpens } from './use-opens.ts';

/** What those who walked a turf said of it at the end; nothing while nobody has. */
export function TurfSaid({ said }: { readonly said: readonly SaidOfTurf[] }) {
  if (said.length === 0) return null;
  return (
    <section className="stack launch-said" aria-labelledby="said-title">
      <h2 id="said-title">
        <Trans>How it was</Trans>
      </h2>
      <ul role="list" className="stack">
        {said.map((one) => (
          <li key={one.opId} className="panel">
            <Said said={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same for the whole board: what was wrong comes before what was well. */
export function BoardSaid({
  said,
  turfs,
}: {
  readonly said: readonly SaidOfTurf[];
  readonly turfs: readonly BoardTurf[];
}) {
  const opens = useOpens();
  if (said.length === 0) return null;
  const turfOf = new Map(turfs.map(({ turf }) => [turf.id, turf]));
  const wrong = said.filter((one) => one.problems.length > 0 || (one.rating ?? 5) < 3);
  const sorted = [...wrong, ...said.filter((one) => !wrong.includes(one))].slice(0, MOST);
  return (
    <details className="panel launch-said">
      <summary>
        <Plural
          value={said.length}
          one="# walker said how their turf was"
          other="# walkers said how their turf was"
        />
        {wrong.length > 0 && (
          <>
            {', '}
            <Plural
              value={wrong.length}
              one="# found something wrong"
              other="# found something wrong"
            />
          </>
        )}
      </summary>
      <ul role="list" className="stack">
        {sorted.map((one) => {
          const turf = turfOf.get(one.turfId);
          return (
            <li key={one.opId}>
              {turf !== undefined && (
                <p>
                  <Link href={opens(turf)}>{turf.name}</Link>
                </p>
              )}
              <Said said={one} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}

const MOST = 40;

function Said({ said }: { readonly said: SaidOfTurf }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = [
    ...(said.rating === null ? [] : [t(turfRatingWords(said.rating))]),
    ...said.problems.map((one) => t(turfProblemWords[one])),
  ];
  return (
    <>
      {words.length > 0 && <p className="launch-said-words">{words.join(', ')}</p>}
      {said.note !== null && <p>{said.note}</p>}
      <p className="small quiet">
        {said.name}, {format.moment(said.at)}
      </p>
    </>
  );
}
