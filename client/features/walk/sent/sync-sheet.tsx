import '../../../ui/door-words.ts';
import { lazy, Suspense, use, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconFlag, IconReceipt, IconRefresh, IconShare2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { syncNow } from '../../../sync/phone.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { LocaleSwitch } from '../../../ui/locale-switch.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Stat } from '../../../ui/stat.tsx';
import { AppUpdate } from './app-update.tsx';
import { HeldOwn } from './held-own.tsx';
import { placeOf } from './place-of.ts';
import { SaveFileButton } from './save-file-button.tsx';
import { useFreshStart } from '../save-guard.tsx';
import { SlipView } from '../shift/slip-view.tsx';
import { SyncSentence } from './sync-sentence.tsx';
import { TakeFileButton } from './take-file-button.tsx';
import { dayAndTime } from '../time-words.ts';
import { useOutbox } from './use-outbox.ts';
import { usePersisted } from '../lock/use-persisted.ts';
import { useSyncStatus } from './use-sync-words.ts';
import { WalkContext } from '../walk-context.ts';

const DoneSheet = lazy(async () => ({
  default: (await import('../shift/done-sheet.tsx')).DoneSheet,
}));
const HandOverSheet = lazy(async () => ({
  default: (await import('./hand-over-sheet.tsx')).HandOverSheet,
}));

/** Where my work is, in full: what is here only, what the chapter has, and every way to bring it. */
export function SyncSheet({ onClose }: { readonly onClose: () => void }) {
  const status = useSyncStatus();
  const [busy, setBusy] = useState(false);
  const [slip, setSlip] = useState(false);
  const [ending, setEnding] = useState(false);
  const [giving, setGiving] = useState<string | null>(null);
  useFreshStart();
  const send = (): void => {
    setBusy(true);
    void syncNow().finally(() => setBusy(false));
  };
  if (ending) {
    return (
      <Suspense fallback={null}>
        <DoneSheet onClose={onClose} />
      </Suspense>
    );
  }
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        giving !== null ? (
          <Trans>Hand this turf on</Trans>
        ) : slip ? (
          <Trans>Slip of this shift</Trans>
        ) : (
          <Trans>Where my work is</Trans>
        )
      }
      footer={
        giving === null ? (
          <Button
            variant="primary"
            size="large"
            wide
            icon={<IconRefresh size={22} aria-hidden />}
            busy={busy || status.state === 'sending'}
            onClick={send}
          >
            <Trans>Send now</Trans>
          </Button>
        ) : undefined
      }
    >
      {giving !== null ? (
        <Suspense fallback={<Skeleton lines={1} height="20rem" />}>
          <HandOverSheet turfName={giving} />
        </Suspense>
      ) : slip ? (
        <SlipView />
      ) : (
        <Whereabouts
          onSlip={() => setSlip(true)}
          onEnd={() => setEnding(true)}
          onGive={setGiving}
        />
      )}
    </Sheet>
  );
}

interface WhereaboutsProps {
  readonly onSlip: () => void;
  readonly onEnd: () => void;
  /** The turf of this name is to go on to another phone. */
  readonly onGive: (turfName: string) => void;
}

function Whereabouts({ onSlip, onEnd, onGive }: WhereaboutsProps) {
  const { i18n } = useLingui();
  const status = useSyncStatus();
  const ops = useOutbox();
  const walk = use(WalkContext);
  const walks = walk !== null;
  if (ops === null) return <Skeleton lines={4} height="3rem" />;
  const places = ops.map(placeOf);
  const count = (wanted: string): number => places.filter((place) => place === wanted).length;
  const unsent = count('phone');
  return (
    <div className="stack">
      <SyncSentence unsent={unsent} />
      <dl className="stats stats-three">
        <Stat value={unsent} label={<Trans>on this phone only</Trans>} />
        <Stat value={count('chapter')} label={<Trans>received by the chapter</Trans>} />
        <Stat value={count('held')} label={<Trans>held for a look</Trans>} />
      </dl>
      <p className="quiet">
        {status.lastSyncedAt === null ? (
          <Trans>This phone has not reached the chapter yet.</Trans>
        ) : (
          <Trans>Last contact: {dayAndTime(status.lastSyncedAt, i18n.locale)}</Trans>
        )}
      </p>
      {status.carried > 0 && (
        <p>
          <Plural
            value={status.carried}
            one="# thing of another phone waits here too."
            other="# things of another phone wait here too."
          />
        </p>
      )}
      <OtherProblem saidAbove={unsent > 0 && status.state === 'offline'} />
      <HeldOwn ops={ops} />
      {walks && (
        <Button wide icon={<IconReceipt size={20} aria-hidden />} onClick={onSlip}>
          <Trans>Slip of this shift</Trans>
        </Button>
      )}
      {walks && (
        <Button wide icon={<IconFlag size={20} aria-hidden />} onClick={onEnd}>
          <Trans>I am done for today</Trans>
        </Button>
      )}
      {walk !== null && (
        <Button
          wide
          icon={<IconShare2 size={20} aria-hidden />}
          onClick={() => onGive(walk.sheet.turf.name)}
        >
          <Trans>Hand this turf on to another phone</Trans>
        </Button>
      )}
      {unsent > 0 && <SaveFileButton />}
      <TakeFileButton />
      <Persistence />
      <AppUpdate />
      {walks && (
        <Link className={buttonClass({ wide: true })} href="/protect">
          <Trans>What opens this phone</Trans>
        </Link>
      )}
      <Link className={buttonClass({ wide: true })} href="/join?other">
        <Trans>Switch person</Trans>
      </Link>
      <LocaleSwitch />
    </div>
  );
}

/** What the last try met, unless the sentence at the top says it already. */
function OtherProblem({ saidAbove }: { readonly saidAbove: boolean }) {
  const { problem } = useSyncStatus();
  if (problem === null || problem.code === 'no-network' || saidAbove) return null;
  return <ProblemNotice problem={problem} />;
}

function Persistence() {
  const persisted = usePersisted();
  if (persisted === null) return null;
  return (
    <p className="small quiet">
      {persisted ? (
        <Trans>This browser has promised to keep what is saved here.</Trans>
      ) : (
        <Trans>
          This browser has not promised to keep what is saved here: it may clear it when space runs
          out. Send often, and put the app on your home screen.
        </Trans>
      )}
    </p>
  );
}
