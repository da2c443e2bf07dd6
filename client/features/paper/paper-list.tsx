import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { turfNumber } from '#shared/paper/turf-number.ts';
import type { Turf } from '#shared/model/turf.ts';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import { PrintPanel } from './print-panel.tsx';

const plain = (text: string): string => text.trim().toLowerCase();

function fits(turf: Turf, asked: string): boolean {
  return (
    asked === '' ||
    turf.name.toLowerCase().includes(asked) ||
    turfNumber(turf.id).toLowerCase().startsWith(asked)
  );
}

/** Published turfs: to be printed, and found again by name or number when the paper comes back. */
export function PaperList() {
  const { t } = useLingui();
  const turfs = useApi<readonly Turf[]>('/v1/turfs');
  const [asked, setAsked] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [, navigate] = useLocation();
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <div className="desk-page paper-page">
      <PageTitle
        title={t`Paper`}
        under={t`Print lists for those who walk without a phone, and type in what comes back. Paper, phone and screen have the same doors in the same order with the same numbers.`}
      />
      <ShowData from={turfs} lines={6}>
        {(all) => {
          // Nobody walks a stall or a call list with a sheet of doors.
          const ready = all.filter(({ state, kind }) => state === 'published' && kind === 'walk');
          const shown = ready.filter((turf) => fits(turf, plain(asked)));
          const [only] = shown;
          if (ready.length === 0) return <NoTurfs />;
          return (
            <>
              <form
                className="paper-find"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (only !== undefined && plain(asked) !== '')
                    navigate(`/desk/paper?turf=${only.id}`);
                }}
              >
                <TextField
                  label={<Trans>Find a turf</Trans>}
                  hint={
                    <Trans>
                      Its name, or the number at the top right of the paper. Enter opens the first.
                    </Trans>
                  }
                  value={asked}
                  autoFocus
                  autoComplete="off"
                  onChange={({ target }) => setAsked(target.value)}
                />
              </form>
              <PrintPanel
                ids={ready.filter(({ id }) => chosen.has(id)).map(({ id }) => id)}
                of={ready.length}
                onAll={(all) => setChosen(new Set(all ? ready.map(({ id }) => id) : []))}
              />
              <p className="for-readers" role="status">
                <Plural value={shown.length} one="# turf" other="# turfs" />
              </p>
              <ul role="list" className="paper-turfs">
                {shown.map((turf) => (
                  <li key={turf.id} className="panel paper-turf">
                    <label className="paper-pick">
                      <input
                        type="checkbox"
                        checked={chosen.has(turf.id)}
                        onChange={({ target }) => toggle(turf.id, target.checked)}
                      />
                      <span className="for-readers">{t`Print ${turf.name}`}</span>
                    </label>
                    <div className="grow">
                      <h2>
                        <TurfDot hue={turf.hue} /> {turf.name}
                      </h2>
                      <p className="small quiet">
                        {turfNumber(turf.id)} ·{' '}
                        <Plural value={turf.doors} one="# door" other="# doors" /> ·{' '}
                        {turf.tally.remaining === 0 ? (
                          <Trans>all of them knocked</Trans>
                        ) : (
                          <Trans>{turf.tally.remaining} to do</Trans>
                        )}
                      </p>
                    </div>
                    <Link
                      className={buttonClass({})}
                      href={`/desk/paper?turf=${turf.id}`}
                      aria-label={t`Type in ${turf.name}`}
                    >
                      <Trans>Type in</Trans>
                    </Link>
                  </li>
                ))}
              </ul>
              {shown.length === 0 && (
                <p className="quiet">
                  <Trans>No turf has this name or number.</Trans>
                </p>
              )}
            </>
          );
        }}
      </ShowData>
    </div>
  );
}

function NoTurfs() {
  return (
    <EmptyState
      icon={<IconPrinter size={40} aria-hidden />}
      title={<Trans>No turf is ready to be printed</Trans>}
      action={
        <Link className={buttonClass({ variant: 'primary' })} href="/desk/turf">
          <Trans>Go to turf</Trans>
        </Link>
      }
    >
      <Trans>Publish a turf first: then its doors and their order stay as they are.</Trans>
    </EmptyState>
  );
}
