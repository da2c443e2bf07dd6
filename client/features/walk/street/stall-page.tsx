import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconFlag,
  IconMailForward,
  IconMessageCircle,
  IconUserOff,
  IconUserPlus,
  IconUserX,
} from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Person } from '#shared/model/person.ts';
import { usePage } from '../../../shell/use-page.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Stat } from '../../../ui/stat.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { DoorSheets, type OpenSheet } from '../door/door-sheets.tsx';
import { resultFact } from '../door/result-fact.ts';
import { useSaveGuard } from '../save-guard.tsx';
import { dayAndTime } from '../time-words.ts';
import { stallCounts } from './stall-counts.ts';
import { StallPerson } from './stall-person.tsx';
import { StallSheet } from './stall-sheet.tsx';
import { useLitDrops } from '../door/use-lit-drops.ts';
import { useWalk, type Fact } from '../walk-context.ts';

/** A stall: whoever comes by, with a name or without, and what was said. */
export function StallPage({ onDone }: { readonly onDone?: () => void }) {
  const { rows } = useWalk();
  const row = rows[0];
  if (row === undefined) {
    return (
      <EmptyState title={<Trans>This stall is not on your phone</Trans>}>
        <Trans>Ask your coordinator for another code.</Trans>
      </EmptyState>
    );
  }
  return <Stall row={row} onDone={onDone} />;
}

interface StallProps {
  readonly row: DoorRow;
  readonly onDone: (() => void) | undefined;
}

type Tap = 'spoke' | 'passed' | 'leaflet';

function Stall({ row, onDone }: StallProps) {
  const { t } = useLingui();
  const heading = usePage(t`Stall`);
  const [, go] = useLocation();
  const { stateOf, sheet } = useWalk();
  const { saveWithUndo } = useSaveGuard();
  const [meets, setMeets] = useState(false);
  const [corrects, setCorrects] = useState<OpenSheet | null>(null);
  const [shown, setShown] = useState<Person | null>(null);
  const [busy, setBusy] = useState<Tap | null>(null);
  const leaflets = useLitDrops();
  const { door, building } = row;
  const knocks = stateOf(door.id)?.knocks ?? [];
  const { talks, passed } = stallCounts(knocks);
  const where = building.street;

  const tap = (which: Tap, fact: Fact, what: string): void => {
    setBusy(which);
    void saveWithUndo(fact, { where, what }, t`Saved: ${what}`).finally(() => setBusy(null));
  };
  const talk = ({ id }: Pick<Person, 'id'>): void => go(`/walk/door/${door.id}/talk/${id}`);
  const spoke: Fact = {
    type: 'knock',
    payload: {
      doorId: door.id,
      personId: null,
      outcome: { kind: 'contact' },
      answers: [],
      note: null,
    },
  };
  // Whoever came last is who is still standing there.
  const met = [...row.people].reverse();

  return (
    <div className="list-page">
      <div className="list-scroll stall">
        <div className="stall-head">
          <h2 ref={heading} tabIndex={-1}>
            {where === '' ? sheet.turf.name : where}
          </h2>
          <dl className="stats shift-stats">
            <Stat value={talks} label={<Trans>conversations</Trans>} />
            <Stat value={met.length} label={<Trans>with a name</Trans>} />
            <Stat value={leaflets} label={<Trans>leaflets</Trans>} />
          </dl>
        </div>
        <div className="stack stall-taps">
          <h3>
            <Trans>Without a name</Trans>
          </h3>
          <ul className="result-grid" role="list">
            <li>
              <TapButton
                busy={busy === 'spoke'}
                onTap={() => tap('spoke', spoke, t`Talked, no name`)}
              >
                <IconMessageCircle size={26} aria-hidden />
                <span>
                  <Trans>Talked</Trans>
                </span>
              </TapButton>
            </li>
            <li>
              <TapButton
                busy={busy === 'leaflet'}
                onTap={() =>
                  tap(
                    'leaflet',
                    { type: 'lit-drop', payload: { doorId: door.id } },
                    t`Leaflet taken`,
                  )
                }
              >
                <IconMailForward size={26} aria-hidden />
                <span>
                  <Trans>Leaflet taken</Trans>
                </span>
              </TapButton>
            </li>
            <li>
              <TapButton
                busy={busy === 'passed'}
                onTap={() => tap('passed', resultFact(door.id, 'refused'), t`Did not want to talk`)}
              >
                <IconUserOff size={26} aria-hidden />
                <span>
                  <Trans>Did not want to</Trans> {passed > 0 && <b>{passed}</b>}
                </span>
              </TapButton>
            </li>
          </ul>
        </div>
        <section className="stack" aria-labelledby="who-we-met">
          <h3 id="who-we-met">
            <Trans>Who we met</Trans>
          </h3>
          {met.length === 0 ? (
            <p className="quiet">
              <Trans>Nobody has given a name yet. A first name is enough.</Trans>
            </p>
          ) : (
            <ul className="call-list" role="list">
              {met.map((person) => (
                <li key={person.id} className="call-row">
                  <button type="button" className="call-row-link" onClick={() => setShown(person)}>
                    <span className="call-row-name">{fullName(person)}</span>
                    <Said row={row} person={person} />
                    {person.doNotContact && (
                      <span className="small person-stop">
                        <IconUserX size={16} aria-hidden /> <Trans>Do not contact</Trans>
                      </span>
                    )}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
        {onDone !== undefined && (
          <div className="list-end">
            <Button icon={<IconFlag size={20} aria-hidden />} onClick={onDone}>
              <Trans>I am done for today</Trans>
            </Button>
          </div>
        )}
      </div>
      <div className="next-bar">
        <Button
          variant="primary"
          size="large"
          wide
          icon={<IconUserPlus size={22} aria-hidden />}
          onClick={() => setMeets(true)}
        >
          <Trans>New conversation</Trans>
        </Button>
      </div>
      {meets && <StallSheet row={row} onClose={() => setMeets(false)} onTalk={talk} />}
      {shown !== null && (
        <StallPerson
          row={row}
          person={shown}
          onClose={() => setShown(null)}
          onTalk={talk}
          onCorrect={({ id }) => {
            setShown(null);
            setCorrects({ kind: 'person', personId: id });
          }}
        />
      )}
      <DoorSheets
        row={row}
        where={where}
        open={corrects}
        onClose={() => setCorrects(null)}
        onSave={async (fact, what) =>
          (await saveWithUndo(fact, { where, what }, t`Saved: ${what}`)) !== null
        }
        onTalk={talk}
      />
    </div>
  );
}

interface TapButtonProps {
  readonly busy: boolean;
  readonly onTap: () => void;
  readonly children: React.ReactNode;
}

function TapButton({ busy, onTap, children }: TapButtonProps) {
  return (
    <button
      type="button"
      className="result"
      aria-busy={busy ? true : undefined}
      onClick={() => {
        if (!busy) onTap();
      }}
    >
      {children}
    </button>
  );
}

/** What came of the talk with somebody: when, and where they stand. */
function Said({ row, person }: { readonly row: DoorRow; readonly person: Person }) {
  const { t, i18n } = useLingui();
  const { stateOf } = useWalk();
  const known = stateOf(row.door.id)?.people.get(person.id);
  if (known?.lastAt == null) {
    return (
      <span className="small quiet">
        <Trans>No conversation saved yet</Trans>
      </span>
    );
  }
  return (
    <span className="small quiet">
      {dayAndTime(known.lastAt.ms, i18n.locale)}
      {known.support !== null && ` · ${t`Support ${known.support}`}`}
    </span>
  );
}
