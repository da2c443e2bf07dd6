import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PaperLanguage, PaperSheet } from '#shared/model/paper.ts';
import { useMe } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { EntryDesk, type EntryDeskProps } from './entry-desk.tsx';
import { openBox } from './kept-box.ts';
import { keptName } from './kept-entry.ts';
import type { OpenedBox } from './use-kept.ts';

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
          <OpenEntry
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

/** The desk for typing in, once what was typed before is unsealed. */
function OpenEntry(props: Omit<EntryDeskProps, 'opened'>) {
  const { chapter, member } = useMe();
  const { turf, keptKey } = props.sheet;
  const name = keptName(chapter.id, member.id, turf.id);
  const [opened, setOpened] = useState<OpenedBox | null>(null);
  useEffect(() => {
    let gone = false;
    void (async () => {
      const box = await openBox(() => localStorage, name, keptKey);
      const kept = await box.read();
      if (!gone) setOpened({ name, box, kept });
    })();
    return () => {
      gone = true;
    };
  }, [name, keptKey]);
  return opened === null ? <Skeleton lines={10} /> : <EntryDesk {...props} opened={opened} />;
}
