import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PaperLanguage, PaperSheet } from '#shared/model/paper.ts';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { EntryDesk } from './entry-desk.tsx';

export interface EntryPageProps {
  readonly turfId: string;
  /** The version that stands on the paper, as its QR code says. */
  readonly scriptId: string | null;
  /** In which the paper was printed, as its QR code says. */
  readonly language: PaperLanguage;
}

/** What came back on paper of one turf. */
export function EntryPage({ turfId, scriptId, language }: EntryPageProps) {
  const { t } = useLingui();
  const sheet = useApi<PaperSheet>(`/v1/turfs/${encodeURIComponent(turfId)}/paper`);
  return (
    <div className="desk-page paper-page">
      {sheet.data === null && (
        <PageTitle
          title={t`Paper`}
          actions={
            <Link className={buttonClass({})} href="/desk/paper">
              <Trans>Another turf</Trans>
            </Link>
          }
        />
      )}
      <ShowData from={sheet} lines={10}>
        {(data) => (
          <EntryDesk
            sheet={data}
            put={sheet.put}
            reload={sheet.reload}
            scriptId={scriptId}
            language={language}
          />
        )}
      </ShowData>
    </div>
  );
}
