import { Trans, useLingui } from '@lingui/react/macro';
import { Notice } from '../../ui/notice.tsx';
import { AddPicture, OpenPicture, SharePicture } from './install-pictures.tsx';

/**
 * In Safari on an iPhone or iPad: what is kept there is deleted after a week, and the installed app
 * sees nothing of it. So the app comes first, and the code is given to it (S-2).
 */
export function InstallGuide({ scanned }: { readonly scanned: boolean }) {
  const { t } = useLingui();
  return (
    <div className="stack install">
      <p>
        <Trans>
          On an iPhone or iPad you join inside the app, since Safari deletes what a page keeps. It
          takes three taps.
        </Trans>
      </p>
      <ol role="list" className="install-steps">
        <li>
          <SharePicture label={t`The Share sign in the middle of Safari’s bar`} />
          <p>
            <b>1.</b> <Trans>Tap Share.</Trans>
          </p>
        </li>
        <li>
          <AddPicture
            label={t`The line Add to Home Screen in the list of Share`}
            words={t`Add to Home Screen`}
          />
          <p>
            <b>2.</b> <Trans>Scroll, tap “Add to Home Screen”, then “Add”.</Trans>
          </p>
        </li>
        <li>
          <OpenPicture label={t`The app’s sign on the Home Screen`} />
          <p>
            <b>3.</b> <Trans>Open Homeground from the Home Screen and type the code there.</Trans>
          </p>
        </li>
      </ol>
      <Notice>
        {scanned ? (
          <Trans>
            Your code was not used. In the app, type the ten letters below the QR: the table shows a
            new code whenever one was used or has run out.
          </Trans>
        ) : (
          <Trans>In the app, type the ten letters that your coordinator shows.</Trans>
        )}
      </Notice>
    </div>
  );
}
