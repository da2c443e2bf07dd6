import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { MyPasskeys, RecoveryCodes } from '#shared/model/passkey.ts';
import { useMe } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { CodeSheet } from './code-sheet.tsx';
import { CodesPanel } from './codes-panel.tsx';
import { KeyList } from './key-list.tsx';
import { SessionList } from './session-list.tsx';
import './people.css';

/** `/desk/keys`: what I come in with, and what when it is lost. */
export default function DeskKeys() {
  const { t } = useLingui();
  const me = useMe();
  const keys = useApi<MyPasskeys>('/v1/passkeys');
  const [codes, setCodes] = useState<RecoveryCodes | null>(null);
  const made = (next: RecoveryCodes): void => {
    setCodes(next);
    keys.reload();
  };
  if (codes !== null) return <CodeSheet codes={codes} onDone={() => setCodes(null)} />;
  return (
    <div className="desk-page people-page">
      <PageTitle
        title={t`Your passkeys`}
        under={t`${me.member.name} at ${me.chapter.name}. Two passkeys on two devices, or one and printed codes: then a lost phone shuts nobody out.`}
      />
      {me.demo && (
        <Notice>
          <Trans>
            This is the demo chapter: its links keep working and nothing asks for a passkey. You may
            try one out all the same.
          </Trans>
        </Notice>
      )}
      <ShowData from={keys}>
        {(mine) => (
          <>
            <KeyList mine={mine} onChanged={(next) => keys.put(() => next)} />
            <CodesPanel codes={mine.codes} onMade={made} />
          </>
        )}
      </ShowData>
      <SessionList />
    </div>
  );
}
