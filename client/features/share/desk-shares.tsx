import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileExport, IconPlus } from '@tabler/icons-react';
import type { Share } from '#shared/model/share.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { ShareCard } from './share-card.tsx';
import { isShareBegun, ShareForm } from './share-form.tsx';
import { TraceForm } from './trace-form.tsx';
import './share.css';

/** `/desk/shares`: what is given to anyone outside, from the asking to the file. */
export default function DeskShares() {
  const { t } = useLingui();
  const shares = useApi<readonly Share[]>('/v1/shares');
  const mayShare = useMay('share-data');
  const [asking, setAsking] = useState(isShareBegun);
  const ask = (
    <Button
      variant="primary"
      icon={<IconPlus size={18} aria-hidden />}
      onClick={() => setAsking(true)}
    >
      {t`Ask for a share`}
    </Button>
  );
  const replace = (share: Share): void =>
    shares.put((all) => all.map((one) => (one.id === share.id ? share : one)));
  const added = (share: Share): void => {
    setAsking(false);
    shares.put((all) => [share, ...all]);
  };
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Shares`}
        under={t`Giving data to anyone outside the chapter: one person asks, another approves, and every row is marked for its recipient.`}
        actions={mayShare && !asking ? ask : undefined}
      />
      {asking && <ShareForm onAsked={added} onCancel={() => setAsking(false)} />}
      <ShowData from={shares} lines={5}>
        {(all) =>
          all.length === 0 ? (
            !asking && (
              <EmptyState
                icon={<IconFileExport size={40} aria-hidden />}
                title={t`Nothing was ever shared`}
              >
                <Trans>
                  What candidates, partners or vendors get from us will stand here for ever, with
                  who asked, who approved and why.
                </Trans>
              </EmptyState>
            )
          ) : (
            <div className="share-cards">
              {all.map((share) => (
                <ShareCard
                  key={share.id}
                  share={share}
                  onChange={replace}
                  onTaken={shares.reload}
                />
              ))}
            </div>
          )
        }
      </ShowData>
      {mayShare && (shares.data?.length ?? 0) > 0 && <TraceForm />}
    </div>
  );
}
