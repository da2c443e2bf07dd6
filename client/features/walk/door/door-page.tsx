import '../../../ui/door-words.ts';
import { lazy, Suspense, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowLeft,
  IconHeartHandshake,
  IconMailForward,
  IconNote,
  IconUserPlus,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { Person } from '#shared/model/person.ts';
import type { ResultCode } from '#shared/model/results.ts';
import { useOpenDoor } from '../../../shell/use-open-door.ts';
import { usePage } from '../../../shell/use-page.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { addressLine } from '../address-words.ts';
import { DoorPeople } from './door-people.tsx';
import type { DoorRow } from '../door-row.ts';
import { DoorSheets, type OpenSheet } from './door-sheets.tsx';
import { LastHere } from './last-here.tsx';
import { resultFact } from './result-fact.ts';
import { ResultGrid } from './result-grid.tsx';
import { useFreshStart, useSaveGuard } from '../save-guard.tsx';
import { StandingBadge } from '../list/standing-badge.tsx';
import { useOnward } from '../way/use-onward.ts';
import { useSaveMany } from '../use-save-many.ts';
import { useWalk, type Fact } from '../walk-context.ts';
import './door.css';

/** Fetches what happened at doors before: after the first screen, and kept by the service worker. */
export const loadHistory = () => import('./door-history.tsx');
const BuildingCard = lazy(async () => ({
  default: (await import('../building/building-card.tsx')).BuildingCard,
}));
const DoorHistory = lazy(async () => ({ default: (await loadHistory()).DoorHistory }));

/** `/walk/door/:doorId`: who lives here, what we know, what happened now. */
export function DoorPage({ doorId }: { readonly doorId: string }) {
  const { rowOf } = useWalk();
  const row = rowOf(doorId);
  if (row === null) return <NoSuchDoor />;
  return <OneDoor key={doorId} row={row} />;
}

function NoSuchDoor() {
  return (
    <EmptyState
      title={<Trans>This door is not on your turf</Trans>}
      action={
        <Link className={buttonClass({ variant: 'primary' })} href="/walk">
          <Trans>Back to the list</Trans>
        </Link>
      }
    >
      <Trans>It may have moved to another turf. What you saved there is kept.</Trans>
    </EmptyState>
  );
}

/** Do not contact stays, whatever is taken back: nothing may look as if it did not. */
function canUndo(fact: Fact): boolean {
  if (fact.type !== 'knock' || fact.payload.outcome.kind !== 'result') return true;
  return fact.payload.outcome.result !== 'do-not-contact';
}

function OneDoor({ row }: { readonly row: DoorRow }) {
  const { t } = useLingui();
  const where = addressLine(row.building, row.door.unit);
  const heading = usePage(where);
  useOpenDoor();
  const [, go] = useLocation();
  const onward = useOnward(row);
  const { save, saveWithUndo } = useSaveGuard();
  const saveMany = useSaveMany();
  useFreshStart();
  const [open, setOpen] = useState<OpenSheet | null>(null);
  const [busy, setBusy] = useState<ResultCode | 'lit-drop' | null>(null);
  const { door } = row;

  const finish = async (fact: Fact, what: string, leave: boolean): Promise<boolean> => {
    const words = { where, what };
    const said = t`Saved: ${what}, ${where}`;
    const operation = await (canUndo(fact)
      ? saveWithUndo(fact, words, said)
      : save(fact, words).then((done) => {
          if (done !== null) showToast({ text: said });
          return done;
        }));
    if (operation !== null && leave) onward();
    return operation !== null;
  };

  const pick = (result: ResultCode): void => {
    if (result !== 'not-home') {
      setOpen({ kind: 'result', result });
      return;
    }
    setBusy(result);
    void finish(resultFact(door.id, result), t`Not home`, true).finally(() => setBusy(null));
  };

  const dropLiterature = (): void => {
    setBusy('lit-drop');
    const fact = { type: 'lit-drop', payload: { doorId: door.id } } as const;
    void finish(fact, t`Leaflet left`, true).finally(() => setBusy(null));
  };

  // One report of two facts: a knock, and what lies at the door since.
  const notHomeWithLeaflet = (): void => {
    setBusy('not-home');
    const both = [
      { fact: resultFact(door.id, 'not-home'), words: { where, what: t`Not home` } },
      {
        fact: { type: 'lit-drop', payload: { doorId: door.id } } as const,
        words: { where, what: t`Leaflet left` },
      },
    ];
    void saveMany(both, () => t`Saved: Not home, leaflet left, ${where}`)
      .then((saved) => saved.length > 0 && onward())
      .finally(() => setBusy(null));
  };

  const talk = (person: Pick<Person, 'id'>): void => go(`/walk/door/${door.id}/talk/${person.id}`);
  const stopped = row.standing === 'do-not-contact';

  return (
    <article className="door-page">
      <header className="door-head">
        <Link
          className={`${buttonClass({ variant: 'quiet' })} button-icon`}
          href="/walk"
          aria-label={t`Back to the list`}
        >
          <IconArrowLeft className="flips" size={24} aria-hidden />
        </Link>
        <div className="grow">
          <h2 ref={heading} tabIndex={-1}>
            <bdi>
              <span className="door-head-number">{row.building.number}</span> {row.building.street}
              {door.unit !== '' && <span className="door-head-unit">{door.unit}</span>}
            </bdi>
          </h2>
          <p className="row small quiet">
            <Trans>Door {door.position}</Trans>
            <StandingBadge standing={row.standing} />
          </p>
          <LastHere row={row} />
        </div>
      </header>

      {stopped && (
        <Notice tone="problem" title={<Trans>Do not knock here</Trans>}>
          <Trans>
            Someone here asked not to be contacted. That wins over everything, in every campaign.
          </Trans>
        </Notice>
      )}

      {row.allRefuse && (
        <Notice tone="problem" title={<Trans>Asked not to be visited</Trans>}>
          <Trans>
            Everybody here said that nobody should come to the door. Other ways may be open: look at
            what we know.
          </Trans>
        </Notice>
      )}

      <Suspense fallback={null}>
        <BuildingCard building={row.building} door={door} />
      </Suspense>

      <section className="stack" aria-labelledby="who-lives-here">
        <h3 id="who-lives-here">
          <Trans>Who lives here</Trans>
        </h3>
        <DoorPeople
          people={row.people}
          state={row}
          stopped={stopped}
          onTalk={talk}
          onAbout={({ id }) => setOpen({ kind: 'person', personId: id })}
        />
        {!stopped && (
          <Button
            icon={<IconUserPlus size={20} aria-hidden />}
            onClick={() => setOpen({ kind: 'resident' })}
          >
            <Trans>Somebody else opened</Trans>
          </Button>
        )}
      </section>

      <section className="stack" aria-labelledby="no-talk">
        <h3 id="no-talk">
          <Trans>No conversation</Trans>
        </h3>
        <ResultGrid
          busy={busy}
          only={stopped ? ['wrong-address', 'moved', 'deceased', 'hostile'] : undefined}
          onPick={pick}
          underFirst={
            <Button
              wide
              icon={<IconMailForward size={20} aria-hidden />}
              busy={busy === 'not-home'}
              onClick={notHomeWithLeaflet}
            >
              <Trans>Not home, leaflet left</Trans>
            </Button>
          }
        />
      </section>

      <section className="row" aria-label={t`Also`}>
        <Button icon={<IconNote size={20} aria-hidden />} onClick={() => setOpen({ kind: 'note' })}>
          <Trans>Only a note</Trans>
        </Button>
        <Button
          icon={<IconHeartHandshake size={20} aria-hidden />}
          onClick={() => setOpen({ kind: 'promise' })}
        >
          <Trans>Promise something</Trans>
        </Button>
        {!stopped && (
          <Button
            icon={<IconMailForward size={20} aria-hidden />}
            busy={busy === 'lit-drop'}
            onClick={dropLiterature}
          >
            <Trans>Leaflet left, no knock</Trans>
          </Button>
        )}
      </section>

      <Suspense fallback={null}>
        <DoorHistory row={row} where={where} />
      </Suspense>

      <DoorSheets
        row={row}
        where={where}
        open={open}
        onClose={() => setOpen(null)}
        onSave={finish}
        onTalk={talk}
        onLeave={onward}
      />
    </article>
  );
}
