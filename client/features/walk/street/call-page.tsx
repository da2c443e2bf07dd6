import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowLeft,
  IconMessageCircle,
  IconNote,
  IconPencil,
  IconPhone,
} from '@tabler/icons-react';
import { Link, useLocation, useSearch } from 'wouter';
import type { ResultCode } from '#shared/model/results.ts';
import { useOpenDoor } from '../../../shell/use-open-door.ts';
import { usePage } from '../../../shell/use-page.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { addressLine, fullName } from '../address-words.ts';
import type { CallRow } from './call-rows.ts';
import { CALL_RESULTS, callWord } from './call-words.ts';
import { DoorHistory } from '../door/door-history.tsx';
import { DoorSheets, type OpenSheet } from '../door/door-sheets.tsx';
import { PersonHint } from '../list/people-line.tsx';
import { PersonKnown } from '../door/person-known.tsx';
import { holdTogether, sayPhone, telLink } from '../phone-number.ts';
import { resultFact } from '../door/result-fact.ts';
import { ResultIcon } from '../door/result-icon.tsx';
import { useFreshStart, useSaveGuard } from '../save-guard.tsx';
import { callHref, useCalls } from './use-calls.ts';
import { useOnward } from '../way/use-onward.ts';
import type { Fact } from '../walk-context.ts';

/** Written with one tap; the others ask what else there is to know. */
const AT_ONCE: ReadonlySet<ResultCode> = new Set(['not-home', 'voicemail', 'wrong-number']);

/** `/walk/door/:doorId?person=` on a call list: the number, the talk, and what else came of it. */
export function CallPage({ doorId }: { readonly doorId: string }) {
  const { everybody: list } = useCalls();
  const wanted = new URLSearchParams(useSearch()).get('person');
  const home = list.filter(({ row }) => row.door.id === doorId);
  const one =
    home.find(({ person }) => person.id === wanted) ??
    home.find(({ standing }) => standing === 'to-do') ??
    home[0];
  if (one === undefined) {
    return (
      <EmptyState
        title={<Trans>They are not on your list</Trans>}
        action={
          <Link className={buttonClass({ variant: 'primary' })} href="/walk">
            <Trans>Back to the list</Trans>
          </Link>
        }
      >
        <Trans>They may have moved to another list. What you saved of them is kept.</Trans>
      </EmptyState>
    );
  }
  return <OneCall key={one.person.id} one={one} home={home} />;
}

interface OneCallProps {
  readonly one: CallRow;
  readonly home: readonly CallRow[];
}

