import { Trans, useLingui } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { QrPicture } from '../../ui/qr-picture.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { ShownLink } from './desk-people.tsx';

export interface LinkPanelProps {
  readonly shown: ShownLink;
  readonly onClose: () => void;
}

/** A sign-in link, as a picture and as text. It is kept nowhere: whoever loses it gets another. */
export function LinkPanel({ shown, onClose }: LinkPanelProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, link, afterLoss } = shown;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link.url);
      showToast({ text: t`The link is copied. Send it to ${name} alone.` });
    } catch {
      showToast({ text: t`The browser did not copy it. Mark the link and copy it by hand.` });
    }
  };
  return (
    <section className="panel people-link" aria-labelledby="people-link-title">
      <QrPicture text={link.url} label={t`QR code that signs in ${name}`} />
      <div className="stack">
        <h2 id="people-link-title">
          <Trans>A link for {name}</Trans>
        </h2>
        <p>
          <Trans>
            It works once, until {format.moment(link.expiresAt)}. {name} opens it in the browser of
            their own device and makes a passkey there.
          </Trans>
        </p>
        {afterLoss && (
          <p>
            <Trans>Passkeys and codes that they had before open nothing from then on.</Trans>
          </p>
        )}
        <p className="people-url" tabIndex={0}>
          {link.url}
        </p>
        <p className="small quiet">
          <Trans>
            It is shown this once. Whoever has it comes in as {name}: hand it over in person, or by
            a channel that only {name} reads.
          </Trans>
        </p>
        <div className="row">
          <Button icon={<IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
            {t`Copy the link`}
          </Button>
          <Button variant="quiet" onClick={onClose}>{t`I have handed it over`}</Button>
        </div>
      </div>
    </section>
  );
}
