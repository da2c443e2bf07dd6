import { Trans } from '@lingui/react/macro';

/** What to do about an e-mail address that is none yet. */
export function EmailFault() {
  return (
    <Trans>This is no whole e-mail address, such as lupe@example.org. Finish it or clear it.</Trans>
  );
}