function OneCall({ one, home }: OneCallProps) {
  const { t } = useLingui();
  const { row, person } = one;
  const name = fullName(person);
  const heading = usePage(t`Call ${name}`);
  useOpenDoor();
  const [, go] = useLocation();
  const onward = useOnward(row);
  const { save, saveWithUndo } = useSaveGuard();
  useFreshStart();
  const [open, setOpen] = useState<OpenSheet | null>(null);
  const [busy, setBusy] = useState<ResultCode | null>(null);
  const where = addressLine(row.building, row.door.unit);
  const tel = telLink(person.phone ?? '');
  const stopped = one.standing === 'do-not-contact' || one.standing === 'refuses';
  // Whoever is called is known: the sheets have nobody else to ask about.
  const alone = { ...row, people: [person] };

  const finish = async (fact: Fact, what: string, leave: boolean): Promise<boolean> => {
    const words = { where: name, what };
    const said = t`Saved: ${what}, ${name}`;
    const stays =
      fact.type === 'knock' &&
      fact.payload.outcome.kind === 'result' &&
      fact.payload.outcome.result === 'do-not-contact';
    const operation = await (stays ? save(fact, words) : saveWithUndo(fact, words, said));
    if (operation !== null && stays) showToast({ text: said });
    if (operation !== null && leave) onward();
    return operation !== null;
  };
  const pick = (result: ResultCode): void => {
    if (!AT_ONCE.has(result)) return setOpen({ kind: 'result', result });
    setBusy(result);
    const fact = resultFact(row.door.id, result, person.id);
    void finish(fact, t(callWord(result)), true).finally(() => setBusy(null));
  };
  const talk = (to: { readonly id: string }): void => go(`/walk/door/${row.door.id}/talk/${to.id}`);

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
            {name}
          </h2>
          <p className="small quiet">
            <bdi>{where}</bdi>
            {(person.age !== null || person.party !== null) && ' ·'}
            <PersonHint person={person} />
          </p>
          <PersonKnown doorId={row.door.id} personId={person.id} />
        </div>
      </header>

      {stopped ? (
        <Notice tone="problem" title={<Trans>Do not call</Trans>}>
          {one.standing === 'refuses' ? (
            <Trans>{name} said that nobody may call.</Trans>
          ) : (
            <Trans>
              {name} asked not to be contacted. That wins over everything, in every campaign.
            </Trans>
          )}
        </Notice>
      ) : (
        <section className="stack call-acts">
          {one.wrongBefore && (
            <Notice title={<Trans>This number was wrong before</Trans>}>
              <Trans>An earlier caller reached somebody else.</Trans>
            </Notice>
          )}
          {tel === null ? (
            <Notice>
              <Trans>There is nothing to dial in “{person.phone}”.</Trans>
            </Notice>
          ) : (
            <a
              className={buttonClass({ variant: 'primary', size: 'large', wide: true })}
              href={tel}
            >
              <IconPhone size={22} aria-hidden />
              <span>
                <Trans>Call {holdTogether(sayPhone(person.phone ?? ''))}</Trans>
              </span>
            </a>
          )}
          <Button
            size="large"
            wide
            icon={<IconMessageCircle size={22} aria-hidden />}
            onClick={() => talk(person)}
          >
            <Trans>They answered: talk</Trans>
          </Button>
        </section>
      )}

      <section className="stack" aria-labelledby="no-talk">
        <h3 id="no-talk">
          <Trans>No conversation</Trans>
        </h3>
        <ul className="result-grid" role="list">
          {CALL_RESULTS.filter(
            (result) => !stopped || ['wrong-number', 'moved', 'deceased'].includes(result),
          ).map((result) => (
            <li key={result} className={result === 'not-home' ? 'result-first' : undefined}>
              <button
                type="button"
                className={`result result-${result}`}
                aria-busy={busy === result ? true : undefined}
                aria-disabled={busy !== null ? true : undefined}
                onClick={() => {
                  if (busy === null) pick(result);
                }}
              >
                <ResultIcon what={result} />
                <span>{t(callWord(result))}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>

      {home.length > 1 && (
        <section className="stack" aria-labelledby="same-home">
          <h3 id="same-home">
            <Trans>At the same address</Trans>
          </h3>
          <ul className="stack" role="list">
            {home
              .filter((other) => other.person.id !== person.id)
              .map((other) => (
                <li key={other.person.id}>
                  <Link className={buttonClass({ wide: true })} href={callHref(other)}>
                    {fullName(other.person)}&nbsp;·{' '}
                    {holdTogether(sayPhone(other.person.phone ?? ''))}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      )}

      <section className="row" aria-label={t`Also`}>
        <Button icon={<IconNote size={20} aria-hidden />} onClick={() => setOpen({ kind: 'note' })}>
          <Trans>Only a note</Trans>
        </Button>
        <Button
          icon={<IconPencil size={20} aria-hidden />}
          onClick={() => setOpen({ kind: 'person', personId: person.id })}
        >
          <Trans>Put name or number right</Trans>
        </Button>
      </section>

      <DoorHistory row={row} where={where} />

      <DoorSheets
        row={alone}
        where={where}
        open={open}
        about={person.id}
        onClose={() => setOpen(null)}
        onSave={finish}
        onTalk={talk}
        onLeave={onward}
      />
    </article>
  );
}
