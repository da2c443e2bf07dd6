import { Trans } from '@lingui/react/macro';
import { useLocation } from 'wouter';

/**
 * A conversation that was open and not saved when the turf went: it went with it, and that is said,
 * since nothing else would tell.
 */
export function HalfWritten() {
  const [location] = useLocation();
  if (!/^\/walk\/door\/[^/]+\/talk\//.test(location)) return null;
  return (
    <p>
      <Trans>
        The conversation that you had open was not saved and was deleted with the turf. Tell your
        coordinator what you remember of it.
      </Trans>
    </p>
  );
}
