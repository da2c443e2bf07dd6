import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { HandOver } from '#shared/model/backup.ts';
import { useApi } from '../../api/use-api.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { HandOverSheet } from './hand-over-sheet.tsx';

/** `/desk/backups/hand-over`: one page for the next officers, to be printed. */
export function HandOverPage() {
  const { t } = useLingui();
  const page = useApi<HandOver>('/v1/backups/hand-over');
  return (
    <div className="desk-page backups-page">
      <div className="row backups-no-print">
        <Link className={buttonClass({ variant: 'quiet' })} href="/desk/backups">
          <IconArrowLeft size={18} aria-hidden />
          <span>
            <Trans>Backups</Trans>
          </span>
        </Link>
        <Button
          variant="primary"
          icon={<IconPrinter size={18} aria-hidden />}
          disabled={page.data === null}
          onClick={() => window.print()}
        >
          {t`Print`}
        </Button>
        {page.data !== null && page.data.members.length > 12 && (
          <p className="small quiet">
            <Plural
              value={page.data.members.length - 12}
              one="# member more is under People."
              other="# members more are under People."
            />
          </p>
        )}
      </div>
      <ShowData from={page} lines={12}>
        {(data) => <HandOverSheet page={data} />}
      </ShowData>
    </div>
  );
}
