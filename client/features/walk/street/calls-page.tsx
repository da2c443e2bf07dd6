import { useEffect, useMemo, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowRight, IconFlag, IconPhone } from '@tabler/icons-react';
import { Link } from 'wouter';
import { usePage } from '../../../shell/use-page.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { fullName } from '../address-words.ts';
import type { CallRow } from './call-rows.ts';
import { callStandingWords, callWord } from './call-words.ts';
import { PersonHint } from '../list/people-line.tsx';
import { holdTogether, sayPhone } from '../phone-number.ts';
import { PlaceBadge } from '../sent/place-badge.tsx';
import { shortDay } from '../time-words.ts';
import { useWalkPlace } from '../walk-place.ts';
import { callHref, useCalls } from './use-calls.ts';

type Filter = 'to-do' | 'again' | 'all';

let keptFilter: Filter = 'to-do';

/** A call list: whom to call, and whom nobody reached. The next one is one tap away. */
export function CallsPage({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui();
  const heading = usePage(t`Calls`);
  const { list, next } = useCalls();
  const [filter, setFilter] = useState<Filter>(keptFilter);
  const shown = useMemo(
    () => (filter === 'all' ? list : list.filter(({ standing }) => standing === filter)),
    [list, filter],
  );
  const count = (wanted: Filter): number =>
    wanted === 'all' ? list.length : list.filter(({ standing }) => standing === wanted).length;
  const talked = list.filter(({ standing }) => standing === 'contact').length;
  const done = list.length - count('to-do') - count('again');
  const here = next?.person.id ?? null;
  // Coming back from a call: on with the list, at the next one. Once, and not at a fresh start.
  const place = useWalkPlace();
  const [goTo] = useState(place === null ? null : here);
  useEffect(() => {
    const row = goTo === null ? null : document.getElementById(`call-${goTo}`);
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
  }, [goTo]);
  const choose = (value: Filter): void => {
    keptFilter = value;
    setFilter(value);
  };
  return (
    <div className="list-page">
      <div className="list-scroll">
        <h2 className="only-read" ref={heading} tabIndex={-1}>
          <Trans>People to call</Trans>
        </h2>
        <div className="calls-progress">
          <ProgressBar label={t`Calls done`} value={done} max={list.length} tone="done" hideWords />
          <p className="walk-progress small quiet">
            <span>
              <Trans>
                <b>{talked}</b> talked
              </Trans>
            </span>
            <span>
              <Trans>
                <b>{count('again')}</b> to try again
              </Trans>
            </span>
            <span>
              <Trans>
                <b>{count('to-do')}</b> to go
              </Trans>
            </span>
          </p>
        </div>
        <div className="list-filter">
          <Segmented<Filter>
            label={t`Which people`}
            value={filter}
            onChange={choose}
            options={[
              { value: 'to-do', label: <Trans>To call {count('to-do')}</Trans> },
              { value: 'again', label: <Trans>Try again {count('again')}</Trans> },
              { value: 'all', label: <Trans>All {count('all')}</Trans> },
            ]}
          />
        </div>
        {shown.length === 0 ? (
          <EmptyState
            icon={<IconPhone size={28} aria-hidden />}
            title={next === null ? <Trans>Everybody was called</Trans> : <Trans>Nobody here</Trans>}
            action={
              next === null ? (
                <Button variant="primary" onClick={onDone}>
                  <Trans>Finish the shift</Trans>
                </Button>
              ) : (
                <Button onClick={() => choose('all')}>
                  <Trans>Show everybody</Trans>
                </Button>
              )
            }
          >
            {next === null ? (
              <Trans>There is nobody left to call on this list. Thank you.</Trans>
            ) : (
              <Trans>Look at the others: somebody may be tried again.</Trans>
            )}
          </EmptyState>
        ) : (
          <ul className="call-list" role="list">
            {shown.map((one) => (
              <OneCall key={one.person.id} one={one} here={one.person.id === here} />
            ))}
          </ul>
        )}
        {shown.length > 0 && (
          <div className="list-end">
            <Button icon={<IconFlag size={20} aria-hidden />} onClick={onDone}>
              <Trans>I am done for today</Trans>
            </Button>
          </div>
        )}
      </div>
      {next !== null && (
        <div className="next-bar">
          <Link className={buttonClass({ variant: 'primary', wide: true })} href={callHref(next)}>
            <span>
              <Trans>Next call: {fullName(next.person)}</Trans>
            </span>
            <IconArrowRight className="flips" size={20} aria-hidden />
          </Link>
        </div>
      )}
    </div>
  );
}

function OneCall({ one, here }: { readonly one: CallRow; readonly here: boolean }) {
  const { t, i18n } = useLingui();
  const { person, row, standing, last, lastAt, calls } = one;
  const hints = [
    ...(last === null || lastAt === null
      ? []
      : [`${last === 'contact' ? t`Talked` : t(callWord(last))} ${shortDay(lastAt, i18n.locale)}`]),
    ...(calls > 1 ? [t`${calls} calls`] : []),
    ...(one.wrongBefore ? [t`Wrong number before`] : []),
  ];
  return (
    <li
      id={`call-${person.id}`}
      className="call-row"
      data-standing={standing}
      data-here={here ? true : undefined}
    >
      <Link href={callHref(one)} className="call-row-link">
        <span className="call-row-name">
          {fullName(person)} <PersonHint person={person} />
        </span>
        <span className="call-row-number">{holdTogether(sayPhone(person.phone ?? ''))}</span>
        <span className="row-meta small">
          {standing !== 'to-do' && <span>{t(callStandingWords[standing])}</span>}
          {hints.length > 0 && <span className="quiet">{hints.join(' · ')}</span>}
          {/* The place is the household's: whoever was not called yet has nothing on its way. */}
          {last !== null && row.place !== null && <PlaceBadge place={row.place} short />}
        </span>
      </Link>
    </li>
  );
}
