import { lazy, Suspense, useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import {
  IconCircleCheck,
  IconCloudUpload,
  IconDeviceMobile,
  IconWifiOff,
} from '@tabler/icons-react';
import { Pill } from '../../../ui/pill.tsx';
import { useSyncStatus, useSyncWords, useUnsent } from './use-sync-words.ts';

const SyncSheet = lazy(async () => ({ default: (await import('./sync-sheet.tsx')).SyncSheet }));

/** Always in sight: where my work is. A tap tells the rest. */
export function SyncPill() {
  const { t } = useLingui();
  const { state, problem } = useSyncStatus();
  // A server that answers and does not take it is no lack of signal.
  const away = state === 'offline' && (problem === null || problem.code === 'no-network');
  const unsent = useUnsent();
  const { words, tone } = useSyncWords();
  const [open, setOpen] = useState(false);
  const Icon =
    state === 'sending'
      ? IconCloudUpload
      : away
        ? IconWifiOff
        : unsent === 0
          ? IconCircleCheck
          : IconDeviceMobile;
  return (
    <>
      <span className="for-readers" role="status">
        {words}
      </span>
      <Pill tone={tone} icon={<Icon size={18} aria-hidden />} onClick={() => setOpen(true)}>
        {words}
        {away && <span className="for-readers">, {t`no signal`}</span>}
      </Pill>
      {open && (
        <Suspense fallback={null}>
          <SyncSheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
