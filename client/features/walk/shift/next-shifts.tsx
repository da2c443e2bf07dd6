import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarCheck } from '@tabler/icons-react';
import { foldSignUps } from '#shared/canvass/sign-ups.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import type { NextShift } from '#shared/model/next-shift.ts';
import type { Operation } from '#shared/model/operation.ts';
import { clock } from '../../../store/phone-store.ts';
import { Button } from '../../../ui/button.tsx';
import { useSaveGuard } from '../save-guard.tsx';
import { useWalk } from '../walk-context.ts';

export interface NextShiftsProps {
  /** Own facts of this turf. */
  readonly facts: readonly Operation[];
  /** Any door of the turf: the answer is kept with it. */
  readonly doorId: DoorId;
}

/** Those that have not ended, each with what this person has said of it; null: nothing. */
function comingShifts(
  shifts: readonly NextShift[],
  facts: readonly Operation[],
  now: number,
): readonly NextShift[] {
  const signUps = foldSignUps(facts);
  return shifts
    .filter(({ endsAt }) => endsAt > now)
    .map((shift) => {
      const own = [...(signUps.get(shift.id)?.values() ?? [])].at(-1);
      return { ...shift, coming: own?.payload.coming ?? shift.coming };
    });
}

const placeOn = ({ id }: NextShift): string => `next-shift-${id}`;

/** Brings the first shift that waits for an answer into sight; null when none does. */
export function useUnansweredShift(facts: readonly Operation[] | null): (() => void) | null {
  const { sheet } = useWalk();
  const [now] = useState(() => clock.now());
  if (facts === null) return null;
  const shift = comingShifts(sheet.shifts ?? [], facts, now).find(({ coming }) => coming === null);
  if (shift === undefined) return null;
  return () => {
    const place = document.getElementById(placeOn(shift));
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector('button')?.focus({ preventScroll: true });
  };
}

/** Shifts that the chapter has announced: I come, or I do not. Saved on the phone as everything is. */
export function NextShifts({ facts, doorId }: NextShiftsProps) {
  const { sheet } = useWalk();
  const [now] = useState(() => clock.now());
  const shifts = comingShifts(sheet.shifts ?? [], facts, now);
  if (shifts.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="next-shifts">
      <h3 id="next-shifts">
        <Trans>The next shifts</Trans>
      </h3>
      <ul className="stack next-shifts" role="list">
        {shifts.map((shift) => (
          <OneShift key={shift.id} shift={shift} doorId={doorId} />
        ))}
      </ul>
    </section>
  );
}

interface OneShiftProps {
  readonly shift: NextShift;
  readonly doorId: DoorId;
}

function OneShift({ shift, doorId }: OneShiftProps) {
  const { t, i18n } = useLingui();
  const { sheet } = useWalk();
  const { save } = useSaveGuard();
  const [busy, setBusy] = useState(false);
  const { id, name, place, startsAt, endsAt, coming } = shift;
  const when = new Intl.DateTimeFormat(writingLocale(i18n.locale), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: sheet.chapter.timeZone,
  }).formatRange(startsAt, endsAt);

  const say = async (comes: boolean): Promise<void> => {
    setBusy(true);
    const payload = { doorId, shiftId: id, coming: comes };
    const what = comes ? t`I come to ${name}` : t`I do not come to ${name}`;
    await save({ type: 'sign-up', payload }, { where: when, what });
    setBusy(false);
  };

  return (
    <li id={placeOn(shift)} className="next-shift stack">
      <p>
        <b>{name}</b>
        <br />
        {when}
        {place !== '' && (
          <>
            <br />
            {place}
          </>
        )}
      </p>
      <p role="status" className="next-shift-said">
        {coming === true && (
          <>
            <IconCalendarCheck size={20} aria-hidden /> <Trans>You said that you come.</Trans>
          </>
        )}
        {coming === false && <Trans>You said that you cannot come.</Trans>}
      </p>
      <div className="row">
        {coming !== true && (
          <Button
            busy={busy}
            onClick={() => void say(true)}
            aria-label={t`I come: ${name}, ${when}`}
          >
            <Trans>I come</Trans>
          </Button>
        )}
        {coming !== false && (
          <Button
            variant="quiet"
            busy={busy}
            onClick={() => void say(false)}
            aria-label={t`I cannot come: ${name}, ${when}`}
          >
            {coming === true ? <Trans>I cannot after all</Trans> : <Trans>I cannot</Trans>}
          </Button>
        )}
      </div>
    </li>
  );
}
