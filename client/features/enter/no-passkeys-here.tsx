import { Trans } from '@lingui/react/macro';
import { Notice } from '../../ui/notice.tsx';

/** Why this browser can make none, and where one can. */
export function NoPasskeysHere() {
  const { protocol, hostname, port } = window.location;
  // Browsers make passkeys for names, never for bare addresses.
  const sameMachine = ['127.0.0.1', '[::1]'].includes(hostname);
  const there = `${protocol}//localhost${port === '' ? '' : `:${port}`}/enter`;
  return (
    <Notice tone="problem">
      {sameMachine ? (
        <Trans>
          Passkeys need a name in place of numbers in the address. Open <a href={there}>{there}</a>{' '}
          on this machine.
        </Trans>
      ) : window.isSecureContext ? (
        <Trans>
          This browser knows no passkeys. Use a newer one, or another device: Chrome, Edge, Firefox
          and Safari all know them.
        </Trans>
      ) : (
        <Trans>
          This page came over a connection that is not secure, and passkeys work over https alone.
          Open your chapter’s https address.
        </Trans>
      )}
    </Notice>
  );
}
