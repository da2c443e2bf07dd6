import { Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { BackupsPage } from '#shared/model/backup.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { BackupList } from './backup-list.tsx';
import { BackupState } from './backup-state.tsx';
import { DrillSection } from './drill-section.tsx';
import { HandOverPage } from './hand-over-page.tsx';
import { KeySection } from './key-section.tsx';
import { LeaveSection } from './leave-section.tsx';
import './backups.css';

const ASK_MS = 10_000;
const HAND_OVER = '/desk/backups/hand-over';

/** `/desk/backups`: for admins. Whether the chapter could be put back, and by whom. */
export default function DeskBackups() {
  const [location] = useLocation();
  const mayKeep = useMay('keep-backups');
  if (!mayKeep) return <NotYours />;
  return location === HAND_OVER ? <HandOverPage /> : <Backups />;
}

function NotYours() {
  return (
    <div className="desk-page">
      <EmptyState title={<Trans>Backups are kept by admins</Trans>}>
        <Trans>Ask an admin of the chapter whether they are good, and who has the key.</Trans>
      </EmptyState>
    </div>
  );
}

function Backups() {
  const { t } = useLingui();
  const page = useApi<BackupsPage>('/v1/backups');
  const { reload } = page;
  useReloadEvery(reload, ASK_MS);
  return (
    <div className="desk-page backups-page">
      <PageTitle
        title={t`Backups`}
        under={t`A sealed copy of everything, which only the chapter’s own key opens.`}
        actions={
          <Link className={buttonClass({})} href={HAND_OVER}>
            <IconPrinter size={18} aria-hidden />
            <span>
              <Trans>Print the hand-over</Trans>
            </span>
          </Link>
        }
      />
      <ShowData from={page} lines={8}>
        {(data) => (
          <>
            <BackupState page={data} onChanged={reload} />
            <KeySection page={data} onChanged={reload} />
            <BackupList page={data} />
            <DrillSection page={data} onChanged={reload} />
            <LeaveSection handOver={HAND_OVER} />
          </>
        )}
      </ShowData>
    </div>
  );
}
