import '../../../ui/door-words.ts';
import { useEffect, useState } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { IconCalendarCheck, IconRefresh, IconTrash } from '@tabler/icons-react';
import { clock } from '../../../store/phone-store.ts';
import { syncNow } from '../../../sync/phone.ts';
import { Button, type ButtonProps } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { AppUpdate } from '../sent/app-update.tsx';
import { useFreshStart } from '../save-guard.tsx';
import { useCalls } from '../street/use-calls.ts';
import { isOver } from './is-over.ts';
import { MyPromises } from '../promise/my-promises.tsx';
import { NextShifts, useUnansweredShift } from './next-shifts.tsx';
import { ShiftWay } from './shift-way.tsx';
import { SlipView } from './slip-view.tsx';
import { TurfReport } from './turf-report.tsx';
import { useOwnFacts } from './use-own-facts.ts';
import { useSyncStatus, useUnsent } from '../sent/use-sync-words.ts';
import { useWalk } from '../walk-context.ts';
import { WipePhone } from './wipe-phone.tsx';

/** The end of a shift: what I did, and whether the chapter has it all. */
export function DoneSheet({ onClose }: { readonly onClose: () => void }) {
  const { whereabouts, tally, sheet, rows } = useWalk();
  const facts = useOwnFacts();
  // As the slip counts: what was done here today.
  const [since] = useState(() => new Date(clock.now()).setHours(0, 0, 0, 0));
  const doorId = rows[0]?.door.id ?? null;
  const { state } = useSyncStatus();
  const unsent = useUnsent();
  const [busy, setBusy] = useState(false);
  const [wipes, setWipes] = useState(false);
  const answerShift = useUnansweredShift(facts);
  const { next: nextCall } = useCalls();
  useFreshStart();
  useEffect(() => void syncNow(), []);
  const send = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };
  const isEmpty = whereabouts.ofFact.size === 0;
  // What somebody tired wants next, at the thumb: the work sent, then a word on the next shift, then
  // the phone without the list. With doors left nobody but they know whether they come back to them;
  // nor at a stall.
  const { kind } = sheet.turf;
  const over = isOver({ kind, remaining: tally.remaining, calls: nextCall !== null });
  const next =
    unsent > 0 ? (
      <NextStep
        icon={<IconRefresh size={22} aria-hidden />}
        busy={busy || state === 'sending'}
        onClick={send}
      >
        <Trans>Send it now</Trans>
      </NextStep>
    ) : isEmpty && !over ? (
      <NextStep onClick={onClose}>
        <Trans>Go on</Trans>
      </NextStep>
    ) : answerShift !== null ? (
      <NextStep icon={<IconCalendarCheck size={22} aria-hidden />} onClick={answerShift}>
        <Trans>Say if you come next time</Trans>
      </NextStep>
    ) : over ? (
      <NextStep icon={<IconTrash size={22} aria-hidden />} onClick={() => setWipes(true)}>
        <Trans>Finish: delete the list</Trans>
      </NextStep>
    ) : null;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={isEmpty ? <Trans>Nothing knocked yet</Trans> : <Trans>Thank you</Trans>}
      description={
        kind === undefined && (
          <Plural
            value={tally.remaining}
            _0="Every door of this turf is done."
            one="# door of this turf is still to do."
            other="# doors of this turf are still to do."
          />
        )
      }
      footer={
        <div className="shift-foot">
          <Button size="large" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
          {next}
        </div>
      }
    >
      <div className="stack shift-end">
        <SlipView />
        <MyPromises />
        {facts !== null && doorId !== null && (
          <>
            <ShiftWay facts={facts} since={since} />
            {!isEmpty && <TurfReport facts={facts} doorId={doorId} />}
            <NextShifts facts={facts} doorId={doorId} />
          </>
        )}
        <AppUpdate />
        <WipePhone asks={wipes} onAsk={setWipes} />
      </div>
    </Sheet>
  );
}

/** The one large button of the sheet. */
function NextStep(props: ButtonProps) {
  return <Button variant="primary" size="large" {...props} />;
}
